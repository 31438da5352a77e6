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

import io.ringwire.api.EventLog;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.json.JsonWriter;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import io.ringwire.tape.Tape;
import io.ringwire.tape.TapeReader;
import io.ringwire.tape.TapeWriter;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The journal's thread: takes what the IO thread has recorded from the tape to where it is kept, and turns its times
 * into such since 1970. It goes on to empty the tape when nothing can be kept any more, so that nobody waits for it.
 */
public final class JournalAgent implements Agent, TapeReader
{
    private static final int RECORD_LIMIT = 256;
    private static final long WAIT_NS = 20_000;
    private static final String SOURCE = "journal";

    private final Tape tape;
    private final TapeWriter writer;
    private final Supplier<? extends RecordSink> sinks;
    private final JournalCounters counters;
    private final EventLog eventLog;
    private final NanoClock clock;
    private final String description;
    private final boolean invoked;
    private final Tape.RecordReader recordReader = this::onRecord;
    private RecordSink sink; // owner: the journal's thread
    private long epochOffsetNs; // owner: the journal's thread
    private boolean broken; // owner: the journal's thread
    private volatile boolean ending; // owner: the thread that closes the engine
    private volatile boolean ended; // owner: the journal's thread

    JournalAgent(
        final EngineContext context,
        final String transport,
        final JournalCounters counters,
        final Supplier<? extends RecordSink> sinks)
    {
        final JournalPolicy policy = context.journal();
        this.counters = counters;
        this.sinks = sinks;
        eventLog = context.eventLog();
        clock = context.nanoClock();
        invoked = context.threadingMode() == ThreadingMode.INVOKER;
        description = context.threadingMode() + " " + transport;
        tape = new Tape(policy.tapeLength());
        writer = new TapeWriter(tape, this, policy.whenFull() == JournalPolicy.WhenFull.WAIT);
    }

    /**
     * Make the agent of an engine that records.
     *
     * @param context   concluded, with a directory for the journal.
     * @param transport that loaded, for the record.
     * @param counters  of the engine.
     * @return the agent; its folder is made when it starts.
     * @throws ConfigurationException in one line, if the class path or the JVM lacks what Chronicle Queue needs.
     */
    public static JournalAgent of(
        final EngineContext context, final String transport, final CountersManager counters)
    {
        Requirements.check(context.journal().directory(), JournalAgent.class.getClassLoader());
        final JournalCounters journalCounters = new JournalCounters(counters);
        return new JournalAgent(context, transport, journalCounters, () ->
            new SegmentWriter(context.journal(), context.eventLog(), journalCounters));
    }

    /** {@return where the IO thread writes} */
    public TapeWriter writer()
    {
        return writer;
    }

    /**
     * Any thread: the engine closes, and the agent is about to end.
     */
    public void ending()
    {
        ending = true;
    }

    /**
     * Free the tape, when neither the IO thread nor this agent runs any more.
     */
    public void free()
    {
        tape.close();
    }

    @Override
    public String roleName()
    {
        return "ringwire-journal";
    }

    @Override
    public void onStart()
    {
        epochOffsetNs = SystemEpochNanoClock.INSTANCE.nanoTime() - clock.nanoTime();
        sink = sinks.get();
        put(RecordKind.STARTED, started().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int doWork()
    {
        int workCount = tape.read(recordReader, RECORD_LIMIT);
        if (!broken)
        {
            try
            {
                workCount += sink.doWork(clock.nanoTime());
            }
            catch (final Throwable t)
            {
                onFault(t);
            }
        }

        return workCount;
    }

    @Override
    public void onClose()
    {
        if (sink != null)
        {
            while (tape.read(recordReader, RECORD_LIMIT) > 0)
            {
                // the IO thread has ended before
            }

            putUntold();
            put(RecordKind.STOPPED, new byte[0]);
            closeSink();
            if (!ending)
            {
                eventLog.onEvent(System.Logger.Level.ERROR, SOURCE,
                    "the journal's thread was ended, nothing is recorded any more", null);
            }
        }

        ended = true;
    }

    @Override
    public boolean makeRoom()
    {
        if (invoked)
        {
            doWork();
        }
        else if (!ended)
        {
            LockSupport.parkNanos(this, WAIT_NS);
        }

        return !ended;
    }

    private void onRecord(final UnsafeBuffer buffer, final int offset, final int length)
    {
        if (broken)
        {
            countLost(buffer, offset);
            return;
        }

        try
        {
            buffer.putLong(
                offset + RecordLayout.TIME_OFFSET,
                RecordLayout.timeNs(buffer, offset) + epochOffsetNs,
                ByteOrder.LITTLE_ENDIAN);
            sink.onRecord(buffer, offset, length);
        }
        catch (final Throwable t)
        {
            onFault(t);
            countLost(buffer, offset);
        }
    }

    private void countLost(final UnsafeBuffer buffer, final int offset)
    {
        final boolean tellsOfLost = RecordLayout.kind(buffer, offset) == RecordKind.LOST;
        counters.lost().getAndAddRelease(
            tellsOfLost ? buffer.getLong(offset + RecordLayout.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) : 1);
    }

    /**
     * A sink counts and tells its faults itself; this is one that it did not foresee.
     */
    private void onFault(final Throwable cause)
    {
        broken = true;
        counters.errors().incrementRelease();
        eventLog.onEvent(System.Logger.Level.ERROR, SOURCE, "recording stopped: " + cause, cause);
    }

    /**
     * What the IO thread lost last, and then wrote nothing more, is not on the tape.
     */
    private void putUntold()
    {
        final long untold = tape.untold();
        if (untold > 0)
        {
            final ByteBuffer payload = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            put(RecordKind.LOST, payload.putLong(untold).array());
        }
    }

    private void put(final RecordKind kind, final byte[] payload)
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordLayout.HEADER_LENGTH + payload.length]);
        RecordLayout.putHeader(record, 0, clock.nanoTime(), -1, 0, kind, 0, 0);
        record.putBytes(RecordLayout.HEADER_LENGTH, payload);
        onRecord(record, 0, record.capacity());
    }

    private void closeSink()
    {
        try
        {
            sink.close();
        }
        catch (final Throwable t)
        {
            onFault(t);
        }
    }

    private String started()
    {
        final String version = JournalAgent.class.getPackage().getImplementationVersion();
        return new JsonWriter().beginObject()
            .field("engine", "ringwire")
            .field("version", version == null ? "unknown" : version)
            .field("pid", ProcessHandle.current().pid())
            .field("java", System.getProperty("java.version"))
            .field("os", System.getProperty("os.name") + ' ' + System.getProperty("os.arch"))
            .field("threads", description)
            .field("epochOffsetNs", epochOffsetNs)
            .endObject().toString();
    }
}
