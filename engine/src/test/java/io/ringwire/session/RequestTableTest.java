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

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTableTest
{
    private static final int CAPACITY = 8;
    private static final long TIMEOUT_NS = 1000;
    private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L; // the table's own
    private static final ReplyHandler HANDLER = (session, id, outcome, buffer, offset, length, rttNs) -> {};

    private final RequestTable table = new RequestTable(CAPACITY);
    private final List<String> ends = new ArrayList<>();
    private final RequestTable.Ending ending = (id, outcome, startNs, handler) ->
    {
        assertThat(handler).isSameAs(HANDLER);
        ends.add(id + " " + outcome);
    };

    @ParameterizedTest
    @ValueSource(longs = { 1, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE + 1 })
    void shouldEndARequestByItsReplyOnce(final long id)
    {
        accept(id, 1, 0);
        assertThat(table.contains(id)).isTrue();
        assertThat(table.reply(id, ending)).isTrue();
        assertThat(table.reply(id, ending)).isFalse();
        assertThat(table.contains(id)).isFalse();
        assertThat(ends).containsExactly(id + " REPLY");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldEndARequestWhoseReplyIsFasterThanItsSender()
    {
        final long token = table.register(7, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(table.reply(7, ending)).isTrue();
        assertThat(table.confirm(token)).isFalse();
        assertThat(table.cancel(token)).isFalse();
        assertThat(ends).containsExactly("7 REPLY");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldForgetARequestThatWasNotSent()
    {
        final long token = table.register(7, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(table.cancel(token)).isTrue();
        assertThat(table.reply(7, ending)).isFalse();
        assertThat(table.inFlight()).isZero();
        accept(7, 1, 0);
    }

    @Test
    void shouldTimeOutAtTheDeadlineAndNotBefore()
    {
        accept(1, 1, 500);
        accept(2, 1, 501);
        assertThat(table.sweep(500 + TIMEOUT_NS - 1, ending)).isZero();
        assertThat(table.sweep(500 + TIMEOUT_NS, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("1 TIMED_OUT");
        assertThat(table.sweep(501 + TIMEOUT_NS, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("1 TIMED_OUT", "2 TIMED_OUT");
    }

    @Test
    void shouldNotTimeOutARequestThatIsStillBeingSent()
    {
        final long token = table.register(1, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(table.sweep(TIMEOUT_NS * 2, ending)).isZero();
        assertThat(table.confirm(token)).isFalse();
        assertThat(table.sweep(TIMEOUT_NS * 2, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("1 TIMED_OUT");
    }

    @Test
    void shouldTakeAnEndlessTimeoutAndAClockNearItsWrap()
    {
        final long startNs = Long.MAX_VALUE - 10;
        final long token = table.register(1, 1, startNs, Long.MAX_VALUE, HANDLER);
        assertThat(table.confirm(token)).isFalse();
        accept(2, 1, startNs);
        assertThat(table.sweep(startNs + TIMEOUT_NS - 1, ending)).isZero();
        assertThat(table.sweep(startNs + TIMEOUT_NS, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("2 TIMED_OUT");
    }

    @Test
    void shouldNotKnowALateReply()
    {
        accept(1, 1, 0);
        table.sweep(TIMEOUT_NS, ending);
        assertThat(table.reply(1, ending)).isFalse();
        assertThat(ends).containsExactly("1 TIMED_OUT");
    }

    @Test
    void shouldEndTheRequestsOfALostConnectionOnly()
    {
        accept(1, 1, 0);
        accept(2, 2, 0);
        table.onConnectionLost(1, 10, ending);
        assertThat(ends).containsExactly("1 UNKNOWN_OUTCOME");
        assertThat(table.reply(2, ending)).isTrue();
    }

    @Test
    void shouldEndWhatIsConfirmedAfterItsConnectionWasLost()
    {
        final long token = table.register(1, 1, 0, TIMEOUT_NS, HANDLER);
        table.onConnectionLost(1, 10, ending);
        assertThat(ends).isEmpty();
        assertThat(table.confirm(token)).isFalse();
        assertThat(table.sweep(11, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("1 UNKNOWN_OUTCOME");
    }

    @Test
    void shouldEndAllThatIsInFlightWhenClosed()
    {
        accept(1, 1, 0);
        accept(2, 2, 0);
        table.close(10, ending);
        assertThat(ends).containsExactlyInAnyOrder("1 UNKNOWN_OUTCOME", "2 UNKNOWN_OUTCOME");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldLeaveTheEndToTheSenderWhenClosedMeanwhile()
    {
        final long token = table.register(1, 1, 0, TIMEOUT_NS, HANDLER);
        table.close(10, ending);
        assertThat(ends).isEmpty();
        assertThat(table.confirm(token)).isTrue();
        assertThat(table.inFlight()).isZero();
        assertThat(table.reply(1, ending)).isFalse();
    }

    @Test
    void shouldTakeExactlyAsManyRequestsAsItsCapacity()
    {
        for (int id = 0; id < CAPACITY; id++)
        {
            accept(id, 1, 0);
        }

        assertThat(register(99)).isEqualTo(SendResult.TOO_MANY_REQUESTS);
        assertThat(table.inFlight()).isEqualTo(CAPACITY);
        assertThat(table.reply(3, ending)).isTrue();
        assertThat(register(99)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 1000 })
    void shouldWorkAtAnyCapacity(final int capacity)
    {
        final RequestTable sized = new RequestTable(capacity);
        for (int round = 0; round < 3; round++)
        {
            for (int id = 0; id < capacity; id++)
            {
                assertThat(sized.confirm(sized.register(id, 1, 0, TIMEOUT_NS, HANDLER))).isFalse();
            }

            assertThat(sized.register(-1, 1, 0, TIMEOUT_NS, HANDLER)).isEqualTo(SendResult.TOO_MANY_REQUESTS);
            for (int id = 0; id < capacity; id++)
            {
                assertThat(sized.reply(id, ending)).isTrue();
            }

            assertThat(sized.inFlight()).isZero();
        }
    }

    @Test
    void shouldRefuseAnIdThatIsInUse()
    {
        final long token = table.register(1, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(register(1)).isEqualTo(SendResult.DUPLICATE_ID);
        table.confirm(token);
        assertThat(register(1)).isEqualTo(SendResult.DUPLICATE_ID);
        assertThat(table.inFlight()).isEqualTo(1);
        assertThat(table.reply(1, ending)).isTrue();
        assertThat(register(1)).isNotNegative();
    }

    @Test
    void shouldLetTheEndingReuseTheId()
    {
        final List<Long> tokens = new ArrayList<>();
        accept(1, 1, 0);
        assertThat(table.reply(1, (id, outcome, startNs, handler) -> tokens.add(register(id)))).isTrue();
        assertThat(tokens).singleElement().satisfies((token) -> assertThat(token).isNotNegative());
        assertThat(table.confirm(tokens.get(0))).isFalse();
        assertThat(table.reply(1, ending)).isTrue();
        assertThat(ends).containsExactly("1 REPLY");
    }

    @Test
    void shouldTellIdsOfOneHashApart()
    {
        final long inverse = inverseOf(HASH_MULTIPLIER);
        for (long k = 1; k <= CAPACITY; k++)
        {
            accept(k * inverse, 1, 0); // its hash is the top bits of k, which are zero
        }

        assertThat(register(3 * inverse)).isEqualTo(SendResult.TOO_MANY_REQUESTS);
        assertThat(table.reply(1 * inverse, ending)).isTrue();
        assertThat(register(CAPACITY * inverse)).isEqualTo(SendResult.DUPLICATE_ID);
        for (long k = CAPACITY; k > 1; k--)
        {
            assertThat(table.reply(k * inverse, ending)).isTrue();
        }

        assertThat(table.reply((CAPACITY + 1) * inverse, ending)).isFalse();
        assertThat(table.inFlight()).isZero();
    }

    private long register(final long id)
    {
        return table.register(id, 1, 0, TIMEOUT_NS, HANDLER);
    }

    private void accept(final long id, final int epoch, final long startNs)
    {
        final long token = table.register(id, epoch, startNs, TIMEOUT_NS, HANDLER);
        assertThat(token).isNotNegative();
        assertThat(table.confirm(token)).isFalse();
    }

    /**
     * The number that multiplies an odd one to 1 modulo 2^64, by Newton's iteration.
     */
    private static long inverseOf(final long odd)
    {
        long inverse = odd;
        for (int i = 0; i < 6; i++)
        {
            inverse *= 2 - odd * inverse;
        }

        return inverse;
    }
}
