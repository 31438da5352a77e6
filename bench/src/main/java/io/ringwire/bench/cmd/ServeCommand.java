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

import io.ringwire.bench.server.Feed;
import io.ringwire.bench.server.LoadServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;

/**
 * {@code ringwire bench serve}: a load server in the foreground.
 */
@Command(
    name = "serve",
    description = "Serve an echo or a feed on the loopback interface until killed.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(description = "What to serve: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--port", description = "Port to listen on; 0, the default, is any free one.")
    private int port;

    @Option(names = "--spin", description = "Poll sockets in place of waiting: a core for each connection.")
    private boolean spin;

    @Option(names = "--messages", description = "Feed: messages on each connection; 0, the default, is without end.")
    private long messages = Feed.ENDLESS;

    @Option(names = "--size", defaultValue = "128", description = "Feed: bytes in a message (${DEFAULT-VALUE}).")
    private int sizeBytes;

    @Option(names = "--rate", description = "Feed: messages a second; 0, the default, is as fast as they go.")
    private long ratePerS;

    @Option(
        names = "--timestamped",
        description = "Feed: the first 20 bytes are the System.nanoTime() at which the message was due.")
    private boolean timestamped;

    @Option(names = "--until-eof", hidden = true, description = "End with the standard input.")
    private boolean untilEof;

    @Override
    public Integer call() throws InterruptedException
    {
        try (LoadServer server = kind == Kind.echo ?
            LoadServer.echo(port, spin) :
            LoadServer.feed(port, spin, new Feed(messages, sizeBytes, ratePerS, timestamped)))
        {
            spec.commandLine().getOut().println(ServerProcess.LISTENING + server.uri());
            spec.commandLine().getOut().flush();
            if (untilEof)
            {
                System.in.transferTo(OutputStream.nullOutputStream());
            }
            else
            {
                server.awaitEnd();
            }

            return CommandLine.ExitCode.OK;
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            spec.commandLine().getErr().println("ringwire bench: " + ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * What to serve, named as it is typed.
     */
    private enum Kind
    {
        echo,
        feed
    }
}
