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
package io.ringwire.samples.cli;

import io.ringwire.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/**
 * The command line {@code ringwire}. Its commands are the {@link Subcommand}s on the class path, each of which finds
 * this object, and so the streams, with picocli's {@code @ParentCommand}. What a user can mend is told in one line on
 * standard error; anything else that is thrown is a bug, and keeps its stack trace.
 */
@Command(
    name = "ringwire",
    description = "A low-latency WebSocket client engine: tools and demonstrations.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
public final class Ringwire implements Callable<Integer>
{
    private static final String VERSION_RESOURCE = "version.properties"; // written by the build

    private final StandardStreams streams;

    @Spec
    private CommandSpec spec;

    /**
     * Make the command line.
     *
     * @param streams that its commands read and write.
     */
    public Ringwire(final StandardStreams streams)
    {
        this.streams = streams;
    }

    /**
     * The entry of the process: runs a command on the main thread and exits with its code.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        System.exit(new Ringwire(StandardStreams.ofProcess()).run(args));
    }

    /**
     * The streams of the commands.
     *
     * @return the streams.
     */
    public StandardStreams streams()
    {
        return streams;
    }

    /**
     * Run a command.
     *
     * @param args of the command line.
     * @return the exit code: of the command; 1 after a failure; 2 if it was called wrongly.
     */
    public int run(final String... args)
    {
        return commandLine().execute(args);
    }

    @Override
    public Integer call()
    {
        spec.commandLine().usage(streams.err());
        return CommandLine.ExitCode.USAGE;
    }

    CommandLine commandLine()
    {
        final CommandLine commandLine = new CommandLine(this);
        commandLine.getCommandSpec().versionProvider(Ringwire::version);
        for (final Subcommand subcommand : ServiceLoader.load(Subcommand.class))
        {
            commandLine.addSubcommand(subcommand);
        }

        return commandLine
            .setOut(new PrintWriter(streams.out(), true))
            .setErr(new PrintWriter(streams.err(), true))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(this::onParameterException)
            .setExecutionExceptionHandler(this::onExecutionException);
    }

    private static String[] version() throws IOException
    {
        final Properties properties = new Properties();
        try (InputStream in = Ringwire.class.getResourceAsStream(VERSION_RESOURCE))
        {
            properties.load(in);
        }

        return new String[]{"ringwire " + properties.getProperty("version")};
    }

    private int onParameterException(final ParameterException ex, final String[] args)
    {
        final String command = ex.getCommandLine().getCommandSpec().qualifiedName();
        complain(ex.getMessage() + " (see '" + command + " --help')");
        return CommandLine.ExitCode.USAGE;
    }

    private int onExecutionException(final Exception ex, final CommandLine command, final ParseResult result)
        throws Exception
    {
        if (ex instanceof ConfigurationException)
        {
            complain(ex.getMessage());
            return CommandLine.ExitCode.USAGE;
        }

        if (ex instanceof IOException || ex instanceof UncheckedIOException)
        {
            complain(ex.getMessage() == null ? ex.toString() : ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }

        throw ex;
    }

    private void complain(final String message)
    {
        final PrintStream err = streams.err();
        err.println("ringwire: " + message.replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }
}
