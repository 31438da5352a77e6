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
package io.ringwire.journal;

import io.ringwire.AllocatedBytes;
import io.ringwire.Seed;
import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.config.SessionConfig;
import io.ringwire.session.SessionEvent;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static io.ringwire.journal.MadeRecords.ALONE;
import static io.ringwire.journal.MadeRecords.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same calls at any speed, each when it is due, with a clock that moves when nothing is to be done.
 */
class ReplaySpeedTest
{
    private static final long TICK_NS = 10;
    private static final int WINDOWS = 5;
    private static final int WINDOW_MESSAGES = 20_000;

    private long wallNs = 5_000;

    @ParameterizedTest
    @ValueSource(doubles = { 0.5, 1, 2, 10 })
    void shouldMakeEachCallWhenItIsDue(final double speed) throws IOException
    {
        final MadeRecords records = new MadeRecords().started().live(0, "a");
        for (int i = 1; i <= 5; i++)
        {
            records.at(i * 1_000).text(0, "x");
        }

        final List<Long> times = new ArrayList<>();
        try (Replay replay = virtual(new Replay(records.source(), (name) -> new SessionConfig().messageHandler(
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> times.add(wallNs)))).speed(speed))
        {
            final long startNs = wallNs;
            replay.run();

            for (int i = 1; i <= 5; i++)
            {
                assertThat(times.get(i - 1) - startNs).isBetween(
                    (long)(i * 1_000 / speed), (long)(i * 1_000 / speed) + TICK_NS);
            }
        }
    }

    @Test
    void shouldNotWaitAtFullSpeed() throws IOException
    {
        final MadeRecords records = new MadeRecords().started().live(0, "a").at(Long.MAX_VALUE / 4).text(0, "x");
        final CallLog log = new CallLog();
        try (Replay replay = virtual(new Replay(records.source(), log::config)).speed(Replay.MAX_SPEED))
        {
            replay.run();
        }

        assertThat(log.messages()).hasSize(1);
        assertThat(wallNs).isEqualTo(5_000);
    }

    @Test
    void shouldStepInLockStepWithTheRecordedClock() throws IOException
    {
        final MadeRecords records =
            new MadeRecords().started().live(0, "a").at(10).text(0, "1").at(20).text(0, "2").at(20).text(0, "3");
        final CallLog log = new CallLog();
        try (Replay replay = new Replay(records.source(), log::config))
        {
            assertThat(replay.runTo(START_NS + 9)).isEqualTo(4);
            assertThat(replay.nowNs()).isEqualTo(START_NS + 9);
            assertThat(replay.step()).isTrue();
            assertThat(replay.nowNs()).isEqualTo(START_NS + 10);
            assertThat(log.messages()).hasSize(1);
            assertThat(replay.runTo(START_NS + 100)).isEqualTo(2);
            assertThat(replay.nowNs()).isEqualTo(START_NS + 100);
            assertThat(replay.step()).isFalse();
            assertThat(replay.isDone()).isTrue();
        }
    }

    @Test
    void shouldStopWhenItsThreadIsInterrupted() throws IOException
    {
        final MadeRecords records = new MadeRecords().started().live(0, "a").at(1_000).text(0, "x");
        try (Replay replay = new Replay(records.source(), new CallLog()::config)
            .nanoClock(() -> wallNs).idleStrategy(new Idle(() -> Thread.currentThread().interrupt())))
        {
            replay.run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(replay.isDone()).isFalse();
        }
    }

    @Test
    void shouldMakeEqualCallsInWhateverSteps() throws IOException
    {
        final SplittableRandom random = Seed.random(getClass());
        for (int run = 0; run < 20; run++)
        {
            final MadeRecords records = random(random);
            final CallLog expected = new CallLog();
            final long hash;
            try (Replay replay = new Replay(records.source(), expected::config).speed(Replay.MAX_SPEED))
            {
                replay.run();
                hash = replay.hash();
            }

            for (int way = 0; way < 3; way++)
            {
                final CallLog log = new CallLog();
                try (Replay replay = virtual(new Replay(records.source(), log::config)).speed(1 + way))
                {
                    go(replay, way, random);
                    assertThat(log.calls()).isEqualTo(expected.calls());
                    assertThat(replay.hash()).isEqualTo(hash);
                    assertThat(replay.skipped()).isZero();
                }
            }
        }
    }

