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
package io.ringwire.samples.operate;

import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Shows the distinct errors of running and dead engines, from outside their processes.
 */
@Command(
    name = "errors",
    description =
        "Shows the distinct errors of engines, running or dead, from outside their processes.%n%n" +
        "For each: how often it was seen, when first and last (UTC), and its stack trace. Errors that differ in " +
        "type, message or stack are different ones.%n",
    footer =
    {
        "%n--json prints one object:",
        "  {\"timeMs\":T, \"engines\":[{\"file\":PATH, \"pid\":N, \"alive\":BOOL, \"startMs\":T,",
        "    \"activityMs\":T, \"errors\":[{\"count\":N, \"firstMs\":T, \"lastMs\":T, \"error\":TEXT,",
        "    \"trace\":TEXT}]}]}",
        "T is in ms since 1970; \"error\" is the first line of \"trace\"."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:shown, even if there are none",
            "1:there is no engine, or a file could not be read, each told in one line on standard error",
            "2:wrong options"
        })
public final class ErrorsCommand implements Subcommand
{
    @ParentCommand
    private Ringwire ringwire;

    @Mixin
    private CountersOptions options;

    @Option(names = "--json", description = "Print JSON, for scripts; see below.")
    private boolean json;

    @Override
    public Integer call() throws IOException
    {
        options.check();
        final Scrape scrape = options.scrapeAny();
        final PrintStream out = new PrintStream(ringwire.streams().out(), false, StandardCharsets.UTF_8);
        if (json)
        {
            out.println(ScrapeJson.errors(scrape));
        }
        else
        {
            scrape.engines().forEach((engine) -> print(engine, scrape.timeMs(), out));
        }

        out.flush();
        CountersOptions.complain(scrape.complaints(), ringwire.streams().err());
        return scrape.complaints().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(final EngineReading engine, final long nowMs, final PrintStream out)
    {
        out.println(Wording.printable(engine.heading(nowMs)));
        if (engine.errors().isEmpty())
        {
            out.println(options.isFiltered() ? "  no errors that match" : "  no errors");
        }

        for (final ErrorReading error : engine.errors())
        {
            out.println("  " + error.count() + (error.count() == 1 ? " time, at " : " times, from ") +
                Wording.time(error.firstMs()) + (error.count() == 1 ? "" : " to " + Wording.time(error.lastMs())));
            Wording.printable(error.trace().replace("\r", "")).lines().forEach((line) -> out.println("    " + line));
        }
    }
}
