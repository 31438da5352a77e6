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
package io.ringwire.bench.soak;

import io.ringwire.Engine;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.bench.child.ChildJvm;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The main class of a JVM that receives bursts on connections that end: the server closes those of the feeds behind a
 * number of messages, so that one lost or doubled shows, and drops the other when it is sent something. Owner: the main
 * thread, which samples and sends.
 */
final class BurstRun
{
    private static final int FEEDS = 2;
    private static final int CONNECT_BUDGET = 100_000;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long MAX_BACKOFF_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SETTLING_INTERVALS = 4; // at least
    private static final String OF_INTERVAL = "read-to-handler-p50-ns"; // of a session, shown when an interval ends

    /** Heap that a connection may take to be lost and made again: request, answer, events, buffers of the JDK. */
    private static final long BYTES_PER_RECONNECT = 64 * 1024;

    /** Heap for what is loaded once, with the first connections that end one way or the other. */
    private static final long BYTES_ONCE = 4 * 1024 * 1024;

    private final BurstPlan plan;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Counted> counts = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final AtomicLong errors = new AtomicLong(); // any thread
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[]{'d', 'r', 'o', 'p'});
    private volatile String firstError; // any thread
    private QuietWindows quiet = new QuietWindows();
    private Resources sampled;
    private long nextDropNs;
    private long nextProgressNs;

    private BurstRun(final BurstPlan plan)
    {
        this.plan = plan;
    }

    /**
     * Run.
     *
     * @param args of the plan.
     */
    public static void main(final String[] args)
    {
        ChildJvm.endWithParent();
        final BurstRun run = new BurstRun(BurstPlan.parse(args));
        run.run();
        run.checks.forEach((check) -> System.out.println(check.line()));
    }

    private void run()
    {
        final EngineContext context = new EngineContext()
            .threadingMode(plan.mode())
            .observation(new ObservationPolicy().intervalNs(
                Math.min(LONGEST_INTERVAL_NS, plan.settlingNs() / SETTLING_INTERVALS)))
            .eventLog((level, source, event, cause) -> {}) // connections that end are what is wanted
            .errorHandler(this::onError);
        final long startNs = System.nanoTime();
        nextDropNs = startNs + plan.dropNs();
        try (Engine engine = Engine.launch(context))
        {
            for (int i = 0; i < FEEDS; i++)
            {
                connect(engine, plan.feedUri(), plan.perConnection());
            }

            connect(engine, plan.dropUri(), 1);
            awaitUntil(startNs + plan.settlingNs(), () -> false);
            awaitUntil(System.nanoTime() + PATIENCE_NS, () -> hasIntervals(engine));
            System.gc(); // what the JDK frees with its garbage is none of ours
            awaitUntil(System.nanoTime() + PATIENCE_NS, this::sample);
            final Resources before = sampled;
            final long reconnectsBefore = reconnects();
            quiet = new QuietWindows();
            awaitUntil(System.nanoTime() + plan.durationNs() - plan.settlingNs(), () -> false);
            awaitUntil(System.nanoTime() + PATIENCE_NS, this::hasSeenAll); // a thread held up sees less in that time
            nextDropNs = Long.MAX_VALUE;
            System.gc();
            final boolean settled = awaitUntil(System.nanoTime() + PATIENCE_NS,
                () -> sample() && gaps() == reconnects() && sampled.isWithin(before));
            check(settled, before, sampled, reconnects() - reconnectsBefore);
            sessions.forEach(Session::abort);
        }
    }

    private void connect(final Engine engine, final String uri, final long perConnection)
    {
        final Counted counted = new Counted(perConnection);
        counts.add(counted);
        sessions.add(engine.connect(new SessionConfig()
            .uri(uri)
            .messageHandler(counted)
            .listener(counted)
            .reconnect(new ReconnectPolicy()
                .baseNs(1)
                .capNs(MAX_BACKOFF_NS)
                .connectBudget(CONNECT_BUDGET, TimeUnit.MINUTES.toNanos(1)))));
    }

    /**
     * Has an interval ended in which all sessions had latencies? Histograms of them are made then, once.
     */
    private boolean hasIntervals(final Engine engine)
    {
        final LongAdder had = new LongAdder();
        engine.counters().forEach((value, id, label) ->
            had.add(value > 0 && label.startsWith(OF_INTERVAL) ? 1 : 0));
        return had.sum() == sessions.size();
    }

    /**
     * Has every kind of connection ended, and was there a window in which none did?
     */
    private boolean hasSeenAll()
    {
        return ended(0, FEEDS) > 0 && counts.get(FEEDS).ended() > 0 && quiet.hasMessages();
    }

    /**
     * Look at the process while all sessions are live.
     *
     * @return false if they were not all the time.
     */
    private boolean sample()
    {
        final long reconnects = reconnects();
        final boolean wasLive = isLive();
        sampled = Resources.now();
        LockSupport.parkNanos(PAUSE_NS); // a socket is closed before its session says so
        return wasLive && isLive() && reconnects == reconnects();
    }

    /**
     * Drop connections until the time or the condition has come.
     *
     * @return true if it was the condition.
     */
    private boolean awaitUntil(final long deadlineNs, final BooleanSupplier condition)
    {
        long nowNs;
        while ((nowNs = System.nanoTime()) - deadlineNs < 0)
        {
            if (condition.getAsBoolean())
            {
                return true;
            }

            final Session dropped = sessions.get(FEEDS);
            if (nowNs >= nextDropNs && dropped.state() == SessionState.LIVE &&
                counts.get(FEEDS).total() == dropped.epoch()) // it has been greeted
            {
                dropped.send(Opcode.TEXT, message, 0, message.capacity()); // if refused, again next time
                nextDropNs = nowNs + plan.dropNs();
            }

            final long allocatedBytes = Resources.allocatedBytesNow();
            quiet.look(isLive() && gaps() == reconnects(), reconnects(), messages(), allocatedBytes);
            if (nowNs >= nextProgressNs)
            {
                System.out.println(messages() + " messages, " + reconnects() + " reconnects so far");
                nextProgressNs = nowNs + PROGRESS_NS;
            }

            LockSupport.parkNanos(PAUSE_NS);
        }

        return false;
    }

    private void check(
        final boolean settled, final Resources before, final Resources after, final long reconnects)
    {
        final Counted drops = counts.get(FEEDS);
        check(settled || isLive(), "all sessions live again" + (settled ? "" : ": " +
            sessions.stream().map((session) -> session.state().name()).toList()));
        check(errors.get() == 0, "errors: " + errors.get() + (firstError == null ? "" : ", the first " + firstError));
        check(ended(0, FEEDS) > 0 && wrong(0, FEEDS) == 0, messages() + " messages; " + ended(0, FEEDS) +
            " connections closed by the server, " + plan.perConnection() + " messages each, " + wrong(0, FEEDS) +
            " with another number" + firstWrong());
        check(drops.ended() > 0 && drops.wrong() == 0, drops.ended() +
            " connections dropped by the server, a message each, " + drops.wrong() + " with another number");
        check(settled || gaps() == reconnects(), "gaps told: " + gaps() + " for " + reconnects() + " reconnects");
        check(after.isWithin(before), String.format(Locale.ROOT,
            "held at the end and after %d s: direct memory %d and %d bytes, files %d and %d, threads %d and %d",
            TimeUnit.NANOSECONDS.toSeconds(plan.settlingNs()), after.directBytes(), before.directBytes(),
            after.fileDescriptors(), before.fileDescriptors(), after.threads(), before.threads()));
        check(quiet.hold(), quiet.finding());
        final long allocated = after.allocatedBytes() - before.allocatedBytes() - quiet.bytes();
        check(allocated <= reconnects * BYTES_PER_RECONNECT + BYTES_ONCE, String.format(Locale.ROOT,
            "heap allocated by the engine's threads beside that: %d bytes in %d reconnects, of at most %d for each " +
            "and %d once", allocated, reconnects, BYTES_PER_RECONNECT, BYTES_ONCE));
    }

    private void check(final boolean held, final String finding)
    {
        checks.add(new Check(held, "bursts, " + plan.mode().name().toLowerCase(Locale.ROOT) + ": " + finding));
    }

    private boolean isLive()
    {
        return sessions.stream().allMatch((session) -> session.state() == SessionState.LIVE);
    }

    private long reconnects()
    {
        return sessions.stream().mapToLong((session) -> Math.max(0, session.epoch() - 1)).sum();
    }

    private long gaps()
    {
        return counts.stream().mapToLong(Counted::gaps).sum();
    }

    private long messages()
    {
        return counts.stream().mapToLong(Counted::total).sum();
    }

    private long ended(final int from, final int to)
    {
        return counts.subList(from, to).stream().mapToLong(Counted::ended).sum();
    }

    private long wrong(final int from, final int to)
    {
        return counts.subList(from, to).stream().mapToLong(Counted::wrong).sum();
    }

    private String firstWrong()
    {
        return counts.stream().map(Counted::firstWrong).filter((wrong) -> wrong != null).findFirst()
            .map((wrong) -> ", the first " + wrong).orElse("");
    }

    private void onError(final Throwable error)
    {
        if (errors.getAndIncrement() == 0)
        {
            firstError = error.toString();
        }
    }
}
