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
package io.ringwire.samples.operate;

import io.ringwire.stats.CounterType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast counts grow between two scrapes. One thread.
 */
final class Rates
{
    private Map<Key, Long> values = Map.of();
    private Map<Key, Double> perSecond = Map.of();
    private long lastNs;

    /**
     * Compare a scrape with the one before.
     *
     * @param scrape the newer one.
     * @param nowNs  by {@link System#nanoTime()}.
     */
    void update(final Scrape scrape, final long nowNs)
    {
        final double elapsedS = (nowNs - lastNs) / 1e9;
        final Map<Key, Long> newValues = new HashMap<>();
        final Map<Key, Double> newPerSecond = new HashMap<>();
        for (final EngineReading engine : scrape.engines())
        {
            for (final CounterReading counter : engine.counters())
            {
                if (counter.type() == CounterType.COUNT)
                {
                    final Key key = Key.of(engine, counter);
                    newValues.put(key, counter.value());
                    final Long before = values.get(key);
                    if (before != null && elapsedS > 0)
                    {
                        newPerSecond.put(key, (counter.value() - before) / elapsedS);
                    }
                }
            }
        }

        values = newValues;
        perSecond = newPerSecond;
        lastNs = nowNs;
    }

    /**
     * Look up a rate.
     *
     * @param engine  of the counter.
     * @param counter of the last scrape.
     * @return per second, or null if it is no count or was not in the scrape before.
     */
    Double perSecond(final EngineReading engine, final CounterReading counter)
    {
        return perSecond.get(Key.of(engine, counter));
    }

    /** The same counter: an engine with the same file, or a counter with the same id, may be another one by now. */
    private record Key(Path file, long startMs, int counterId, String label, int sessionId)
    {
        static Key of(final EngineReading engine, final CounterReading counter)
        {
            return new Key(
                engine.file(), engine.startMs(), counter.id(), counter.label().toString(), counter.sessionId());
        }
    }
}
