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

import io.ringwire.config.JournalPolicy;
import io.ringwire.stats.CountersFile;
import org.agrona.concurrent.SystemEpochClock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a writer is made of, and what it says.
 */
final class WriterFixture
{
    private final JournalCounters counters =
        new JournalCounters(CountersFile.inMemory(64, 4096, SystemEpochClock.INSTANCE).counters());
    private final List<String> events = new ArrayList<>();
    private final JournalPolicy policy;
    private long usableBytes = Long.MAX_VALUE;

    WriterFixture(final Path directory)
    {
        policy = new JournalPolicy().directory(directory);
    }

    JournalPolicy policy()
    {
        return policy;
    }

    JournalCounters counters()
    {
        return counters;
    }

    List<String> events()
    {
        return events;
    }

    WriterFixture usableBytes(final long usableBytes)
    {
        this.usableBytes = usableBytes;
        return this;
    }

    SegmentWriter open()
    {
        return new SegmentWriter(
            policy,
            (level, source, message, cause) -> events.add(level + " " + source + ": " + message),
            counters,
            () -> usableBytes);
    }
}
