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

import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

import java.nio.file.Path;

/**
 * Chronicle Queue without what it does on the side: a banner, a thread that watches the disk, one that cuts files and
 * one that frees them, and SLF4J's complaint where nobody logs. All of that is ruled by system properties that are read
 * once; what an application has set itself stays.
 */
final class QuietChronicle
{
    static
    {
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        setUnlessSet("chronicle.queue.disableFileShrinking", "true");
        setUnlessSet("background.releaser", "false");
        setUnlessSet("slf4j.internal.verbosity", "ERROR");
    }

    private QuietChronicle()
    {
    }

    /**
     * Describe the queue of a segment. Its clock stands still, so that a segment is one file.
     *
     * @param segment     folder of it.
     * @param startMs     of the segment, since 1970.
     * @param blockLength bytes that are mapped at once; a record may have a quarter of it.
     * @return the builder.
     */
    static SingleChronicleQueueBuilder queue(final Path segment, final long startMs, final int blockLength)
    {
        return SingleChronicleQueueBuilder.binary(segment)
            .rollCycle(LargeRollCycles.LARGE_DAILY)
            .timeProvider(() -> startMs)
            .blockSize(blockLength);
    }

    private static void setUnlessSet(final String property, final String value)
    {
        if (System.getProperty(property) == null)
        {
            System.setProperty(property, value);
        }
    }
}
