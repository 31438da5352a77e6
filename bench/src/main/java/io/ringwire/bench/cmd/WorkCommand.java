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
import io.ringwire.bench.client.Client;
import io.ringwire.bench.compare.WorkerLoop;
import io.ringwire.bench.peer.Lineup;
import io.ringwire.samples.cli.TlsOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * {@code ringwire bench work}: a client that {@code bench compare} tells on its standard input what to do.
 */
@Command(name = "work", hidden = true, description = "Be a worker of bench compare.", mixinStandardHelpOptions = true)
final class WorkCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "Its name in the lineup.")
    private String name;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Override
    public Integer call() throws IOException
    {
        final PrintStream answers = System.out;
        System.setOut(System.err); // what libraries print is no answer
        try
        {
            final Client client = Lineup.client(name, tls.policy());
            final BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            new WorkerLoop(client, requests, answers).run();
            return CommandLine.ExitCode.OK;
        }
        catch (final BenchException ex)
        {
            spec.commandLine().getErr().println("ringwire bench: " + ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        finally
        {
            System.setOut(answers);
        }
    }
}
