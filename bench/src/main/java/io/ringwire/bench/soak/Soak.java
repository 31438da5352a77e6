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
package io.ringwire.bench.soak;

import io.ringwire.bench.child.ChildJvm;
import io.ringwire.bench.client.BenchException;
import io.ringwire.config.ThreadingMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs soaks, each in a JVM of its own, and brings their checks back. Owner: the calling thread, which waits.
 */
public final class Soak
{
    private static final List<String> EPSILON = List.of(
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+UseEpsilonGC",
        "-XX:+AlwaysPreTouch",
        "-Xms64m",
        "-Xmx64m",
        "-XX:MaxDirectMemorySize=256m",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dio.netty.leakDetection.level=disabled"); // it would use the heap up, where a test turned it on
    private static final List<String> SMALL_HEAP = List.of(
        "-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=256m", "-XX:+ExitOnOutOfMemoryError");
    private static final long LONGEST_END_NS = TimeUnit.MINUTES.toNanos(2);
    private static final int OUT_OF_MEMORY = 3; // of ExitOnOutOfMemoryError

    private Soak()
    {
    }

    /**
     * Send messages to an echo server and receive each of them again, on a heap of 64 MiB that nobody collects.
     *
     * @param uri       of an echo.
     * @param mode      of the engine.
     * @param deflate   true to compress.
     * @param messages  each way.
     * @param timeoutNs to wait at most.
     * @return what was checked.
     * @throws BenchException if the JVM cannot be started.
     */
    public static List<Check> epsilon(
        final String uri, final ThreadingMode mode, final boolean deflate, final long messages, final long timeoutNs)
        throws BenchException
    {
        final String name =
            "epsilon, " + mode.name().toLowerCase(Locale.ROOT) + (deflate ? ", deflate" : "");
        return run(
            name,
            EPSILON,
            EpsilonRun.class,
            List.of(name, uri, mode.name(), Boolean.toString(deflate), Long.toString(messages)),
            timeoutNs);
    }

    /**
     * Receive bursts on connections that the server ends or drops all the time.
     *
     * @param plan of the run.
     * @return what was checked.
     * @throws BenchException if the JVM cannot be started.
     */
    public static List<Check> bursts(final BurstPlan plan) throws BenchException
    {
        return run(
            "bursts", SMALL_HEAP, BurstRun.class, plan.arguments(), plan.durationNs() + LONGEST_END_NS);
    }

    private static List<Check> run(
        final String name,
        final List<String> options,
        final Class<?> mainClass,
        final List<String> arguments,
        final long timeoutNs) throws BenchException
    {
        final List<Check> checks = new ArrayList<>();
        final String[] last = {"nothing"};
        final int exitCode = ChildJvm.run(options, mainClass, arguments, timeoutNs, (line) ->
        {
            final Check check = Check.parse(line);
            if (check == null)
            {
                last[0] = line;
            }
            else
            {
                checks.add(check);
            }
        });
        if (exitCode == OUT_OF_MEMORY)
        {
            checks.add(new Check(false, name + ": OutOfMemoryError: the heap of 64 MiB is used up; " + last[0]));
        }
        else if (exitCode == ChildJvm.TIMED_OUT)
        {
            checks.add(new Check(false, name + ": not over after " + TimeUnit.NANOSECONDS.toSeconds(timeoutNs) +
                " s, the last it said was: " + last[0]));
        }
        else if (exitCode != 0 || checks.isEmpty())
        {
            checks.add(new Check(false, name + ": the JVM ended with " + exitCode + ": " + last[0]));
        }

        return checks;
    }
}
