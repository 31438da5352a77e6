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

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.ringwire.api.SessionState;
import io.ringwire.stats.CounterLabel;
import io.ringwire.stats.CounterType;
import org.agrona.concurrent.status.CountersReader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The meters of an engine in one registry. One thread at a time.
 */
final class CounterMeters
{
    private static final String PREFIX = "ringwire.";

    private final CountersReader counters;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<MeteredCounter, List<Meter>> meters = new HashMap<>(); // holds what the registry has weakly

    CounterMeters(final CountersReader counters, final MeterRegistry registry, final Iterable<Tag> tags)
    {
        this.counters = counters;
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    /**
     * First the removals: a counter that was freed and made anew elsewhere has the same meter.
     */
    void refresh()
    {
        final Set<MeteredCounter> present = new HashSet<>();
        counters.forEach((id, typeId, key, label) ->
        {
            if (CounterType.of(typeId) != null)
            {
                present.add(new MeteredCounter(counters, id, typeId, CounterType.sessionId(key), label));
            }
        });
        meters.entrySet().removeIf((entry) -> !present.contains(entry.getKey()) && remove(entry.getValue()));
        for (final MeteredCounter counter : present)
        {
            if (!meters.containsKey(counter))
            {
                meters.put(counter, register(counter));
            }
        }
    }

    void remove()
    {
        meters.values().forEach(this::remove);
        meters.clear();
    }

    private boolean remove(final List<Meter> gone)
    {
        gone.forEach(registry::remove);
        return true;
    }

    private List<Meter> register(final MeteredCounter counter)
    {
        final CounterType type = CounterType.of(counter.typeId());
        final CounterLabel label = CounterLabel.parse(counter.label());
        final String name = PREFIX + type.withoutUnit(label.name()).replace('-', '.');
        final Tags own = tagsOf(label, counter.sessionId());
        return switch (type)
        {
            case COUNT -> List.of(FunctionCounter.builder(name, counter, MeteredCounter::value)
                .tags(own).description(label.name()).register(registry));
            case GAUGE -> List.of(Gauge.builder(name, counter, MeteredCounter::value)
                .tags(own).description(label.name()).register(registry));
            case DURATION_NS -> List.of(
                TimeGauge.builder(name, counter, TimeUnit.NANOSECONDS, MeteredCounter::value)
                    .tags(own).description(label.name()).register(registry));
            case TIME_MS -> List.of(
                TimeGauge.builder(name + ".timestamp", counter, TimeUnit.MILLISECONDS, MeteredCounter::value)
                    .tags(own).description(label.name() + ", since 1970").register(registry));
            case STATE -> registerStates(counter, name, own);
        };
    }

    private List<Meter> registerStates(final MeteredCounter counter, final String name, final Tags own)
    {
        final List<Meter> states = new ArrayList<>();
        for (final SessionState state : SessionState.values())
        {
            states.add(Gauge.builder(name, counter, (it) -> it.value() == state.ordinal() ? 1 : 0)
                .tags(own.and("state", state.name())).description("1 in this state, else 0").register(registry));
        }

        return states;
    }

    private Tags tagsOf(final CounterLabel label, final int sessionId)
    {
        if (label.session() != null)
        {
            return tags.and("session", label.session(), "session.id", Integer.toString(sessionId));
        }

        return label.agent() != null ? tags.and("agent", label.agent()) : tags;
    }
}
