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

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.TimeoutPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ringwire connect URL}: a pipe between standard streams and a WebSocket server.
 */
@Command(
    name = "connect",
    description =
        "A pipe to a WebSocket server, for people and scripts.%n%n" +
        "Each line of standard input is sent as a text message; each message received is printed as a line on " +
        "standard output, its bytes as they are. States and errors go to standard error.%n%n" +
        "A lost connection is made again and lines wait for it, in order; what had been handed to the engine when " +
        "it broke is not sent twice. A first connect that fails is not tried again. The server ends the pipe by " +
        "closing with 1000 or 1001; an interrupt (Ctrl-C) closes with 1000.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:clean close: ours with 1000, answered, or the server's with 1000 or 1001",
            "1:anything else, with the reason in one line on standard error",
            "2:wrong options or URL"
        })
public final class ConnectCommand implements Subcommand
{
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long NO_LINGER = -1;

    @ParentCommand
    private Ringwire ringwire;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private TlsOptions tlsOptions;

    @Parameters(paramLabel = "URL", description = "ws://host[:port]/path, or wss for TLS")
    private String url;

    @Option(
        names = {"-H", "--header"},
        paramLabel = "'NAME: VALUE'",
        description = "Send a header with the upgrade request. Repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(
        names = "--subprotocol",
        paramLabel = "NAME",
        split = ",",
        description = "Offer a subprotocol. Repeatable, or several with commas between.")
    private List<String> subprotocols = new ArrayList<>();

    @Mixin
    private DoorOptions doorOptions;

    @Option(names = "--binary", description = "Send lines as binary messages.")
    private boolean binary;

    @Option(
        names = "--ping-interval",
        paramLabel = "TIME",
        converter = DurationOption.Seconds.class,
        description = "Time between pings, in seconds or with a unit: 500ms, 10s, 2m; 0 for none. Default: 10s.")
    private Duration pingInterval;

    @Option(names = "--no-reconnect", description = "End when the connection is lost.")
    private boolean noReconnect;

    @Option(
        names = "--exit-on-eof",
        description = "Close with 1000 after the end of standard input, as soon as as many messages were received " +
            "as were sent, or --linger has passed. Without it the pipe goes on receiving.")
    private boolean exitOnEof;

    @Option(
        names = "--linger",
        paramLabel = "TIME",
        converter = DurationOption.Milliseconds.class,
        description = "With --exit-on-eof: the longest wait for answers after the last line was sent, in " +
            "milliseconds or with a unit. Default: 1000.")
    private Duration linger = Duration.ofSeconds(1);

    @Override
    public Integer call() throws InterruptedException
    {
        final PipeOutput output = new PipeOutput(ringwire.streams(), url, CLOSE_TIMEOUT_NS);
        final String failure;
        final EngineContext context = engineOptions.context()
            .errorHandler(output)
            .eventLog((level, source, message, cause) -> {}); // the output says it in its own words
        try (Engine engine = Engine.launch(context))
        {
            failure = run(engine.connect(sessionConfig(output)), output);
        }

        if (failure != null)
        {
            output.status(failure);
            return ExitCode.SOFTWARE;
        }

        return ExitCode.OK;
    }

    private String run(final Session session, final PipeOutput output) throws InterruptedException
    {
        final long lingerNs = exitOnEof ? linger.toNanos() : NO_LINGER;
        final Thread hook = new Thread(() -> onInterrupt(session, output), "ringwire-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        final Thread input = new Thread(
            new PipeInput(ringwire.streams().in(), session, output, binary, lingerNs), "ringwire-stdin");
        input.setDaemon(true); // a read of a terminal cannot be interrupted and must not keep the process
        input.start();
        final String failure = output.awaitEnd();
        removeHook(hook);
        return failure;
    }

    /**
     * The process was told to end: close as one should, but not for longer than the handshake may take.
     */
    private static void onInterrupt(final Session session, final PipeOutput output)
    {
        output.close(session);
        try
        {
            output.awaitEnd(2 * CLOSE_TIMEOUT_NS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(final Thread hook)
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // the process is ending: it was the hook that closed the session
        }
    }

    private SessionConfig sessionConfig(final PipeOutput output)
    {
        final SessionConfig config = new SessionConfig()
            .uri(url)
            .messageHandler(output)
            .listener(output)
            .timeouts(new TimeoutPolicy().closeNs(CLOSE_TIMEOUT_NS))
            .tls(tlsOptions.policy());

        if (!subprotocols.isEmpty())
        {
            config.upgrade().subprotocols(String.join(",", subprotocols));
        }

        doorOptions.apply(config, spec.commandLine());
        if (pingInterval != null)
        {
            config.heartbeat(new HeartbeatPolicy().intervalNs(pingInterval.toNanos()));
        }

        if (noReconnect)
        {
            config.reconnect(ReconnectPolicy.never());
        }

        for (final String header : headers)
        {
            final int colon = header.indexOf(':');
            if (colon < 1)
            {
                throw new ParameterException(
                    spec.commandLine(), "header '" + header + "' is not of the form 'Name: value'");
            }

            config.upgrade().header(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
        }

        return config;
    }
}
