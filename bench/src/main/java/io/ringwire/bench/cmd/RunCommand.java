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
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.RingwireClient;
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.peer.NettyClient;
import io.ringwire.config.Endpoint;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.samples.cli.TlsOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What {@code bench rtt} and {@code bench feed} have in common: rounds of Ringwire and, unless a URI is given, of the
 * baseline in turn against one server.
 */
abstract class RunCommand implements Callable<Integer>
{
    private static final int NOT_PINNED = EngineContext.NOT_PINNED;
    private static final int OWN_ROUNDS = 3;

    @Spec
    private CommandSpec spec;

    @Option(
        names = "--uri",
        description = "Server to use. Without it the command starts its own and measures the baseline too.")
    private String uri;

    @Option(names = "--baseline", description = "Measure Netty's own codec too, in turn, against the server of --uri.")
    private boolean baseline;

    @Option(names = "--rounds", description = "Connections of each client: 1 with --uri, else " + OWN_ROUNDS + ".")
    private Integer rounds;

    @Option(names = "--messages", defaultValue = "20000", description = "Messages to measure (${DEFAULT-VALUE}).")
    private long messages;

    @Option(names = "--warmup", description = "Messages before the measured ones.")
    private Long warmup;

    @Option(
        names = "--mode", defaultValue = "dedicated", converter = EnumName.Mode.class,
        description = "inline, dedicated or shared (${DEFAULT-VALUE}).")
    private ThreadingMode mode;

    @Option(
        names = "--idle", defaultValue = "block", converter = EnumName.Idle.class,
        description = "spin, yield or block (${DEFAULT-VALUE}).")
    private IdleMode idle;

    @Option(
        names = "--transport", defaultValue = "auto", converter = EnumName.Carrier.class,
        description = "auto, epoll, io_uring or nio (${DEFAULT-VALUE}).")
    private Transport transport;

    @Option(names = "--cpu-io", description = "Core of the IO thread.")
    private int ioCpu = NOT_PINNED;

    @Option(names = "--cpu-handler", description = "Core of the handler thread.")
    private int handlerCpu = NOT_PINNED;

