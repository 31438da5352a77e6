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
package io.ringwire.samples.doctor;

import io.ringwire.stats.CountersFileReader;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The folder in which engines show their counters: who lives, who died there, and how much room is left.
 */
final class CountersFolder
{
    private static final long MIB = 1024 * 1024;
    private static final long TIGHT_BYTES = 32 * MIB;
    private static final long FULL_BYTES = 4 * MIB;
    private static final long SILENT_MS = 10_000;
    private static final int MAX_NAMES = 3;

    private final Path directory;

    /**
     * Look into a folder.
     *
     * @param directory which may not exist.
     */
    CountersFolder(final Path directory)
    {
        this.directory = directory;
    }

    Room room()
    {
        return new Room("Engines on this machine", List.of(
            new Check("counters files", Section.COUNTERS, this::engines),
            new Check("shared memory", Section.COUNTERS, this::space)));
    }

    private Diagnosis engines() throws IOException
    {
        final List<String> silent = new ArrayList<>();
        final List<String> leftovers = new ArrayList<>();
        int running = 0;
        for (final Path path : CountersFileReader.list(directory))
        {
            try
            {
                final CountersFileReader reader = CountersFileReader.open(path);
                if (!reader.isAlive())
                {
                    leftovers.add(path.toString());
                }
                else if (System.currentTimeMillis() - reader.activityMs() > SILENT_MS)
                {
                    silent.add(Long.toString(reader.pid()));
                }
                else
                {
                    running++;
                }
            }
            catch (final IOException ex)
            {
                leftovers.add(path.toString());
            }
        }

        final String found = running + silent.size() + leftovers.size() == 0 ? "none in " + directory :
            running + " running, " + silent.size() + " silent for 10 s, " + leftovers.size() +
            " dead or not readable, in " + directory;
        if (!silent.isEmpty())
        {
            return Diagnosis.warn(found, "An engine that hangs, or whose process id another has now: jstack " +
                some(silent) + '.');
        }

        return Diagnosis.okIf(leftovers.isEmpty(), found, "See ringwire errors, then: rm " + some(leftovers) + '.');
    }

    private static String some(final List<String> names)
    {
        return String.join(" ", names.subList(0, Math.min(MAX_NAMES, names.size()))) +
            (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }

    private Diagnosis space() throws IOException
    {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null)
        {
            existing = existing.getParent();
        }

        final FileStore store = Files.getFileStore(existing);
        final long bytes = store.getUsableSpace();
        final String found =
            String.format(Locale.ROOT, "%,d MiB free on %s (%s)", bytes / MIB, existing, store.type());
        if (bytes < FULL_BYTES || !Files.isWritable(existing))
        {
            return Diagnosis.bad(found, "No counters file can be made there: free some, or set " +
                "ringwire.observation.directory.");
        }

        if (bytes < TIGHT_BYTES)
        {
            return Diagnosis.warn(found, "Each engine takes some MiB: free some, or give the container more " +
                "(--shm-size).");
        }

        return Diagnosis.okIf(store.type().equals("tmpfs"), found, "The kernel writes the pages to the disk while " +
            "engines use them: set ringwire.observation.directory to a folder of /dev/shm.");
    }
}
