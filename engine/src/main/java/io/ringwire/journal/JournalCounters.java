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

import io.ringwire.stats.CounterType;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * What is counted of a journal. Owner of each: the journal's thread.
 */
final class JournalCounters
{
    private final AtomicCounter records;
    private final AtomicCounter bytes;
    private final AtomicCounter lost;
    private final AtomicCounter errors;

    JournalCounters(final CountersManager manager)
    {
        records = CounterType.COUNT.ofEngine(manager, "journal-records");
        bytes = CounterType.COUNT.ofEngine(manager, "journal-bytes");
        lost = CounterType.COUNT.ofEngine(manager, "journal-lost");
        errors = CounterType.COUNT.ofEngine(manager, "journal-errors");
    }

    /** {@return records kept} */
    AtomicCounter records()
    {
        return records;
    }

    /** {@return bytes of the records kept} */
    AtomicCounter bytes()
    {
        return bytes;
    }

    /** {@return records that are not in the journal, for lack of room on the tape or because the journal has failed} */
    AtomicCounter lost()
    {
        return lost;
    }

    /** {@return faults that ended the recording} */
    AtomicCounter errors()
    {
        return errors;
    }
}
