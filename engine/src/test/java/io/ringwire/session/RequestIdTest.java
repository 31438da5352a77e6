/*
 * Copyright 2026 Ringwire contributors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.ringwire.session;

import io.ringwire.Seed;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdTest
{
    private static final int CAPACITY = 8;
    private static final int STEPS = 100_000;
    private static final int LENGTH = RequestKeys.MAX_TEXT_LENGTH;
    private static final ReplyHandler HANDLER = (session, id, outcome, buffer, offset, length, rttNs) -> {};

    private final RequestTable table = new RequestTable(CAPACITY);
    private final List<String> ends = new ArrayList<>();

    @Test
    void shouldTellAnIntegerFromTheSameDigitsInAString()
    {
        accept(1, null);
        accept(20, "1");
        assertThat(reply(0, "1")).isTrue();
        assertThat(ends).containsExactly("20 REPLY");
        assertThat(reply(0, "1")).isFalse();
        assertThat(reply(20, null)).as("the caller's number").isFalse();
        assertThat(reply(1, null)).isTrue();
        assertThat(ends).containsExactly("20 REPLY", "1 REPLY");
    }

    @Test
    void shouldRefuseAStringThatIsInUseWhateverTheNumber()
    {
        accept(1, "order");
        assertThat(register(2, "order")).isEqualTo(SendResult.DUPLICATE_ID);
        accept(1, "order2");
        assertThat(reply(0, "order")).isTrue();
        accept(2, "order");
    }

    @Test
    void shouldCompareEveryByte()
    {
        final String longest = "a".repeat(LENGTH);
        accept(1, longest);
        for (int i = 0; i < LENGTH; i++)
        {
            assertThat(reply(0, longest.substring(0, i) + 'b' + longest.substring(i + 1))).as("at " + i).isFalse();
            assertThat(reply(0, longest.substring(0, i))).as("length " + i).isFalse();
        }

        assertThat(reply(0, longest + 'a')).isFalse();
        assertThat(reply(0, longest)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "\u20ac", "a\\u0062c", "6f9619ff-8b86-d011-b42d-00cf4fc964ff" })
    void shouldTakeAnyBytes(final String id)
    {
        accept(9, id);
        assertThat(cancel(9, null)).as("the caller's number").isFalse();
        assertThat(cancel(0, id)).isTrue();
        table.sweep(1, this::onEnd);
        assertThat(ends).containsExactly("9 CANCELLED");
    }

    @Test
    void shouldNotKeepTheCallersBuffer()
    {
        final UnsafeBuffer text = text("abc");
        assertThat(table.register(1, text, 1, 2, 1, 0, 1000, HANDLER)).isNotNegative();
        text.putStringWithoutLengthAscii(0, "xyz");
        assertThat(reply(0, "yz")).isFalse();
        assertThat(reply(0, "bc")).isTrue();
    }

    /**
     * Against a set, in a table so small that all ids crowd in the same slots.
     */
    @Test
    void shouldHoldWhatASetHolds()
    {
        final SplittableRandom random = Seed.random(getClass());
        final Set<String> model = new HashSet<>();
        for (int step = 0; step < STEPS; step++)
        {
            final int number = random.nextInt(12);
            final String id = random.nextBoolean() ? null : "id" + number;
            final String key = id == null ? Integer.toString(number) : '"' + id;
            final int choice = random.nextInt(10);
            if (choice < 4)
            {
                final boolean full = model.size() == CAPACITY;
                final long token = register(number, id);
                assertThat(token).isEqualTo(full ? SendResult.TOO_MANY_REQUESTS :
                    model.contains(key) ? SendResult.DUPLICATE_ID : Math.max(0, token));
                if (token >= 0)
                {
                    model.add(key);
                    assertThat(table.confirm(token)).isNull();
                }
            }
            else if (choice < 8)
            {
                assertThat(reply(number, id)).isEqualTo(model.remove(key));
            }
            else
            {
                assertThat(cancel(number, id)).isEqualTo(model.remove(key));
                table.sweep(0, this::onEnd);
            }

            assertThat(table.inFlight()).isEqualTo(model.size());
        }
    }

    private void accept(final long number, final String id)
    {
        final long token = register(number, id);
        assertThat(token).isNotNegative();
        assertThat(table.confirm(token)).isNull();
    }

    private long register(final long number, final String id)
    {
        return table.register(number, text(id), 0, length(id), 1, 0, 1000, HANDLER);
    }

    private boolean reply(final long number, final String id)
    {
        return table.reply(number, text(id), 0, length(id), ReplyOutcome.REPLY, this::onEnd);
    }

    private boolean cancel(final long number, final String id)
    {
        return table.cancel(number, text(id), 0, length(id), null);
    }

    private void onEnd(final long id, final ReplyOutcome outcome, final long startNs, final ReplyHandler handler)
    {
        ends.add(id + " " + outcome);
    }

    private static UnsafeBuffer text(final String id)
    {
        return id == null ? null : new UnsafeBuffer(id.getBytes(StandardCharsets.UTF_8));
    }

    private static int length(final String id)
    {
        final DirectBuffer text = text(id);
        return text == null ? Verdict.NO_TEXT_ID : text.capacity();
    }
}