    @Option(names = "--cpu-server", description = "Core of the command's own server.")
    private int serverCpu = NOT_PINNED;

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds for each connection (${DEFAULT-VALUE}).")
    private long timeoutS;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public final Integer call()
    {
        try
        {
            checkAtLeast("--messages", messages, 1);
            checkAtLeast("--rounds", rounds(), 1);
            checkAtLeast("--warmup", warmup(), 0);
            checkAtLeast("--timeout", timeoutS, 1);
            check();
            checkTls();
            warnIfCrowded();
            run();
            return CommandLine.ExitCode.OK;
        }
        catch (final BenchException ex)
        {
            error(ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * Check the options that only this command has.
     */
    abstract void check() throws BenchException;

    /**
     * The arguments of the server that this command starts, behind {@code serve}.
     */
    abstract String[] serverArguments();

    /**
     * How many messages warm up if nobody says.
     */
    abstract long defaultWarmup();

    /**
     * What one connection is to do.
     */
    abstract Workload workload(String serverUri);

    /**
     * Make the code of the clients hot where that must not be done on the connections measured.
     */
    abstract void warmUp(List<Client> clients) throws BenchException;

    /**
     * Put the figures into JSON; the baseline is null if it was not measured.
     */
    abstract void describe(JsonLine line, Summary ringwire, Summary netty);

    /**
     * One line of the table's heading.
     */
    abstract String heading();

    /**
     * What the clients are compared by: above 1 Ringwire has more of it.
     */
    abstract double ratio(Summary ringwire, Summary netty);

    final long messages()
    {
        return messages;
    }

    final long warmup()
    {
        return warmup == null ? defaultWarmup() : warmup;
    }

    final long timeoutNs()
    {
        return TimeUnit.SECONDS.toNanos(timeoutS);
    }

    final ServerProcess startServer(final String... arguments) throws BenchException
    {
        return ServerProcess.start(serverCpu, timeoutNs(), arguments);
    }

    static void checkAtLeast(final String name, final long value, final long min) throws BenchException
    {
        if (value < min)
        {
            throw new BenchException(name + ' ' + value + " must be at least " + min);
        }
    }

    private ClientOptions options()
    {
        return new ClientOptions(mode, idle, transport, ioCpu, handlerCpu, tls.policy());
    }

    private int rounds()
    {
        return rounds != null ? rounds : uri == null ? OWN_ROUNDS : 1;
    }

    private void run() throws BenchException
    {
        final ClientOptions options = options();
        final List<Client> clients = new ArrayList<>(List.of(new RingwireClient(options)));
        if (baseline || uri == null)
        {
            clients.add(new NettyClient(options));
        }

        warmUp(clients);
        if (uri != null)
        {
            report(measure(uri, clients));
            return;
        }

        try (ServerProcess server = startServer(serverArguments()))
        {
            report(measure(server.uri(), clients));
        }
    }

    private List<Summary> measure(final String serverUri, final List<Client> clients) throws BenchException
    {
        final List<List<Measurement>> measured = clients.stream().map((client) -> newRounds()).toList();
        for (int round = 0; round < rounds(); round++)
        {
            for (int i = 0; i < clients.size(); i++)
            {
                measured.get(i).add(clients.get(i).run(workload(serverUri)));
            }
        }

        return measured.stream().map(Summary::new).toList();
    }

    private static List<Measurement> newRounds()
    {
        return new ArrayList<>();
    }

    private void report(final List<Summary> summaries)
    {
        final Summary ringwire = summaries.get(0);
        final Summary netty = summaries.size() > 1 ? summaries.get(1) : null;
        if (json)
        {
            final JsonLine line = new JsonLine()
                .put("bench", spec.name())
                .put("mode", EnumName.of(mode))
                .put("idle", EnumName.of(idle))
                .put("transport", ringwire.transport())
                .put("rounds", rounds())
                .put("warmup", warmup());
            describe(line, ringwire, netty);
            out(line.toString());
            return;
        }

        out(heading() + ", " + rounds() + " round(s), " + EnumName.of(mode) + ", " + EnumName.of(idle) + ", " +
            ringwire.transport());
        final Map<String, Summary> table = new LinkedHashMap<>();
        table.put("ringwire", ringwire);
        if (netty != null)
        {
            table.put("netty", netty);
        }

        Table.print(this::out, table);
        if (netty != null)
        {
            out(String.format("ratio of %s: %.2f", ringwire.hasLatencies() ? "p50" : "msg/s", ratio(ringwire, netty)));
        }
    }

    private void checkTls() throws BenchException
    {
        if (tls.policy() != null && (uri == null || !Endpoint.parse(uri).isSecure()))
        {
            throw new BenchException("the options of TLS are for a --uri of wss, not for " +
                (uri == null ? "the command's own server" : uri));
        }
    }

    private void warnIfCrowded()
    {
        final ClientOptions options = options();
        final int servers = uri == null || isLocal(uri) ? 1 : 0;
        final int cores = Runtime.getRuntime().availableProcessors();
        if (options.busyThreads() + servers > cores)
        {
            error("warning: " + options.busyThreads() + " spinning client threads and " + servers +
                " server share " + cores + " cores: latencies will show the scheduler");
        }
    }

    private static boolean isLocal(final String uri)
    {
        try
        {
            return InetAddress.getByName(URI.create(uri).getHost()).isLoopbackAddress();
        }
        catch (final UnknownHostException | IllegalArgumentException ex)
        {
            return false; // connecting will say so
        }
    }

    private void out(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void error(final String line)
    {
        spec.commandLine().getErr().println("ringwire bench: " + line);
        spec.commandLine().getErr().flush();
    }
}
