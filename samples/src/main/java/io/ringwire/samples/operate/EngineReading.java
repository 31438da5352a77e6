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

import io.ringwire.stats.CounterLabel;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.CountersFileReader;
import org.agrona.concurrent.status.CountersReader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An engine as it was at one moment.
 *
 * @param file       that was read.
 * @param pid        of its process.
 * @param alive      is its process there?
 * @param startMs    of the engine, in ms since 1970.
 * @param activityMs its last sign of life, in ms since 1970.
 * @param counters   in {@link CounterReading#ORDER}.
 * @param errors     in the order in which they were first seen.
 */
record EngineReading(
    Path file,
    long pid,
    boolean alive,
    long startMs,
    long activityMs,
    List<CounterReading> counters,
    List<ErrorReading> errors)
{
    /**
     * Read all of it.
     *
     * @param reader of the file.
     * @param filter that the label of a counter, or the trace of an error, has to have a match for; or null.
     * @return what was read.
     */
    static EngineReading of(final CountersFileReader reader, final Pattern filter)
    {
        final CountersReader source = reader.counters();
        final List<CounterReading> counters = new ArrayList<>();
        source.forEach((id, typeId, key, label) ->
        {
            final CounterType type = CounterType.of(typeId);
            if (type != null && isWanted(filter, label))
            {
                counters.add(new CounterReading(
                    id, type, CounterLabel.parse(label), CounterType.sessionId(key), source.getCounterValue(id)));
            }
        });
        counters.sort(CounterReading.ORDER);

        final List<ErrorReading> errors = new ArrayList<>();
        reader.errors((count, firstMs, lastMs, trace) ->
        {
            if (isWanted(filter, trace))
            {
                errors.add(new ErrorReading(count, firstMs, lastMs, trace));
            }
        });
        return new EngineReading(
            reader.path(), reader.pid(), reader.isAlive(), reader.startMs(), reader.activityMs(), counters, errors);
    }

    /**
     * The line above what is shown of it.
     *
     * @param nowMs in ms since 1970.
     * @return the line.
     */
    String heading(final long nowMs)
    {
        return file + ": pid " + pid + ", " + (alive ? "alive" : "dead") + ", started " + Wording.time(startMs) +
            ", last active " + Wording.age(nowMs - activityMs) + " ago";
    }

    private static boolean isWanted(final Pattern filter, final String text)
    {
        return filter == null || filter.matcher(text).find();
    }
}
