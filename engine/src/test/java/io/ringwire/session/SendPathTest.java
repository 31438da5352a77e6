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

/**
 * The path alone, with the moment between room and place in the test's hands.
 */
class SendPathTest implements DirectWriter
{
    private static final int WINDOW_LENGTH = 1024;

    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final SessionCounters counters = new SessionCounters();
    private final SendPath path = new SendPath(
        1,
        WINDOW_LENGTH,
        new SessionWiring(ring, new RecordingLink(), null, this, null, null, null),
        counters,
        new RateLimiter(new RateLimitPolicy(), null, () -> 0, null, counters));
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[WINDOW_LENGTH]);
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
