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
import io.ringwire.bench.server.ServerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code ringwire bench serve}: a load server in the foreground. It says where it listens in one line for each port;
 * the second, of the port with TLS, ends with the file that clients have to trust, see {@link ServerProcess}.
 */
@Command(
    name = "serve",
    description = "Serve load on the loopback interface until killed, with one thread for all connections.",
    footer =
    {
        "%nThe path says what a connection gets; every path takes deflate=1, to accept permessage-deflate:",
        "  /          the echo or the feed of the command line",
        "  /echo      what it sends",
        "  /feed      messages: size=128, rate=50000, messages=N, stamped=1, burst=10000, every=1000 (ms); without " +
            "rate and burst as fast as they go",
        "  /sink      a message for each 250 that it sends",
        "  /drop      a greeting, and no connection any more once it sends a message",
        "  /capture   the messages of --capture, in a loop"
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(description = "What the path / serves: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--port", description = "Port to listen on; 0, the default, is any free one.")
    private int port;

    @Option(names = "--tls", description = "Listen on a second port, with TLS and a certificate made for it.")
    private boolean tls;

    @Option(names = "--tls-port", description = "The port of --tls, which this implies; 0 is any free one.")
    private Integer tlsPort;

    @Option(names = "--spin", description = "Poll sockets in place of waiting: the server keeps a core busy.")
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

    @Option(names = "--capture", description = "Recorded traffic for the path /capture.")
    private Path capture;

    @Option(names = "--until-eof", hidden = true, description = "End with the standard input.")
    private boolean untilEof;

    @Override
    public Integer call() throws InterruptedException
    {
        try (LoadServer server = LoadServer.launch(options()))
        {
            out(ServerProcess.LISTENING + server.uri());
            if (server.tlsAuthority() != null)
            {
                out(ServerProcess.LISTENING + "wss://" + server.tlsAuthority() + '/' + ServerProcess.CERTIFICATE +
                    server.caFile());
            }

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
        catch (final IllegalArgumentException ex)
        {
            error("--" + ex.getMessage());
        }
        catch (final IOException ex)
        {
            error(ex.getMessage());
        }

        return CommandLine.ExitCode.SOFTWARE;
    }

    private ServerOptions options()
    {
        return new ServerOptions(
            port,
            tlsPort != null ? tlsPort : tls ? 0 : ServerOptions.NO_TLS,
            spin,
            kind == Kind.echo ? null : new Feed(messages, sizeBytes, ratePerS, timestamped),
            capture);
    }

    private void out(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void error(final String line)
    {
        spec.commandLine().getErr().println("ringwire bench: " + line);
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
