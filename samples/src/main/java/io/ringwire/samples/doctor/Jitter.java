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
package io.ringwire.samples.doctor;

import io.ringwire.thread.CpuAffinity;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a thread that wants to run does not, and how late one that sleeps is woken.
 */
final class Jitter
{
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final long WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long HICCUP_OK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long HICCUP_BAD_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long OVERSHOOT_OK_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final long TEN_US_NS = TimeUnit.MICROSECONDS.toNanos(10);

    private final long totalNs;
    private final int[] cores;

    /**
     * Measure.
     *
     * @param totalNs half of it for hiccups, on each core asked for, the rest for sleeps.
     * @param cores   to measure hiccups on; empty for wherever the scheduler puts a thread.
     */
    Jitter(final long totalNs, final int[] cores)
    {
        this.totalNs = totalNs;
        this.cores = cores;
    }

    Room room()
    {
        final List<Check> checks = new ArrayList<>();
        if (cores.length == 0)
        {
            checks.add(new Check("hiccups", Section.JITTER, () -> hiccups(() ->
            {
            })));
        }

        for (final int core : cores)
        {
            checks.add(new Check(
                "hiccups, core " + core, Section.JITTER, () -> hiccups(() -> CpuAffinity.pin(core))));
        }

        checks.add(new Check("park 50 us", Section.JITTER, () -> park(TimeUnit.MICROSECONDS.toNanos(50))));
        checks.add(new Check("park 200 us", Section.JITTER, () -> park(TimeUnit.MICROSECONDS.toNanos(200))));
        checks.add(new Check("park 1 ms", Section.JITTER, () -> park(TimeUnit.MILLISECONDS.toNanos(1))));
        checks.add(new Check("sleep 1 ms", Section.JITTER, this::sleep));
        return new Room("Jitter", checks);
    }

    private Diagnosis hiccups(final Runnable pin) throws Exception
    {
        final long durationNs = totalNs / 2;
        final Histogram gaps;
        try
        {
            gaps = OwnThread.run("spin", () ->
            {
                pin.run();
                spin(WARM_UP_NS);
                return spin(durationNs);
            });
        }
        catch (final IllegalStateException ex)
        {
            return Diagnosis.unknown(ex.getMessage()); // not pinned
        }

        final double lostPercent = 100.0 * lostNs(gaps) / durationNs;
        final String found = String.format(Locale.ROOT,
            "gaps between %,d reads of the clock: p99.9 %s, largest %s; %.2f %% of the time lost to gaps over 10 us",
            gaps.getTotalCount(), readable(gaps.getValueAtPercentile(99.9)), readable(gaps.getMaxValue()), lostPercent);
        final String advice = "Something else ran on the core, or the host took it: see core isolation, steal and " +
            "throttling above.";
        return gaps.getMaxValue() > HICCUP_BAD_NS ?
            Diagnosis.bad(found, advice) : Diagnosis.okIf(gaps.getMaxValue() <= HICCUP_OK_NS, found, advice);
    }

    private static Histogram spin(final long durationNs)
    {
        final Histogram gaps = new Histogram(HIGHEST_NS, DIGITS);
        final long startNs = System.nanoTime();
        long lastNs = startNs;
        while (lastNs - startNs < durationNs)
        {
            final long nowNs = System.nanoTime();
            gaps.recordValue(Math.min(HIGHEST_NS, nowNs - lastNs));
            lastNs = nowNs;
        }

        return gaps;
    }

    private static long lostNs(final Histogram gaps)
    {
        long lostNs = 0;
        for (final HistogramIterationValue value : gaps.recordedValues())
        {
            if (value.getValueIteratedTo() > TEN_US_NS)
            {
                lostNs += value.getValueIteratedTo() * value.getCountAddedInThisIterationStep();
            }
        }

        return lostNs;
    }

    private Diagnosis park(final long pauseNs) throws Exception
    {
        return overshoot(pauseNs, () -> LockSupport.parkNanos(pauseNs));
    }

    private Diagnosis sleep() throws Exception
    {
        return overshoot(TimeUnit.MILLISECONDS.toNanos(1), () -> Thread.sleep(1));
    }

    private Diagnosis overshoot(final long pauseNs, final Pause pause) throws Exception
    {
        final long durationNs = totalNs / 8; // a quarter of what the hiccups leave
        final Histogram late = OwnThread.run("sleep", () ->
        {
            final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
            final long startNs = System.nanoTime();
            long beforeNs = startNs;
            while (beforeNs - startNs < durationNs)
            {
                pause.take();
                final long afterNs = System.nanoTime();
                histogram.recordValue(Math.max(0, Math.min(HIGHEST_NS, afterNs - beforeNs - pauseNs)));
                beforeNs = System.nanoTime();
            }

            return histogram;
        });
        return Diagnosis.okIf(
            late.getValueAtPercentile(99) <= OVERSHOOT_OK_NS,
            String.format(Locale.ROOT, "woken late by p50 %s, p99 %s, at most %s (%,d times)",
                readable(late.getValueAtPercentile(50)), readable(late.getValueAtPercentile(99)),
                readable(late.getMaxValue()), late.getTotalCount()),
            "A thread that sleeps is late: use idleMode SPIN for what must not be, and see C-states above.");
    }

    private static String readable(final long ns)
    {
        return ns < NS_PER_MS ?
            String.format(Locale.ROOT, ns < TEN_US_NS ? "%.2f us" : "%.0f us", ns / NS_PER_US) :
            String.format(Locale.ROOT, "%,.1f ms", ns / NS_PER_MS);
    }

    /** A way to sleep. */
    @FunctionalInterface
    private interface Pause
    {
        void take() throws InterruptedException;
    }
}
