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

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.JournalPolicy.WhenFull;
import io.ringwire.config.ThreadingMode;
import io.ringwire.stats.CountersFile;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import io.ringwire.tape.TapeWriter;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The agent between a tape and a sink that the test holds, fails or looks into. Nothing here waits for time to pass.
 */
@Timeout(30)
class JournalAgentTest
{
    private static final int SMALL_TAPE = 64 * 1024;
    private static final int PAYLOAD_LENGTH = 1000;

    private final JournalCounters counters = new JournalCounters(
        CountersFile.inMemory(16, 4096, SystemEpochClock.INSTANCE).counters());
    private final List<String> told = new ArrayList<>();
    private final ListSink sink = new ListSink();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);

    @Test
    void shouldGiveTimesSince1970AndTellItsBeginningAndItsEnd()
    {
        final JournalAgent agent = agent(ThreadingMode.INVOKER, WhenFull.DROP);
        final long nowNs = System.nanoTime();
        assertThat(write(agent.writer(), 1, nowNs)).isTrue();
        agent.doWork();
        agent.ending();
        agent.onClose();
        agent.free();

        assertThat(sink.kinds).containsExactly(RecordKind.STARTED, RecordKind.INBOUND, RecordKind.STOPPED);
        assertThat(Math.abs(sink.timesNs.get(1) - System.currentTimeMillis() * 1_000_000L)).isLessThan(60_000_000_000L);
        assertThat(sink.closed).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldLoseAndSaySoWhereTheReaderIsSlow()
    {
        final JournalAgent agent = agent(ThreadingMode.DEDICATED, WhenFull.DROP);
        int written = 0;
        while (write(agent.writer(), written, 0))
        {
            written++;
        }

        assertThat(write(agent.writer(), -1, 0)).isFalse();
        agent.doWork();
        assertThat(write(agent.writer(), written, 0)).isTrue();
        assertThat(agent.doWork()).isPositive();
        agent.doWork(); // from behind the end of the tape's memory
        assertThat(sink.kinds.stream().filter((kind) -> kind == RecordKind.INBOUND)).hasSize(written + 1);
        assertThat(sink.kinds).endsWith(RecordKind.LOST, RecordKind.INBOUND);
        assertThat(sink.lost).isEqualTo(2);
        agent.onClose();
        agent.free();
    }

    @Test
    void shouldSayAtItsEndWhatWasLostLast()
    {
        final JournalAgent agent = agent(ThreadingMode.DEDICATED, WhenFull.DROP);
        while (write(agent.writer(), 1, 0))
        {
            Thread.onSpinWait(); // ends: nobody reads
        }

        agent.ending();
        agent.onClose();
        agent.free();
        assertThat(sink.kinds).endsWith(RecordKind.INBOUND, RecordKind.LOST, RecordKind.STOPPED);
        assertThat(sink.lost).isOne();
    }

    @Test
    void shouldWaitForASlowSinkUntilItGoesOn() throws Exception
    {
        final JournalAgent agent = agent(ThreadingMode.DEDICATED, WhenFull.WAIT);
        final int records = 5 * SMALL_TAPE / PAYLOAD_LENGTH;
        final AtomicInteger written = new AtomicInteger();
        final Thread writer = writer(agent, records, written);
        sink.held = new CountDownLatch(1);
        final Thread reader = reader(agent, records);
        sink.entered.await();
        final int most = SMALL_TAPE / PAYLOAD_LENGTH + 1;
        while (written.get() < SMALL_TAPE / (PAYLOAD_LENGTH + 48))
        {
            Thread.onSpinWait(); // ends: that many fit
        }

        assertThat(written.get()).isLessThanOrEqualTo(most);
        sink.held.countDown();
        writer.join();
        reader.join();
        assertThat(sink.kinds.stream().filter((kind) -> kind == RecordKind.INBOUND)).hasSize(records);
        assertThat(sink.lost).isZero();
        agent.onClose();
        agent.free();
    }

    @Test
    void shouldNotHoldTheWriterWhenTheReaderEnds() throws Exception
    {
        final JournalAgent agent = agent(ThreadingMode.DEDICATED, WhenFull.WAIT);
        final AtomicInteger written = new AtomicInteger();
        final Thread writer = writer(agent, 500, written);
        while (written.get() < SMALL_TAPE / (PAYLOAD_LENGTH + 48))
        {
            Thread.onSpinWait(); // ends: that many fit
        }

        writer.interrupt();
        agent.onClose();
        writer.join();
        assertThat(written.get()).isEqualTo(500);
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("nothing is recorded any more");
        agent.free();
    }

    @Test
    void shouldEmptyTheTapeForASinkThatFails()
    {
        final JournalAgent agent = agent(ThreadingMode.INVOKER, WhenFull.WAIT);
        sink.fault = new IllegalStateException("disk gone");
        for (int i = 0; i < 500; i++)
        {
            assertThat(write(agent.writer(), i, 0)).isTrue();
        }

        agent.ending();
        agent.onClose();
        agent.free();
        assertThat(counters.errors().get()).isOne();
        assertThat(counters.lost().get()).isEqualTo(501); // and STOPPED
        assertThat(told).containsExactly("recording stopped: java.lang.IllegalStateException: disk gone");
    }

    @Test
    void shouldNameWhatTheClassPathOrTheJvmLacks() throws Exception
    {
        final Path directory = Path.of("journal");
        assertThatThrownBy(
            () -> Requirements.check(directory, ClassLoader.getPlatformClassLoader()))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("net.openhft:chronicle-queue").hasMessageNotContaining("\n");
        assertThat(Requirements.missingOptions(getClass().getModule())).isEmpty();
        assertThat(Requirements.missingOptions(Logger.class.getModule()))
            .startsWith("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED --add-exports=java.base/sun.nio.ch=")
            .endsWith("--add-opens=java.base/java.util=ALL-UNNAMED");
    }

    private JournalAgent agent(final ThreadingMode mode, final WhenFull whenFull)
    {
        final EngineContext context = new EngineContext()
            .threadingMode(mode)
            .eventLog((level, source, message, cause) -> told.add(message))
            .journal(new JournalPolicy().tapeLength(SMALL_TAPE).whenFull(whenFull));
        final JournalAgent agent = new JournalAgent(context, "test", counters, () -> sink);
        agent.onStart();
        return agent;
    }

    private boolean write(final TapeWriter writer, final int sessionId, final long timeNs)
    {
        return writer.write(
            timeNs, sessionId, 1, RecordKind.INBOUND, 1, RecordLayout.FRAME_BEGIN, payload, 0, PAYLOAD_LENGTH);
    }

    private Thread writer(final JournalAgent agent, final int records, final AtomicInteger written)
    {
        final Thread thread = new Thread(() ->
        {
            for (int i = 0; i < records; i++)
            {
                write(agent.writer(), i, 0);
                written.incrementAndGet();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Thread reader(final JournalAgent agent, final int records)
    {
        final Thread thread = new Thread(() ->
        {
            while (sink.kinds.size() < records + 1)
            {
                agent.doWork();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Keeps what it is given. Owner: the thread that runs the agent, and when that has ended the test's.
     */
    private static final class ListSink implements RecordSink
    {
        private final List<RecordKind> kinds = new ArrayList<>();
        private final List<Long> timesNs = new ArrayList<>();
        private final CountDownLatch entered = new CountDownLatch(1);
        private volatile CountDownLatch held;
        private RuntimeException fault;
        private long lost;
        private boolean closed;

        @Override
        public void onRecord(final UnsafeBuffer buffer, final int offset, final int length)
        {
            hold();
            if (fault != null)
            {
                throw fault;
            }

            final RecordKind kind = RecordLayout.kind(buffer, offset);
            kinds.add(kind);
            timesNs.add(RecordLayout.timeNs(buffer, offset));
            lost += kind == RecordKind.LOST ?
                buffer.getLong(offset + RecordLayout.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) : 0;
        }

        @Override
        public int doWork(final long nowNs)
        {
            return 0;
        }

        @Override
        public boolean hasFailed()
        {
            return false;
        }

        @Override
        public void close()
        {
            closed = true;
        }

        private void hold()
        {
            if (held != null)
            {
                entered.countDown();
                try
                {
                    held.await();
                }
                catch (final InterruptedException ex)
                {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
