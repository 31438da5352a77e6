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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.TlsPolicy;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.client.WebSocketClient;

import java.time.Duration;
import java.util.List;

/**
 * Jetty 12 through its own API: one client for all sessions, whole text messages by the listener that asks for the next
 * one itself, no idle timeout. Reads are of Jetty's default of 4 KiB: each text message gets a builder as long as a
 * read buffer, so that with 64 KiB most of the time goes into clearing memory.
 * <p>
 * One selector on a thread of Jetty's pool; the pool's threads take turns to select and to read, and the one that reads
 * calls the listener. A byte received is copied three times: by the kernel, into the text's builder while UTF-8 is
 * validated, and into the string. A byte sent is copied four times: into the encoded string, into a buffer while it is
 * masked, into the batch that is flushed, and by the kernel.
 */
public final class JettyClient implements Client
{
    private static final int OUTPUT_LENGTH = 64 * 1024;
    private static final int MAX_LENGTH = 16 * 1024 * 1024;
    private static final String TRANSPORT = "nio";

    private final TlsPolicy tls;

    /**
     * Make a client.
     *
     * @param tls what it trusts on {@code wss} URIs, null for the defaults.
     */
    public JettyClient(final TlsPolicy tls)
    {
        this.tls = tls;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        try
        {
            final Endpoint server = Endpoint.parse(workload.uri());
            final Trial trial = new Trial(workload);
            final WebSocketClient client = newClient(server, workload);
            try
            {
                client.start();
                final List<JettySession> sessions = trial.tallies().stream()
                    .map((tally) -> new JettySession(workload, client, trial, tally)).toList();
                sessions.forEach(JettySession::connect);
                trial.await();
                sessions.forEach(JettySession::disconnect);
            }
            finally
            {
                client.stop();
            }

            return trial.result(TRANSPORT);
        }
        catch (final BenchException ex)
        {
            throw ex;
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
        catch (final Exception ex) // what start and stop declare
        {
            throw new BenchException("cannot run Jetty: " + PeerSession.reason(ex), ex);
        }
    }

    private WebSocketClient newClient(final Endpoint server, final Workload workload) throws BenchException
    {
        final QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("jetty");
        threads.setDaemon(true);

        final ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setTCPNoDelay(true);
        connector.setIdleTimeout(Duration.ZERO);
        connector.setConnectTimeout(Duration.ofNanos(workload.timeoutNs()));
        if (server.isSecure())
        {
            final SslContextFactory.Client factory = new SslContextFactory.Client();
            factory.setSslContext(PeerTls.context(tls));
            factory.setEndpointIdentificationAlgorithm("HTTPS");
            connector.setSslContextFactory(factory);
        }

        final HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setIdleTimeout(0);
        final WebSocketClient client = new WebSocketClient(http);
        client.setIdleTimeout(Duration.ZERO);
        client.setOutputBufferSize(OUTPUT_LENGTH);
        client.setMaxFrameSize(MAX_LENGTH);
        client.setMaxTextMessageSize(MAX_LENGTH);
        return client;
    }
}
