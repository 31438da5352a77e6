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

import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code ringwire bench}: measures Ringwire and, beside it, Netty's own WebSocket codec.
 */
@Command(
    name = "bench",
    description = "Measure round trips and feeds, compare clients with each other, hops, journals, soaks.",
    mixinStandardHelpOptions = true,
    subcommands =
    {
        CompareCommand.class,
        RttCommand.class,
        FeedCommand.class,
        JournalCommand.class,
        HopCommand.class,
        SoakCommand.class,
        ServeCommand.class,
        WorkCommand.class
    })
public final class BenchCommand implements Subcommand
{
    @Spec
    private CommandSpec spec;

    /**
     * Made by picocli or the service loader.
     */
    public BenchCommand()
    {
    }

    /**
     * A process that runs nothing but this command, such as a server under {@code ringwire bench}.
     *
     * @param args of the command.
     */
    public static void main(final String[] args)
    {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call()
    {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
