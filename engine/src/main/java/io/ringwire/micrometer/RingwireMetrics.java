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
package io.ringwire.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.agrona.concurrent.status.CountersReader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The counters of an engine as meters of Micrometer, an optional dependency that this package alone needs.
 * <pre>{@code
 * try (Engine engine = Engine.launch(context);
 *     RingwireMetrics metrics = new RingwireMetrics(engine.counters()))
 * {
 *     metrics.bindTo(registry);
 *     run(engine);
 * }
 * }</pre>
 * A meter is named after its counter and tagged by whose it is: {@code ringwire.messages.received} with {@code session}
 * and {@code session.id}, {@code ringwire.max.cycle} with {@code agent}, {@code ringwire.errors} with neither. A count
 * is a {@code FunctionCounter}, a level a {@code Gauge}, a duration a {@code TimeGauge}, a moment a {@code TimeGauge}
 * since 1970 whose name ends in {@code timestamp}. The state of a session is a gauge for each state, tagged
 * {@code state}, at 1 for the one it is in and at 0 for the others.
 * <p>
 * A daemon thread follows sessions that come and go: the meters of a new one are there, and those of an ended one gone,
 * after at most the interval. The engine does nothing for it: a value is read from its counter when the registry is.
 * <p>
 * Any thread may call.
 */
public final class RingwireMetrics implements MeterBinder, AutoCloseable
{
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    private final CountersReader counters;
    private final List<Tag> tags;
    private final ScheduledExecutorService executor;
    private final List<CounterMeters> bound = new ArrayList<>(); // guarded by this

    /**
     * Meters without further tags, followed every 5 s.
     *
     * @param counters of the engine.
     */
    public RingwireMetrics(final CountersReader counters)
    {
        this(counters, List.of(), DEFAULT_INTERVAL);
    }

    /**
     * Meters, and the thread that follows them.
     *
     * @param counters of the engine, or of a file.
     * @param tags     that each meter is to have too, as the name of the engine where there are several.
     * @param interval between two looks for counters that came or went, at least 1 ms.
     */
    public RingwireMetrics(final CountersReader counters, final Iterable<Tag> tags, final Duration interval)
    {
        if (interval.toMillis() < 1)
        {
            throw new IllegalArgumentException("interval=" + interval + " must be at least 1 ms");
        }

        this.counters = counters;
        final List<Tag> copy = new ArrayList<>();
        tags.forEach(copy::add);
        this.tags = List.copyOf(copy);
        executor = Executors.newSingleThreadScheduledExecutor(RingwireMetrics::thread);
        executor.scheduleWithFixedDelay(this::follow, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Add the meters to a registry, of which there may be several, and keep them up to date there.
     *
     * @param registry of the meters.
     */
    @Override
    public synchronized void bindTo(final MeterRegistry registry)
    {
        final CounterMeters meters = new CounterMeters(counters, registry, tags);
        bound.add(meters);
        meters.refresh();
    }

    /**
     * Look now for counters that came or went.
     */
    public synchronized void refresh()
    {
        bound.forEach(CounterMeters::refresh);
    }

    /**
     * Remove the meters, and end the thread.
     */
    @Override
    public synchronized void close()
    {
        executor.shutdown();
        bound.forEach(CounterMeters::remove);
        bound.clear();
    }

    /**
     * A registry may refuse a meter, as one whose name another meter bears: that must not end the thread.
     */
    private void follow()
    {
        try
        {
            refresh();
        }
        catch (final RuntimeException ex)
        {
            System.getLogger("io.ringwire").log(System.Logger.Level.WARNING, "a meter was refused", ex);
        }
    }

    private static Thread thread(final Runnable task)
    {
        final Thread thread = new Thread(task, "ringwire-metrics");
        thread.setDaemon(true);
        return thread;
    }
}
