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

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command line at work on a thread of its own.
 */
final class CommandRun
{
    private static final long TIMEOUT_S = 40;

    private final FedInput in = new FedInput();
    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private CommandRun()
    {
    }

    static CommandRun of(final String... args)
    {
        final CommandRun run = new CommandRun();
        final StandardStreams streams = new StandardStreams(
            run.in,
            new PrintStream(run.out, true, StandardCharsets.UTF_8),
            new PrintStream(run.err, true, StandardCharsets.UTF_8));
        final Thread thread = new Thread(() -> run.exitCode.complete(new Ringwire(streams).run(args)), "command");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    FedInput in()
    {
        return in;
    }

    CapturedOutput out()
    {
        return out;
    }

    CapturedOutput err()
    {
        return err;
    }

    int exitCode() throws Exception
    {
        return exitCode.get(TIMEOUT_S, TimeUnit.SECONDS);
    }
}
