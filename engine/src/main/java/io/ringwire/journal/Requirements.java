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

import io.ringwire.config.ConfigurationException;

import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * What Chronicle Queue needs of the class path and of the JVM, looked at before any of its classes is loaded: without
 * it they fail one by one, with traces that name no cure. Cold; any thread.
 */
final class Requirements
{
    private static final String QUEUE_CLASS = "net.openhft.chronicle.queue.ChronicleQueue";
    private static final String[] EXPORTS = { "jdk.internal.ref", "sun.nio.ch" };
    private static final String[] OPENS = { "java.lang", "java.lang.reflect", "java.io", "java.util" };

    private Requirements()
    {
    }

    /**
     * Look whether a journal can be had.
     *
     * @param directory of the journal.
     * @param loader    of the engine's classes.
     * @throws ConfigurationException in one line, with what to add.
     */
    static void check(final Path directory, final ClassLoader loader)
    {
        final Class<?> queue;
        try
        {
            queue = Class.forName(QUEUE_CLASS, false, loader);
        }
        catch (final ClassNotFoundException | LinkageError ex)
        {
            throw new ConfigurationException("journal.directory=" + directory +
                " needs net.openhft:chronicle-queue on the class path: add it, or do not set the directory");
        }

        final String missing = missingOptions(queue.getModule());
        if (!missing.isEmpty())
        {
            throw new ConfigurationException("journal.directory=" + directory +
                " needs options that src/jvm/low-latency.options has, add to the java command: " + missing);
        }
    }

    /**
     * The options without which a module is kept out of the JDK.
     *
     * @param module that wants in.
     * @return those that are missing, with a blank between them.
     */
    static String missingOptions(final Module module)
    {
        final Module base = Object.class.getModule();
        final StringJoiner missing = new StringJoiner(" ");
        for (final String name : EXPORTS)
        {
            if (!base.isExported(name, module))
            {
                missing.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }

        for (final String name : OPENS)
        {
            if (!base.isOpen(name, module))
            {
                missing.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
            }
        }

        return missing.toString();
    }
}
