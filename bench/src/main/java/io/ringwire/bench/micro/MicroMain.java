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
package io.ringwire.bench.micro;

import org.openjdk.jmh.Main;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The main class of {@code benchmarks.jar}: JMH's own with the GC profiler, so that no figure comes without the bytes
 * it cost. All options of JMH work.
 */
public final class MicroMain
{
    private static final String PROFILER_OPTION = "-prof";
    private static final String GC = "gc";

    private MicroMain()
    {
    }

    /**
     * Run JMH.
     *
     * @param args of JMH.
     * @throws IOException of JMH.
     */
    public static void main(final String[] args) throws IOException
    {
        final String[] all = withGcProfiler(args);
        if (all.length > args.length)
        {
            System.out.println("# Added: " + PROFILER_OPTION + ' ' + GC);
        }

        Main.main(all);
    }

    /**
     * The arguments with the profiler, which is not added twice.
     */
    static String[] withGcProfiler(final String[] args)
    {
        final List<String> given = Arrays.asList(args);
        for (int i = 1; i < args.length; i++)
        {
            if (args[i - 1].equals(PROFILER_OPTION) && args[i].matches(GC + "(:.*)?"))
            {
                return args;
            }
        }

        return Stream.concat(given.stream(), Stream.of(PROFILER_OPTION, GC)).toArray(String[]::new);
    }
}