    @Test
    void shouldNotAllocate() throws IOException
    {
        final Endless source = new Endless();
        try (Replay replay = new Replay(source, (name) -> new SessionConfig().messageHandler(
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> source.received++))
            .speed(Replay.MAX_SPEED))
        {
            assertThat(AllocatedBytes.median(WINDOWS, WINDOWS, 1, () ->
            {
                final long end = source.received + WINDOW_MESSAGES;
                while (source.received < end)
                {
                    replay.poll();
                }
            })).isZero();
        }
    }

    private static void go(final Replay replay, final int way, final SplittableRandom random) throws IOException
    {
        if (way == 0)
        {
            replay.run();
        }
        else if (way == 1)
        {
            while (replay.step())
            {
                assertThat(replay.isDone()).isFalse();
            }
        }
        else
        {
            for (long timeNs = START_NS; !replay.isDone(); timeNs += random.nextInt(300))
            {
                replay.runTo(timeNs);
            }
        }
    }

    /**
     * Two sessions whose messages come whole or in pieces, with all that can stand between.
     */
    private static MadeRecords random(final SplittableRandom random)
    {
        final MadeRecords records = new MadeRecords().started().live(0, "a").live(1, "b");
        final boolean[] open = new boolean[2];
        long timeNs = 0;
        for (int i = 0; i < 300; i++)
        {
            timeNs += random.nextInt(100);
            final int id = random.nextInt(2);
            records.at(timeNs);
            switch (random.nextInt(8))
            {
                case 0 -> records.event(id, 1, new SessionEvent.HeartbeatMissed(i));
                case 1 -> records.event(id, 1, new SessionEvent.Gap(i));
                case 2 -> records.add(id, 1, RecordKind.OUTBOUND, Opcode.TEXT, ALONE, new byte[i]);
                case 3 -> records.lost(i);
                case 4 ->
                {
                    records.inbound(id, 1, RecordLayout.ABANDONED, "");
                    open[id] = false;
                }
                default ->
                {
                    final boolean end = random.nextBoolean();
                    final int flags = (open[id] ? 0 : RecordLayout.FRAME_BEGIN) |
                        (end ? RecordLayout.MESSAGE_END : 0) | 1 << random.nextInt(2, 6);
                    records.inbound(id, 1, flags, "message " + i);
                    open[id] = !end;
                }
            }
        }

        return records.state(0, SessionState.LIVE, SessionState.CLOSED, 1);
    }

    private Replay virtual(final Replay replay)
    {
        return replay.nanoClock(() -> wallNs).idleStrategy(new Idle(() -> wallNs += TICK_NS));
    }

    /** What is done when nothing is to be done. */
    private record Idle(Runnable action) implements IdleStrategy
    {
        @Override
        public void idle(final int workCount)
        {
            if (workCount == 0)
            {
                action.run();
            }
        }

        @Override
        public void idle()
        {
            action.run();
        }

        @Override
        public void reset()
        {
        }
    }

    /** A session whose messages have no end. */
    private static final class Endless implements RecordSource
    {
        private static final int PAYLOAD_LENGTH = 128;

        private final List<byte[]> opening = new MadeRecords().started().live(0, "a").records();
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[RecordLayout.HEADER_LENGTH + PAYLOAD_LENGTH]);
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private int next;
        private long received;

        private Endless()
        {
            RecordLayout.putHeader(message, 0, START_NS, 0, 1, RecordKind.INBOUND, Opcode.BINARY, ALONE);
        }

        @Override
        public boolean next()
        {
            if (next < opening.size())
            {
                buffer.wrap(opening.get(next++));
            }
            else
            {
                buffer.wrap(message);
            }

            return true;
        }

        @Override
        public DirectBuffer buffer()
        {
            return buffer;
        }

        @Override
        public int offset()
        {
            return 0;
        }

        @Override
        public int length()
        {
            return buffer.capacity();
        }

        @Override
        public void close()
        {
        }
    }
}
