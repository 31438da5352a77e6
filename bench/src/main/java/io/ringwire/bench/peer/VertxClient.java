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
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Vert.x 5 on Netty's epoll transport if it loads, with one event loop, whole text messages and BoringSSL. Its other
 * handlers, of frames and buffers, hand over text that nobody looked at; that of texts decodes UTF-8 but replaces what
 * is malformed, where RFC 6455 asks to fail.
 * <p>
 * One thread for all sessions. A byte received is copied three times: by the kernel, out of the read into a buffer on
 * the heap, and into the string. A byte sent is copied three times: into the encoded string, into a buffer while it is
 * masked, and by the kernel.
 */
public final class VertxClient implements Client
{
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private final TlsPolicy tls;

    /**
     * Make a client.
     *
     * @param tls what it trusts on {@code wss} URIs, null for the defaults.
     */
    public VertxClient(final TlsPolicy tls)
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
            final Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
            try
            {
                final WebSocketClient client = vertx.createWebSocketClient(clientOptions(server, workload));
                trial.tallies().forEach((tally) -> new VertxSession(workload, server, client, trial, tally).connect());
                trial.await();
            }
            finally
            {
                close(vertx, workload.timeoutNs());
            }

            return trial.result(vertx.isNativeTransportEnabled() ? "epoll" : "nio");
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
    }

    private WebSocketClientOptions clientOptions(final Endpoint server, final Workload workload)
    {
        final WebSocketClientOptions options = new WebSocketClientOptions()
            .setTcpNoDelay(true)
            .setMaxConnections(Integer.MAX_VALUE)
            .setMaxFrameSize(MAX_LENGTH)
            .setMaxMessageSize(MAX_LENGTH)
            .setTryUsePerMessageCompression(workload.deflate())
            .setCompressionAllowClientNoContext(true)
            .setClosingTimeout(0)
            .setSsl(server.isSecure());
        if (server.isSecure())
        {
            if (OpenSSLEngineOptions.isAvailable())
            {
                options.setSslEngineOptions(new OpenSSLEngineOptions());
            }

            if (tls != null && tls.isInsecure())
            {
                options.setTrustAll(true).setVerifyHost(false);
            }
            else if (tls != null && tls.caFile() != null)
            {
                options.setTrustOptions(new PemTrustOptions().addCertPath(tls.caFile().toAbsolutePath().toString()));
            }
        }

        return options;
    }

    private static void close(final Vertx vertx, final long timeoutNs) throws BenchException
    {
        try
        {
            vertx.close().toCompletionStage().toCompletableFuture().get(timeoutNs, TimeUnit.NANOSECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final ExecutionException | TimeoutException ex)
        {
            throw new BenchException("cannot close Vert.x: " + ex.getMessage(), ex);
        }
    }
}
