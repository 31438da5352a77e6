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
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.TlsPolicy;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;

/**
 * OkHttp: one {@code OkHttpClient} for all sessions of a run, sockets with TCP_NODELAY, no timeouts on reads and writes
 * (each would arm a timer), no ping. It always offers permessage-deflate, so an interceptor takes that out of plain
 * runs; if it is asked for, messages of any size are compressed. Threads: one a connection that reads and calls back,
 * and one of a pool that writes what others queue, 16 MiB at most. Copies: from the socket into segments of 8 KiB, from
 * there into a string.
 */
public final class OkHttpPeer implements Client
{
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final long MAX_QUEUE_LENGTH = 16 * 1024 * 1024; // beyond it OkHttp closes

    private final TlsPolicy tls;

    /**
     * Make a client.
     *
     * @param tls what it trusts on wss, or null.
     */
    public OkHttpPeer(final TlsPolicy tls)
    {
        this.tls = tls;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final OkHttpClient client = client(workload);
        try
        {
            return PeerSession.run(
                workload, "socket", (trial, tally) -> new ClientSession(workload, trial, tally, client));
        }
        finally
        {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private OkHttpClient client(final Workload workload) throws BenchException
    {
        final Dispatcher dispatcher = new Dispatcher(); // a connection counts as a request as long as it is open
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        final OkHttpClient.Builder builder = new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .socketFactory(new NoDelaySockets())
            .connectTimeout(Duration.ofNanos(workload.timeoutNs()))
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .minWebSocketMessageToCompress(0);
        if (!workload.deflate())
        {
            builder.addInterceptor(OkHttpPeer::withoutExtensions);
        }

        if (PeerTls.isSecure(workload.uri()))
        {
            final X509TrustManager trust = PeerTls.trustManager(tls);
            builder.sslSocketFactory(PeerTls.context(trust).getSocketFactory(), trust);
        }

        return builder.build();
    }

    private static Response withoutExtensions(final Interceptor.Chain chain) throws IOException
    {
        return chain.proceed(chain.request().newBuilder().removeHeader(EXTENSIONS).build());
    }

    private static final class ClientSession extends PeerSession
    {
        private final OkHttpClient client;
        private final Request request;
        private volatile WebSocket connection; // written by whoever connects, read by the thread of the trial

        ClientSession(final Workload workload, final Trial trial, final Tally tally, final OkHttpClient client)
        {
            super(workload, trial, tally);
            this.client = client;
            request = new Request.Builder().url(workload.uri()).build();
        }

        @Override
        void connect()
        {
            connection = client.newWebSocket(request, new Receiver(this));
        }

        @Override
        void disconnect()
        {
            connection.cancel();
        }

        @Override
        void send(final int count)
        {
            final WebSocket current = connection;
            for (int i = 0; i < count; i++)
            {
                if (!current.send(text()))
                {
                    onNotSent(current);
                    return;
                }
            }
        }

        /**
         * The receiver is told why if the connection is over.
         */
        private void onNotSent(final WebSocket current)
        {
            final long queued = current.queueSize();
            if (queued + text().length() > MAX_QUEUE_LENGTH)
            {
                trial().fail("cannot send " + text().length() + " bytes: OkHttp queues at most " + MAX_QUEUE_LENGTH +
                    " bytes, and has " + queued);
            }
        }
    }

    /**
     * Owner: the reading thread of one connection.
     */
    private static final class Receiver extends WebSocketListener
    {
        private final ClientSession session;
        private boolean opened;

        Receiver(final ClientSession session)
        {
            this.session = session;
        }

        @Override
        public void onOpen(final WebSocket connection, final Response response)
        {
            opened = true;
            session.connection = connection; // this may come before newWebSocket has returned
            session.onOpened();
        }

        @Override
        public void onMessage(final WebSocket connection, final String message)
        {
            session.send(session.tally().onMessage(message));
        }

        @Override
        public void onClosing(final WebSocket connection, final int code, final String reason)
        {
            connection.cancel();
            session.onEnded(code + " " + reason);
        }

        @Override
        public void onFailure(final WebSocket connection, final Throwable failure, final Response response)
        {
            if (opened)
            {
                session.onEnded(PeerSession.reason(failure));
            }
            else
            {
                session.onNotConnected(failure);
            }
        }
    }
}
