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
package io.ringwire.stats;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * What the value of a counter in the file means. The code is Agrona's type id of the counter, and never changes.
 * <p>
 * {@link CounterLabel} says whose a counter is. Its key is 4 bytes, the id of the session, or -1.
 */
public enum CounterType
{
    /** Grows from zero. */
    COUNT(1001, ""),

    /** Goes up and down. */
    GAUGE(1002, ""),

    /** A duration in ns that goes up and down. */
    DURATION_NS(1003, "-ns"),

    /** A moment in ms since 1970, 0 before the first. */
    TIME_MS(1004, "-ms"),

    /** The ordinal of a {@code SessionState}. */
    STATE(1005, "");

    private static final int NO_SESSION = -1;

    private final int code;
    private final String unit;

    CounterType(final int code, final String unit)
    {
        this.code = code;
        this.unit = unit;
    }

    /** {@return Agrona's type id} */
    public int code()
    {
        return code;
    }

    /**
     * Say the name of a counter where its value is shown in another unit.
     *
     * @param name of a counter of this type, as {@code rtt-p50-ns}.
     * @return it without the unit, as {@code rtt-p50}.
     */
    public String withoutUnit(final String name)
    {
        return name.endsWith(unit) ? name.substring(0, name.length() - unit.length()) : name;
    }

    /**
     * Look a code up.
     *
     * @param code Agrona's type id.
     * @return the type, or null if the counter is none of ours.
     */
    public static CounterType of(final int code)
    {
        final int index = code - COUNT.code;
        return index >= 0 && index < values().length ? values()[index] : null;
    }

    /**
     * Make a counter of the engine as a whole.
     *
     * @param manager of the counters.
     * @param name    of the counter.
     * @return it, at zero.
     */
    public AtomicCounter ofEngine(final CountersManager manager, final String name)
    {
        return add(manager, CounterLabel.ofEngine(name), NO_SESSION);
    }

    /**
     * Make a counter of an agent.
     *
     * @param manager of the counters.
     * @param name    of the counter.
     * @param agent   its role name.
     * @return it, at zero.
     */
    public AtomicCounter ofAgent(final CountersManager manager, final String name, final String agent)
    {
        return add(manager, CounterLabel.ofAgent(name, agent), NO_SESSION);
    }

    /**
     * Make a counter of a session.
     *
     * @param manager   of the counters.
     * @param name      of the counter.
     * @param session   its name.
     * @param sessionId its id.
     * @return it, at zero.
     */
    public AtomicCounter ofSession(
        final CountersManager manager, final String name, final String session, final int sessionId)
    {
        return add(manager, CounterLabel.ofSession(name, session), sessionId);
    }

    /**
     * Read whose a counter is.
     *
     * @param key of the counter.
     * @return the id of the session, or -1.
     */
    public static int sessionId(final DirectBuffer key)
    {
        return key.getInt(0);
    }

    private AtomicCounter add(final CountersManager manager, final CounterLabel label, final int sessionId)
    {
        final int id = manager.allocate(label.toString(), code, (key) -> key.putInt(0, sessionId));
        return new AtomicCounter(manager.valuesBuffer(), id, manager);
    }
}
