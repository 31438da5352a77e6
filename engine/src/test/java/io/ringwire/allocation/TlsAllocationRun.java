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
package io.ringwire.allocation;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.IdleMode;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import io.ringwire.venue.JsonRpcDialect;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The program that measures what {@code wss} costs, in a JVM of its own: one line for each kind of traffic, each with a
 * budget in bytes per message, and an exit status that says whether all were kept.
 */
public final class TlsAllocationRun
{
    private static final char[] PASSWORD = "of a key that lives for a minute".toCharArray();
    private static final int WINDOW_LENGTH = 300;

    private final TlsProvider provider;
    private final ThreadingMode mode;
    private final long recordBudget;
    private boolean clean = true;

    private TlsAllocationRun(final TlsProvider provider, final ThreadingMode mode, final long recordBudget)
    {
        this.provider = provider;
        this.mode = mode;
        this.recordBudget = recordBudget;
    }

    /**
     * Measure.
     *
     * @param args provider, mode, bytes that a record may cost.
     * @throws Exception if there is no loopback or no TLS.
     */
    public static void main(final String[] args) throws Exception
    {
        final boolean clean = new TlsAllocationRun(
            TlsProvider.valueOf(args[0]), ThreadingMode.valueOf(args[1]), Long.parseLong(args[2])).run();
        System.exit(clean ? 0 : 1);
    }

    private boolean run() throws Exception
    {
        try (EchoVenue venue = new EchoVenue("wss", serverSockets());
            Engine engine = Engine.launch(new EngineContext()
                .transport(Transport.EPOLL).threadingMode(mode).idleMode(IdleMode.BLOCK).errorHandler((warning) -> {})))
        {
            final Traffic traffic = connect(engine, venue);
            measure(engine, "receive", 1, traffic::receiveSingly);
            measure(engine, "send", 1, traffic::sendSingly);
            measure(engine, "round trip", 2, traffic::roundTrips);
            measure(engine, "receive batches", 1, traffic::receive);
            measure(engine, "send batches", 1, traffic::send);
            measure(engine, "request + reply", 2, traffic::requestAndReply);
            return clean;
        }
    }

    private Traffic connect(final Engine engine, final EchoVenue venue)
    {
        final Traffic traffic = new Traffic(venue);
        final Session session = engine.connect(new SessionConfig()
            .uri(venue.uri())
            .tls(new TlsPolicy().provider(provider).insecureTrustAnyServerForTestsOnly(true))
            .heartbeat(new HeartbeatPolicy().intervalNs(0))
            .dialect(new JsonRpcDialect())
            .messageHandler(traffic));
        traffic.session(session);
        if (!session.awaitConnected(10, TimeUnit.SECONDS))
        {
            throw new IllegalStateException("not connected: " + session.lastChange());
        }

        return traffic;
    }

    private void measure(final Engine engine, final String traffic, final int records, final IntConsumer window)
    {
        final long budget = recordBudget * records;
        final ThreadWindows windows = new ThreadWindows(engine.threads(), budget * WINDOW_LENGTH);
        final long startNs = System.nanoTime();
        windows.run(() -> window.accept(WINDOW_LENGTH));
        clean &= windows.isClean();
        System.out.printf("%-7s %-9s %-9s %-16s <= %4d B/msg %5d ms%s%n",
            windows.isClean() ? "kept" : "GARBAGE", provider, mode, traffic, budget,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), windows.describe(WINDOW_LENGTH));
    }

    private static ServerSocketFactory serverSockets() throws Exception
    {
        final X509Bundle certificate = new CertificateBuilder()
            .subject("CN=localhost").addSanDnsName("localhost").ecp256()
            .setIsCertificateAuthority(true).buildSelfSigned();
        final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate.toKeyStore(PASSWORD), PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
