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
package io.ringwire.bench.compare;

import io.ringwire.bench.child.ChildJvm;
import io.ringwire.bench.child.JavaCommand;
import io.ringwire.bench.client.BenchException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line of a worker's JVM: the options of this process, the same heap for everybody, no leak detection, and
 * the options of the entrant, which win.
 */
public final class WorkerCommand
{
    private static final List<String> FIXED =
        List.of("-Xms256m", "-Xmx256m", "-XX:MaxDirectMemorySize=2g", "-Dio.netty.leakDetection.level=disabled");

    private static final long CHECK_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private WorkerCommand()
    {
    }

    /**
     * The options of a worker's JVM.
     *
     * @param entrant that gets it.
     * @return the options, in order.
     */
    public static List<String> options(final Entrant entrant)
    {
        return JavaCommand.options(own(entrant));
    }

    /**
     * Does the JVM know an entrant's options? It is run once with them and without those of this process, of which one
     * may be to ignore what it does not know.
     *
     * @param entrant with a label.
     * @throws BenchException that tells in one line what the JVM says.
     */
    public static void check(final Entrant entrant) throws BenchException
    {
        final List<String> lines = new ArrayList<>();
        final int exitCode = ChildJvm.run(JavaCommand.versionOf(own(entrant)), CHECK_TIMEOUT_NS, lines::add);
        if (exitCode != 0)
        {
            lines.removeIf((line) -> line.startsWith("Picked up ") ||
                line.startsWith("Error: Could not create the Java Virtual Machine") ||
                line.startsWith("Error: A fatal exception has occurred"));
            throw new BenchException("--jvm " + entrant.label() + '=' + String.join(" ", entrant.jvmOptions()) + ": " +
                (exitCode == ChildJvm.TIMED_OUT ? "the JVM did not end in 10 s" :
                lines.isEmpty() ? "the JVM ended with exit code " + exitCode : String.join("; ", lines)));
        }
    }

    /**
     * The command line.
     *
     * @param entrant   that gets the JVM.
     * @param cpu       to pin it to, or -1.
     * @param mainClass to run.
     * @param args      of it.
     * @return program and arguments.
     */
    public static List<String> of(
        final Entrant entrant, final int cpu, final Class<?> mainClass, final List<String> args)
    {
        final List<String> command = new ArrayList<>();
        if (cpu >= 0)
        {
            command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
        }

        command.addAll(JavaCommand.of(options(entrant), mainClass, args));
        return command;
    }

    private static List<String> own(final Entrant entrant)
    {
        final List<String> own = new ArrayList<>(FIXED);
        own.addAll(entrant.jvmOptions());
        return own;
    }
}
