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
package io.ringwire.feed;

import io.ringwire.AllocatedBytes;
import io.ringwire.api.SessionListener;
import io.ringwire.pool.FakeSession;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The middle one of many windows of messages allocates not a byte, once the channels are known.
 */
class FeedAllocationTest
{
    private static final int WARM_UP_WINDOWS = 10;
    private static final int WINDOWS = 21;
    private static final int WINDOW_LENGTH = 500;
    private static final int CHANNELS = 8;

    private final FakeSession a = new FakeSession("a").live();
    private final FakeSession b = new FakeSession("b").live();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final FeedInput[] inputs = new FeedInput[2];
    private long handed;
    private long sequence = 1_000_000_000L;
    private long nowNs = 1;

    @Test
    void shouldJudgeWithoutAllocating()
    {
        add(new FeedPolicy(), 1);
        assertThat(AllocatedBytes.median(WARM_UP_WINDOWS, WINDOWS, WINDOW_LENGTH, () -> say(0, ++sequence))).isZero();
        assertThat(handed).isEqualTo((long)(WARM_UP_WINDOWS + WINDOWS) * WINDOW_LENGTH * CHANNELS);
    }

    /**
     * Every third message is missing on the one side and every fourth on the other: gaps are held and filled.
     */
    @Test
    void shouldArbitrateAndFillGapsWithoutAllocating()
    {
        add(new FeedPolicy(), 2);
        say(1, sequence);
        assertThat(AllocatedBytes.median(WARM_UP_WINDOWS, WINDOWS, WINDOW_LENGTH, this::arbitrate)).isZero();
        assertThat(handed).isEqualTo((long)(WARM_UP_WINDOWS + WINDOWS) * WINDOW_LENGTH * CHANNELS * 4 + CHANNELS);
    }

    private void arbitrate()
    {
        say(0, sequence + 1);
        say(0, sequence + 3);
        say(0, sequence + 4);
        say(1, sequence + 1);
        say(1, sequence + 2);
        say(1, sequence + 3);
        sequence += 4;
    }

    private void add(final FeedPolicy policy, final int count)
    {
        final ContinuityRule rule = ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.NONE);
        final SequencedFeed feed = new SequencedFeed(
            policy.dialect(new TestDialect()).rules((name) -> rule).resync((session, channel) -> handed = -1),
            (session, channel, state, buffer, offset, length, opcode, receiveTimeNs) -> handed++,
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> handed = -1);
        for (int i = 0; i < count; i++)
        {
            inputs[i] = feed.addInput(new SessionListener()
            {
            });
        }
    }

    private void say(final int side, final long sequence)
    {
        for (int channel = 0; channel < CHANNELS; channel++)
        {
            message.putStringWithoutLengthAscii(0, "d book.0 ");
            message.putByte(7, (byte)('0' + channel));
            final int digits = message.putLongAscii(9, sequence);
            message.putStringWithoutLengthAscii(9 + digits, " - - ");
            final DirectBuffer buffer = message;
            inputs[side].onMessage((side == 0 ? a : b).session(), buffer, 0, 14 + digits, 1, ++nowNs, true);
        }
    }
}
