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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.ring.OutboundRing;
import io.ringwire.stats.SessionCounters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The path alone, with the moment between room and place in the test's hands.
 */
class SendPathTest implements DirectWriter
{
    private static final int WINDOW_LENGTH = 1024;
    private static final int TOKENS = 100;

    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final SessionCounters counters = new SessionCounters();
    private final SessionWiring wiring =
        new SessionWiring(ring, new RecordingLink(), null, this, null, null, null, null, null);
    private final SendPath path = new SendPath(1, WINDOW_LENGTH, wiring, counters, limiter(new RateLimitPolicy()));
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[WINDOW_LENGTH]);
    private long nowNs;
    private Runnable beforePlace = () -> {};

    @Test
    void shouldNotBeginWhileAnotherSenderHasRoomAndNoPlace()
    {
        final List<Long> results = new ArrayList<>();
        beforePlace = () -> results.add(path.sendFirst(Opcode.TEXT, 1, payload, 0, 1));
        assertThat(path.send(Opcode.TEXT, 1, payload, 0, 1)).isPositive();
        assertThat(results).containsExactly(SendResult.BACK_PRESSURED);
        beforePlace = () -> {};
        assertThat(path.sendFirst(Opcode.TEXT, 1, payload, 0, 1)).isPositive();
        assertThat(types()).containsExactly(Opcode.TEXT, OutboundRing.MORE | Opcode.TEXT);
    }

    @Test
    void shouldRefuseWholeMessagesFromTheMomentOfTheFirstPart()
    {
        final List<Long> results = new ArrayList<>();
        beforePlace = () ->
        {
            results.add(path.send(Opcode.TEXT, 1, payload, 0, 1));
            results.add(path.sendFirst(Opcode.TEXT, 1, payload, 0, 1));
        };
        assertThat(path.sendFirst(Opcode.BINARY, 1, payload, 0, 1)).isPositive();
        assertThat(path.sendMiddle(1, payload, 0, 1)).isPositive();
        assertThat(path.sendLast(1, payload, 0, 1)).isPositive();
        assertThat(results).hasSize(6).containsOnly(SendResult.MESSAGE_OPEN);
        beforePlace = () -> {};
        assertThat(path.send(Opcode.TEXT, 1, payload, 0, 1)).isPositive();
        assertThat(types()).containsExactly(
            OutboundRing.MORE | Opcode.BINARY,
            OutboundRing.MORE | OutboundRing.CONTINUATION,
            OutboundRing.CONTINUATION,
            Opcode.TEXT);
    }

    @Test
    void shouldForgetAMessageOfAnEarlierConnection()
    {
        assertThat(path.sendFirst(Opcode.TEXT, 2, payload, 0, 1)).isPositive();
        assertThat(path.send(Opcode.TEXT, 3, payload, 0, 1)).isPositive();
        assertThat(path.sendLast(3, payload, 0, 1)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(path.sendFirst(Opcode.TEXT, 3, payload, 0, 1)).isPositive();
        assertThat(path.sendFirst(Opcode.TEXT, 2, payload, 0, 1)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(path.sendLast(2, payload, 0, 1)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(path.send(Opcode.TEXT, 3, payload, 0, 1)).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(path.sendLast(3, payload, 0, 1)).isPositive();
    }

    @Test
    void shouldBeginNothingWithoutRoom()
    {
        while (path.send(Opcode.TEXT, 1, payload, 0, 100) > 0) // until the window is full
        {
            types();
        }

        assertThat(path.sendFirst(Opcode.TEXT, 1, payload, 0, 100)).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(path.sendLast(1, payload, 0, 1)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(path.send(Opcode.TEXT, 1, payload, 0, 100)).isEqualTo(SendResult.BACK_PRESSURED);
        path.window().settle(WINDOW_LENGTH);
        assertThat(path.sendFirst(Opcode.TEXT, 1, payload, 0, 100)).isPositive();
    }

    @Test
    void shouldTakeNoTokenForAMessageThatFindsNoPlace()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy().window("w", TOKENS, 1));
        final SendPath limited = new SendPath(1, 2 * OutboundRing.MIN_CAPACITY, wiring, counters, limiter);
        int accepted = 0;
        while (limited.send(Opcode.TEXT, 1, payload, 0, 100) > 0)
        {
            accepted++;
        }

        assertThat(limited.sendFirst(Opcode.TEXT, 1, payload, 0, 100)).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(limited.tryClaim(Opcode.TEXT, 1, 100, new MessageClaim())).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(limiter.available("w")).isEqualTo(TOKENS - accepted);
        assertThat(limiter.tokensLost()).isZero();
    }

    @Test
    void shouldTakeNoRoomAndNoPlaceForAMessageWhoseTokensAnotherTookFirst()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy().window("w", 1, 1));
        final SendPath limited = new SendPath(1, WINDOW_LENGTH, wiring, counters, limiter);
        beforePlace = () -> assertThat(limiter.tryAcquire("another")).isTrue();
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 100)).isEqualTo(SendResult.RATE_LIMITED);
        beforePlace = () -> {};
        nowNs++;
        beforePlace = () -> assertThat(limiter.tryAcquire("another")).isTrue();
        assertThat(limited.sendFirst(Opcode.TEXT, 1, payload, 0, 100)).isEqualTo(SendResult.RATE_LIMITED);
        beforePlace = () -> {};
        assertThat(limited.sendLast(1, payload, 0, 0)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(limited.window().isEmpty()).isTrue();
        assertThat(limited.window().isPublished()).isTrue();
        assertThat(types()).isEmpty();
        nowNs++;
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 100)).isPositive();
        assertThat(types()).containsExactly(Opcode.TEXT);
    }

    @Test
    void shouldTakeTheReserveForAnUrgentMessageOnly()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy().window("w", 2, 1).reserve("w", 1));
        final SendPath limited = new SendPath(1, WINDOW_LENGTH, wiring, counters, limiter);
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 1)).isPositive();
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 1)).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 1, true)).isPositive();
        assertThat(limited.send(Opcode.TEXT, 1, payload, 0, 1, true)).isEqualTo(SendResult.RATE_LIMITED);
    }

    @Test
    void shouldGiveUpWhatItCannotCopy()
    {
        final UnsafeBuffer tooShort = new UnsafeBuffer(new byte[1]);
        assertThatThrownBy(() -> path.send(Opcode.TEXT, 1, tooShort, 0, 100))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> path.sendFirst(Opcode.TEXT, 1, tooShort, 0, 100))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(path.window().isEmpty()).isTrue();
        assertThat(path.window().isPublished()).isTrue();
        assertThat(path.sendLast(1, payload, 0, 1)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(path.send(Opcode.BINARY, 1, payload, 0, 1)).isPositive();
        assertThat(types()).containsExactly(Opcode.BINARY);
    }

    private RateLimiter limiter(final RateLimitPolicy policy)
    {
        return new RateLimiter(policy, null, () -> nowNs, null, counters);
    }

    @Override
    public boolean isUsable()
    {
        beforePlace.run();
        return false;
    }

    @Override
    public void write(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        throw new AssertionError("not usable");
    }

    private List<Integer> types()
    {
        final List<Integer> types = new ArrayList<>();
        ring.drain((type, sessionId, epoch, buffer, offset, length) -> types.add(type), Integer.MAX_VALUE);
        return types;
    }
}
