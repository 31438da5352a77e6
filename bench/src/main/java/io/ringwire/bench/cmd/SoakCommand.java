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
package io.ringwire.bench.cmd;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.soak.BurstPlan;
import io.ringwire.bench.soak.Check;
import io.ringwire.bench.soak.Soak;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ThreadingMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code ringwire bench soak}: long runs that must end as they began.
 */
@Command(
    name = "soak",
    description = "Run for long and see that nothing is lost, nothing leaks and nothing is allocated.",
    footer =
    {
        "%nepsilon: a JVM with a heap of 64 MiB and no collector sends numbered messages to an echo server and " +
            "expects each of them back.",
        "bursts: feeds of 20,000 messages a second with 10,000 more at once each second, whose connections the " +
            "server closes every 4 s behind a known number of messages, and a connection that it drops every 3 s.",
        "%nEach line says what was checked and whether it held. The exit code is 0 if all did."
    },
    mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer>
{
    private static final long QUICK_MESSAGES = 1_000_000;
    private static final long FULL_MESSAGES = 10_000_000;
    private static final double QUICK_MINUTES = 1;
    private static final double FULL_MINUTES = 10;
    private static final double SHORTEST_MINUTES = 0.01;
    private static final int MAX_MESSAGES = 2_000_000_000; // what ten digits and an int can number
    private static final String ECHO_PATH = "echo";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", description = "Only these of ${COMPLETION-CANDIDATES}.")
    private List<Kind> kinds = List.of(Kind.values());

    @Option(names = "--full", description = "10,000,000 messages each way and 10 minutes, unless said otherwise.")
    private boolean full;

    @Option(names = "--messages", description = "Epsilon: messages each way; 1,000,000 without --full.")
    private Long messages;

    @Option(names = "--minutes", description = "Bursts: length of the run; 1 without --full.")
    private Double minutes;

    @Option(
        names = "--mode", split = ",", converter = EnumName.Mode.class,
        description = "inline, dedicated or shared; several with commas between; inline and dedicated by default.")
    private List<ThreadingMode> modes = List.of(ThreadingMode.INLINE, ThreadingMode.DEDICATED);

    @Option(names = "--deflate", description = "Epsilon: once more with compression.")
    private boolean deflate;

    @Option(names = "--uri", description = "Base of a server that runs, such as ws://127.0.0.1:4711/.")
    private String uri;

    @Option(names = "--cpu-server", description = "Core of the command's own server.")
    private int serverCpu = EngineContext.NOT_PINNED;

    @Option(
        names = "--timeout", defaultValue = "600",
        description = "Seconds for each run of epsilon (${DEFAULT-VALUE}).")
    private long timeoutS;

    private boolean failed;

    @Override
    public Integer call()
    {
        try
        {
            RunCommand.checkAtLeast("--messages", messages(), 1);
            RunCommand.checkAtLeast("--timeout", timeoutS, 1);
            if (messages() > MAX_MESSAGES)
            {
                throw new BenchException("--messages " + messages() + " must be at most " + MAX_MESSAGES);
            }

            if (!(minutes() >= SHORTEST_MINUTES))
            {
                throw new BenchException("--minutes " + minutes() + " must be at least " + SHORTEST_MINUTES);
            }

            if (uri == null)
            {
                try (ServerProcess server = ServerProcess.start(serverCpu, timeoutNs(), "echo"))
                {
                    run(server.uri());
                }
            }
            else
            {
                run(uri.endsWith("/") ? uri : uri + '/');
            }

            return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
        catch (final BenchException ex)
        {
            spec.commandLine().getErr().println("ringwire bench: " + ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void run(final String base) throws BenchException
    {
        for (final ThreadingMode mode : modes)
        {
            if (kinds.contains(Kind.epsilon))
            {
                report(Soak.epsilon(base + ECHO_PATH, mode, false, messages(), timeoutNs()));
                if (deflate)
                {
                    report(Soak.epsilon(base + ECHO_PATH + "?deflate=1", mode, true, messages(), timeoutNs()));
                }
            }

            if (kinds.contains(Kind.bursts))
            {
                report(Soak.bursts(
                    BurstPlan.of(base, mode, (long)(minutes() * TimeUnit.MINUTES.toNanos(1)))));
            }
        }
    }

    private void report(final List<Check> checks)
    {
        for (final Check check : checks)
        {
            failed |= !check.held();
            spec.commandLine().getOut().println(check.line());
        }

        spec.commandLine().getOut().flush();
    }

    private long messages()
    {
        return messages != null ? messages : full ? FULL_MESSAGES : QUICK_MESSAGES;
    }

    private double minutes()
    {
        return minutes != null ? minutes : full ? FULL_MINUTES : QUICK_MINUTES;
    }

    private long timeoutNs()
    {
        return TimeUnit.SECONDS.toNanos(timeoutS);
    }

    /**
     * What to run, named as it is typed.
     */
    private enum Kind
    {
        epsilon,
        bursts
    }
}
