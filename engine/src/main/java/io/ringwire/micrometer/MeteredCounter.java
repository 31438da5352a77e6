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

import org.agrona.concurrent.status.CountersReader;

import java.util.Objects;

/**
 * A counter while it is the one that its label and key say. Any thread reads it.
 */
final class MeteredCounter
{
    private final CountersReader counters;
    private final int id;
    private final int typeId;
    private final int sessionId;
    private final String label;
    private volatile long lastValue; // written by every reader, with what was read

    MeteredCounter(
        final CountersReader counters, final int id, final int typeId, final int sessionId, final String label)
    {
        this.counters = counters;
        this.id = id;
        this.typeId = typeId;
        this.sessionId = sessionId;
        this.label = label;
    }

    int typeId()
    {
        return typeId;
    }

    int sessionId()
    {
        return sessionId;
    }

    String label()
    {
        return label;
    }

    /**
     * Its value, or the last one if its place has been given to another counter and nobody has noticed yet. A place
     * that is still its own behind the reading was its own at the reading.
     */
    double value()
    {
        final long value = counters.getCounterValue(id);
        if (isStillThis())
        {
            lastValue = value;
        }

        return lastValue;
    }

    /**
     * A session of the same name may be another one.
     */
    private boolean isStillThis()
    {
        final int key = counters.metaDataBuffer().getInt(CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET);
        return counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED &&
            counters.getCounterTypeId(id) == typeId && key == sessionId && label.equals(counters.getCounterLabel(id));
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof MeteredCounter that && id == that.id && typeId == that.typeId &&
            sessionId == that.sessionId && label.equals(that.label);
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(id, typeId, sessionId, label);
    }
}
