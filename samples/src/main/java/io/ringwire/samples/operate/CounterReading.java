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

import io.ringwire.api.SessionState;
import io.ringwire.stats.CounterLabel;
import io.ringwire.stats.CounterType;

import java.util.Comparator;

/**
 * A counter as it was at one moment.
 *
 * @param id        of the counter in its file; given to another when this one is freed.
 * @param type      of the value.
 * @param label     its name and whose it is.
 * @param sessionId of the session, or -1.
 * @param value     read.
 */
record CounterReading(int id, CounterType type, CounterLabel label, int sessionId, long value)
{
    /** The engine, its agents by name, its sessions by id; each one's counters as they were made. */
    static final Comparator<CounterReading> ORDER = Comparator
        .comparingInt(CounterReading::rank)
        .thenComparingInt(CounterReading::sessionId)
        .thenComparing(CounterReading::owner)
        .thenComparingInt(CounterReading::id);

    /**
     * Whose it is, in words.
     *
     * @return for a heading.
     */
    String owner()
    {
        if (label.session() != null)
        {
            return "session " + label.session() + " #" + sessionId;
        }

        return label.agent() != null ? "agent " + label.agent() : "engine";
    }

    /**
     * The value of a {@link CounterType#STATE} by its name.
     *
     * @return the name, or the number where it has none.
     */
    String state()
    {
        final SessionState[] states = SessionState.values();
        return value >= 0 && value < states.length ? states[(int)value].name() : Long.toString(value);
    }

    private int rank()
    {
        if (label.session() != null)
        {
            return 2;
        }

        return label.agent() != null ? 1 : 0;
    }
}
