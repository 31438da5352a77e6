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
package io.ringwire.samples.conformance;

import io.ringwire.Engine;
import io.ringwire.samples.cli.DurationOption;
import io.ringwire.samples.cli.EngineOptions;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.Subcommand;
import org.agrona.SystemUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ringwire conformance}: the client's side of a WebSocket fuzzing server.
 */
@Command(
    name = "conformance",
    description =
        "Runs the cases of a WebSocket fuzzing server.%n%n" +
        "It asks /getCaseCount, connects to /runCase?case=N&agent=NAME for each case and sends every message back " +
        "until the server ends the connection, and has the reports written with /updateReports?agent=NAME. The " +
        "server judges: whichever way a case ends is told, and is no failure of this command. A line for each case " +
        "goes to standard error, a summary to standard output.%n%n" +
        "Memory: in the modes dedicated and shared each case takes two to four times --max-message of direct memory, " +
        "for a moment beside that of the case before, and the time to clear it: a suite of small messages runs " +
        "faster with a small --max-message. In inline mode the heap takes what the longest message needs. Echoes " +
        "that wait for the server to read take up to twice --max-message of heap.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:all cases were run and the reports written",
            "1:anything else, with the reason in one line on standard error",
            "2:wrong options or URL"
        })
public final class ConformanceCommand implements Subcommand
{
    private static final int MAX_MESSAGE_LENGTH_LIMIT = 256 * 1024 * 1024;

    @ParentCommand
    private Ringwire ringwire;

    @Mixin
    private EngineOptions engineOptions;

    @Option(names = "--server", required = true, paramLabel = "URL", description = "ws://host:port of the server.")
    private String server;

    @Option(
        names = "--agent",
        paramLabel = "NAME",
        description = "What the reports call this client. Default: ${DEFAULT-VALUE}.")
    private String agent = "ringwire";

    @Option(names = "--no-deflate", description = "Do not offer permessage-deflate (RFC 7692).")
    private boolean noDeflate;

    @Option(
        names = "--case",
        paramLabel = "N|N-M",
        split = ",",
        converter = CaseRange.Converter.class,
        description = "Run these cases only. Repeatable, or several with commas between.")
    private List<CaseRange> cases = new ArrayList<>();

    @Option(
        names = "--case-timeout",
        paramLabel = "TIME",
        converter = DurationOption.Seconds.class,
        description = "The longest a case may take, in seconds or with a unit; then its connection is dropped and " +
            "the next case begins. Default: 60s.")
    private Duration caseTimeout = Duration.ofSeconds(60);

    @Option(
        names = "--max-message",
        paramLabel = "SIZE",
        converter = SizeConverter.class,
        description = "The longest message taken, in bytes or with a unit: 64k, 16m. Default: 64m.")
    private int maxMessageLength = 64 * 1024 * 1024;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        try (Engine engine = Engine.launch(engineOptions.context()))
        {
            new FuzzingClient(
                engine, base, agent, !noDeflate, maxMessageLength, caseTimeout.toNanos(), ringwire.streams())
                .run(cases);
        }

        return ExitCode.OK;
    }

    /** Sizes like 64k and 16m. */
    private static final class SizeConverter implements ITypeConverter<Integer>
    {
        @Override
        public Integer convert(final String value)
        {
            try
            {
                final long size = SystemUtil.parseSize("--max-message", value);
                if (size >= 1 && size <= MAX_MESSAGE_LENGTH_LIMIT)
                {
                    return (int)size;
                }
            }
            catch (final NumberFormatException ex)
            {
                // told below
            }

            throw new TypeConversionException("'" + value + "' is not a size from 1 to 256m, like 64k or 16m");
        }
    }
}
