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
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.dialect.Verdict;
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
    private static final int INTEGER = Verdict.NO_TEXT_ID;
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
        assertThat(table.contains(id, null, 0, INTEGER)).isTrue();
        assertThat(reply(id)).isTrue();
        assertThat(reply(id)).isFalse();
        assertThat(table.contains(id, null, 0, INTEGER)).isFalse();
        assertThat(ends).containsExactly(id + " REPLY");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldEndARequestWhoseReplyIsFasterThanItsSender()
    {
        final long token = table.register(7, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(reply(7)).isTrue();
        assertThat(table.confirm(token)).isNull();
        assertThat(table.withdraw(token)).isFalse();
        assertThat(ends).containsExactly("7 REPLY");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldForgetARequestThatWasNotSent()
    {
        final long token = table.register(7, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(table.withdraw(token)).isTrue();
        assertThat(reply(7)).isFalse();
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
        final long token = table.register(1, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(table.sweep(TIMEOUT_NS * 2, ending)).isZero();
        assertThat(table.confirm(token)).isNull();
        assertThat(table.sweep(TIMEOUT_NS * 2, ending)).isEqualTo(1);
        assertThat(ends).containsExactly("1 TIMED_OUT");
    }

    @Test
    void shouldTakeAnEndlessTimeoutAndAClockNearItsWrap()
    {
        final long startNs = Long.MAX_VALUE - 10;
        final long token = table.register(1, null, 0, INTEGER, 1, startNs, Long.MAX_VALUE, HANDLER);
        assertThat(table.confirm(token)).isNull();
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
        assertThat(reply(1)).isFalse();
        assertThat(ends).containsExactly("1 TIMED_OUT");
    }

    @Test
    void shouldEndTheRequestsOfALostConnectionOnly()
    {
        accept(1, 1, 0);
        accept(2, 2, 0);
        table.onConnectionLost(1, 10, ending);
        assertThat(ends).containsExactly("1 UNKNOWN_OUTCOME");
        assertThat(reply(2)).isTrue();
    }

    @Test
    void shouldEndWhatIsConfirmedAfterItsConnectionWasLost()
    {
        final long token = table.register(1, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        table.onConnectionLost(1, 10, ending);
        assertThat(ends).isEmpty();
        assertThat(table.confirm(token)).isNull();
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
        final long token = table.register(1, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        table.close(10, ending);
        assertThat(ends).isEmpty();
        assertThat(table.confirm(token)).isEqualTo(ReplyOutcome.UNKNOWN_OUTCOME);
        assertThat(table.inFlight()).isZero();
        assertThat(reply(1)).isFalse();
    }

    @Test
    void shouldEndACancelledRequestAtTheNextSweepAndKeepItsIdUntilThen()
    {
        accept(1, 1, 0);
        assertThat(cancel(1)).isTrue();
        assertThat(cancel(1)).as("again").isFalse();
        assertThat(reply(1)).as("a reply").isFalse();
        assertThat(register(1)).isEqualTo(SendResult.DUPLICATE_ID);
        assertThat(ends).isEmpty();
        assertThat(table.inFlight()).isOne();
        assertThat(table.sweep(1, ending)).isOne();
        assertThat(ends).containsExactly("1 CANCELLED");
        assertThat(cancel(1)).isFalse();
        assertThat(register(1)).isNotNegative();
    }

    @Test
    void shouldCancelARequestThatIsStillBeingSent()
    {
        final long token = register(1);
        assertThat(cancel(1)).isTrue();
        assertThat(table.withdraw(token)).as("refused by the send path").isFalse();
        assertThat(table.confirm(token)).isNull();
        assertThat(table.sweep(1, ending)).isOne();
        assertThat(ends).containsExactly("1 CANCELLED");
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldEndACancelledRequestAsSuchWhateverElseBefalls()
    {
        accept(1, 1, 0);
        accept(2, 1, 0);
        assertThat(cancel(1)).isTrue();
        table.onConnectionLost(1, TIMEOUT_NS * 2, ending);
        assertThat(ends).containsExactlyInAnyOrder("1 CANCELLED", "2 UNKNOWN_OUTCOME");
        accept(3, 2, 0);
        assertThat(cancel(3)).isTrue();
        table.close(TIMEOUT_NS * 2, ending);
        assertThat(ends).contains("3 CANCELLED").hasSize(3);
    }

    @Test
    void shouldLeaveTheEndOfACancelledRequestToTheSenderWhenClosedMeanwhile()
    {
        final long token = register(1);
        table.close(10, ending);
        assertThat(cancel(1)).isTrue();
        assertThat(ends).isEmpty();
        assertThat(table.confirm(token)).isEqualTo(ReplyOutcome.CANCELLED);
        assertThat(table.inFlight()).isZero();
    }

    @Test
    void shouldNotCancelARequestOfAnotherHandlerThatTookTheId()
    {
        accept(1, 1, 0);
        final ReplyHandler other = (session, id, outcome, buffer, offset, length, rttNs) -> {};
        assertThat(table.cancel(1, null, 0, INTEGER, other)).isFalse();
        assertThat(table.cancel(1, null, 0, INTEGER, HANDLER)).isTrue();
    }

    @Test
    void shouldNotLetTheOldDeadlineEndAReusedId()
    {
        accept(7, 1, 0);
        assertThat(reply(7)).isTrue();
        accept(7, 1, TIMEOUT_NS - 1);
        assertThat(table.sweep(TIMEOUT_NS, ending)).isZero();
        assertThat(ends).containsExactly("7 REPLY");
        assertThat(table.sweep(2 * TIMEOUT_NS - 1, ending)).isOne();
        assertThat(ends).containsExactly("7 REPLY", "7 TIMED_OUT");
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
        assertThat(reply(3)).isTrue();
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
                assertThat(sized.confirm(sized.register(id, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER))).isNull();
            }

            assertThat(sized.register(-1, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER))
                .isEqualTo(SendResult.TOO_MANY_REQUESTS);
            for (int id = 0; id < capacity; id++)
            {
                assertThat(sized.reply(id, null, 0, INTEGER, ReplyOutcome.REPLY, ending)).isTrue();
            }

            assertThat(sized.inFlight()).isZero();
        }
    }

    @Test
    void shouldRefuseAnIdThatIsInUse()
    {
        final long token = table.register(1, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
        assertThat(register(1)).isEqualTo(SendResult.DUPLICATE_ID);
        table.confirm(token);
        assertThat(register(1)).isEqualTo(SendResult.DUPLICATE_ID);
        assertThat(table.inFlight()).isEqualTo(1);
        assertThat(reply(1)).isTrue();
        assertThat(register(1)).isNotNegative();
    }

    @Test
    void shouldLetTheEndingReuseTheId()
    {
        final List<Long> tokens = new ArrayList<>();
        accept(1, 1, 0);
        assertThat(reply(1, (id, outcome, startNs, handler) -> tokens.add(register(id)))).isTrue();
        assertThat(tokens).singleElement().satisfies((token) -> assertThat(token).isNotNegative());
        assertThat(table.confirm(tokens.get(0))).isNull();
        assertThat(reply(1)).isTrue();
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
        assertThat(reply(1 * inverse)).isTrue();
        assertThat(register(CAPACITY * inverse)).isEqualTo(SendResult.DUPLICATE_ID);
        for (long k = CAPACITY; k > 1; k--)
        {
            assertThat(reply(k * inverse)).isTrue();
        }

        assertThat(reply((CAPACITY + 1) * inverse)).isFalse();
        assertThat(table.inFlight()).isZero();
    }

    private boolean reply(final long id)
    {
        return reply(id, ending);
    }

    private boolean reply(final long id, final RequestTable.Ending told)
    {
        return table.reply(id, null, 0, INTEGER, ReplyOutcome.REPLY, told);
    }

    private boolean cancel(final long id)
    {
        return table.cancel(id, null, 0, INTEGER, null);
    }

    private long register(final long id)
    {
        return table.register(id, null, 0, INTEGER, 1, 0, TIMEOUT_NS, HANDLER);
    }

    private void accept(final long id, final int epoch, final long startNs)
    {
        final long token = table.register(id, null, 0, INTEGER, epoch, startNs, TIMEOUT_NS, HANDLER);
        assertThat(token).isNotNegative();
        assertThat(table.confirm(token)).isNull();
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
