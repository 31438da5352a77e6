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
package io.ringwire.samples.demo;

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.cli.EngineOptions;
import io.ringwire.samples.cli.Subcommand;
import io.ringwire.samples.exchange.Capture;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.stats.AllocationMeter;
import io.ringwire.venue.JsonRpcDialect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ringwire demo}: market data through the ring into the handler thread, and requests correlated with their
 * replies, against an exchange in the same process.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs the engine's main job against an exchange inside this process and prints what it measured.")
public final class DemoCommand implements Subcommand
{
    private static final String[] CHANNELS =
    {
        "ticker.BTC-PERPETUAL.raw", "ticker.ETH-PERPETUAL.raw", "ticker.SOL-PERPETUAL.raw", "ticker.XRP-PERPETUAL.raw"
    };
    private static final long MAX_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long HEARTBEAT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CONNECT_TIMEOUT_S = 10;
    private static final long DRAIN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final double REPLAY_SHARE = 0.8;
    private static final double SETTLE_SHARE = 0.2;
    private static final int WARM_UP_RATE = 10_000;
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(2);

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10",
        description = "How long to run, after two seconds of warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000",
        description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--md-rate", paramLabel = "N", defaultValue = "20000",
        description = "Market data messages a second, when there is no capture (default: ${DEFAULT-VALUE}).")
    private int marketDataRate;

    @Mixin
    private EngineOptions engineOptions;

    @Option(names = "--capture", paramLabel = "FILE",
        description = "Replay the venue's messages of this capture in place of made-up market data, and compare " +
            "every one that reaches the handler with the file.")
    private Path captureFile;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException
    {
        check();
        out = spec.commandLine().getOut();
        final Capture capture = captureFile == null ? null : Capture.read(captureFile);
        final ExchangeConfig exchangeConfig = new ExchangeConfig().marketDataRate(marketDataRate);
        if (capture != null)
        {
            final double availableNs = TimeUnit.SECONDS.toNanos(seconds) * REPLAY_SHARE;
            exchangeConfig.capture(capture, capture.durationNs() / availableNs); // 0 is as fast as it goes
        }

        final DemoInbound inbound = new DemoInbound(capture);
        try (LocalExchange exchange = LocalExchange.launch(exchangeConfig);
            Engine engine = Engine.launch(engineOptions.context()))
        {
            out.println(engine + " against " + exchange.uri());
            warmUp(engine, exchange);
            final Session session = engine.connect(new SessionConfig()
                .uri(exchange.uri())
                .dialect(new JsonRpcDialect())
                .heartbeat(new HeartbeatPolicy().intervalNs(HEARTBEAT_NS))
                .messageHandler(inbound)
                .listener(inbound));
            if (!session.awaitConnected(CONNECT_TIMEOUT_S, TimeUnit.SECONDS))
            {
                spec.commandLine().getErr().println("not connected: " + session.lastChange().reason());
                return 1;
            }

            return run(engine, session, inbound, capture == null ? -1 : capture.messages().size());
        }
    }

    /**
     * Let the JIT see the way of a message before it is measured, on a session of its own.
     */
    private static void warmUp(final Engine engine, final LocalExchange exchange)
    {
        final Session session = engine.connect(new SessionConfig()
            .uri(exchange.uri())
            .dialect(new JsonRpcDialect())
            .messageHandler(new DemoInbound(null)));
        if (session.awaitConnected(CONNECT_TIMEOUT_S, TimeUnit.SECONDS))
        {
            final DemoRequests requests = new DemoRequests(session, WARM_UP_RATE);
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < WARM_UP_NS)
            {
                LockSupport.parkNanos(Math.max(0, requests.sendDue()));
            }
        }

        session.close();
    }

    private int run(final Engine engine, final Session session, final DemoInbound inbound, final int expected)
    {
        final DemoRequests requests = new DemoRequests(session, rate);
        requests.subscribe(CHANNELS);
        final AllocationMeter meter = new AllocationMeter(engine.threads());
        final long settleNs = (long)(TimeUnit.SECONDS.toNanos(seconds) * SETTLE_SHARE);
        final long startNs = System.nanoTime();
        long bytesBefore = -1;
        long messagesBefore = 0;
        int printed = 0;
        long lastReceived = 0;
        long elapsedNs = 0;
        while (elapsedNs < TimeUnit.SECONDS.toNanos(seconds))
        {
            LockSupport.parkNanos(Math.min(Math.max(0, requests.sendDue()), MAX_PAUSE_NS));
            elapsedNs = System.nanoTime() - startNs;
            if (bytesBefore < 0 && elapsedNs >= settleNs)
            {
                bytesBefore = meter.allocatedBytes();
                messagesBefore = inbound.received() + requests.replies();
            }

            if (elapsedNs >= TimeUnit.SECONDS.toNanos(printed + 1))
            {
                printed++;
                out.printf("%3d s  %,9d messages/s  in flight %,d  ring %,d%n", printed,
                    inbound.received() - lastReceived, session.metrics().requestsInFlight(),
                    session.metrics().ringOccupancy());
                out.flush();
                lastReceived = inbound.received();
            }
        }

        final double bytes = meter.allocatedBytes() - bytesBefore;
        final long messages = inbound.received() + requests.replies() - messagesBefore;
        drain(requests, inbound, expected);
        report(session, inbound, requests, bytes / Math.max(1, messages));
        return verdict(inbound, requests, expected);
    }

    /**
     * Nothing more is sent: wait for the replies, and for the rest of the capture.
     */
    private static void drain(final DemoRequests requests, final DemoInbound inbound, final int expected)
    {
        final long startNs = System.nanoTime();
        while ((requests.replies() + requests.failures() < requests.accepted() || inbound.received() < expected) &&
            System.nanoTime() - startNs < DRAIN_TIMEOUT_NS)
        {
            LockSupport.parkNanos(MAX_PAUSE_NS);
        }
    }

    private void report(
        final Session session, final DemoInbound inbound, final DemoRequests requests, final double bytesPerMessage)
    {
        final SessionLatency latency = session.latency();
        out.printf("%n%-24s %9s %9s %9s %9s %9s %9s%n", "microseconds", "count", "p50", "p90", "p99", "p99.9", "max");
        row("request RTT", latency.requestRtt());
        row("socket read to decoded", latency.readToDecoded());
        row("decoded to handler", latency.decodedToHandler());
        row("socket read to handler", latency.readToHandler());
        row("in the handler", latency.handler());
        row("heartbeat RTT", latency.heartbeatRtt());
        out.printf("%nmessages %,d  requests %,d  replies %,d  refused %,d  failed %,d  handler errors %,d%n",
            inbound.received(), requests.accepted(), requests.replies(), requests.refused(), requests.failures(),
            session.metrics().handlerErrors());
        out.printf("allocated on the engine's threads: %.3f bytes per message after warm-up%n", bytesPerMessage);
        out.flush();
    }

    private void row(final String name, final SessionLatency.Percentiles p)
    {
        out.printf("%-24s %,9d %9.1f %9.1f %9.1f %9.1f %9.1f%n",
            name, p.count(), p.p50() / 1e3, p.p90() / 1e3, p.p99() / 1e3, p.p999() / 1e3, p.max() / 1e3);
    }

    private int verdict(final DemoInbound inbound, final DemoRequests requests, final int expected)
    {
        final PrintWriter err = spec.commandLine().getErr();
        if (expected >= 0)
        {
            final boolean whole = inbound.received() == expected && inbound.mismatches() == 0;
            (whole ? out : err).printf("capture: %,d of %,d messages reached the handler, %,d differ%n",
                inbound.received(), expected, inbound.mismatches());
            if (!whole)
            {
                return 1;
            }
        }

        if (inbound.lastFault() != null || requests.failures() > 0 || requests.replies() < requests.accepted())
        {
            err.printf("requests without a reply: %,d; connection: %s%n",
                requests.accepted() - requests.replies(), inbound.lastFault());
            return 1;
        }

        return 0;
    }

    private void check()
    {
        if (seconds < 1 || rate < 0 || marketDataRate < 0)
        {
            throw new ParameterException(spec.commandLine(), "--seconds=" + seconds + " --rate=" + rate +
                " --md-rate=" + marketDataRate + ": at least one second, and no negative rate");
        }
    }
}
