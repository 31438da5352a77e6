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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's {@code java.net.http.WebSocket}: one {@code HttpClient} for all runs, all messages requested at once, one
 * send under way and the next when it completes; TCP_NODELAY is its default. It has no permessage-deflate. Threads: one
 * selector for all connections, and a pool that runs some callbacks. Copies: from the socket's buffer of 16 KiB, which
 * may hold a part of a message only, into characters; the parts of a long message are put together here.
 * <p>
 * The library, on JDK 17 and 25, does not tell that the stream ended without a close frame if it ends while a message,
 * or a part of one, is handed over. {@code WebSocketImpl.ReceiveTask} requests one at a time of the transport, the next
 * when the listener has returned, but the end takes a request too ({@code SignallingMessageConsumer.onComplete}):
 * {@code TransportImpl.acknowledgeReception} finds none and throws an {@code InternalError}, most often in the
 * selector's thread, where {@code SocketTube} keeps it to itself; neither onClose nor onError is called. So a run other
 * than a RECONNECT may end at its timeout when the server drops the connection. A RECONNECT, where what is sent makes
 * the server drop it, sends after the next message is requested: one thread runs all callbacks, and what is sent is
 * queued behind the one that wants it.
 * <p>
 * Nor does it always keep what comes right behind the answer to the upgrade: {@code TransportImpl} takes what
 * {@code Http1AsyncReceiver.drain} finds, while the selector's thread may still put bytes into that receiver's queue,
 * until {@code RawChannelTube} is subscribed in its place. Of the connections to a feed at full rate one in a hundred
 * ends so on JDK 25, and one in a thousand on 17: with an error, as a frame seems to begin where none does.
 */
public final class JdkPeer implements Client
{
    private final TlsPolicy tls;
    private HttpClient http; // its selector ends when nobody holds it: only JDK 21 could close it
    private HttpClient reconnecting; // like it, and so does the one thread of its executor

    /**
     * Make a client.
     *
     * @param tls what it trusts on wss, or null.
     */
    public JdkPeer(final TlsPolicy tls)
    {
        this.tls = tls;
    }

    @Override
    public boolean supports(final Workload workload)
    {
        return !workload.deflate();
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        if (!supports(workload))
        {
            throw new BenchException("the JDK's client has no permessage-deflate");
        }

        final HttpClient client = workload.kind() == Workload.Kind.RECONNECT ? reconnecting() : http();
        return PeerSession.run(workload, "nio", (trial, tally) -> new ClientSession(workload, trial, tally, client));
    }

    private HttpClient http() throws BenchException
    {
        if (http == null)
        {
            http = builder().build();
        }

        return http;
    }

    private HttpClient reconnecting() throws BenchException
    {
        if (reconnecting == null)
        {
            reconnecting = builder().executor(Executors.newSingleThreadExecutor(JdkPeer::newThread)).build();
        }

        return reconnecting;
    }

    private HttpClient.Builder builder() throws BenchException
    {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(PeerTls.context(tls));
    }

    private static Thread newThread(final Runnable task)
    {
        final Thread thread = new Thread(task, "jdk-callbacks");
        thread.setDaemon(true);
        return thread;
    }

    private static final class ClientSession extends PeerSession implements WebSocket.Listener
    {
        private final HttpClient http;
        private final Executor callbacks; // when reconnecting the one thread, else whoever calls
        private final StringBuilder parts = new StringBuilder(); // of a message, empty between messages
        private volatile Sender sender; // of the latest connection; written when it opens, read by all

        ClientSession(final Workload workload, final Trial trial, final Tally tally, final HttpClient http)
        {
            super(workload, trial, tally);
            this.http = http;
            callbacks = http.executor().orElse(Runnable::run);
        }

        @Override
        void connect()
        {
            http.newWebSocketBuilder()
                .connectTimeout(Duration.ofMillis(remainingMs()))
                .buildAsync(URI.create(workload().uri()), this)
                .whenCompleteAsync(this::onBuilt, callbacks);
        }

        private void onBuilt(final WebSocket built, final Throwable failure)
        {
            final Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause == null)
            {
                built.request(Long.MAX_VALUE); // not in onOpen, which a thread of the JDK's common pool calls
            }
            else if (!(cause instanceof HttpTimeoutException)) // the trial has the same deadline
            {
                onNotConnected(cause);
            }
        }

        @Override
        void disconnect()
        {
            final Sender current = sender;
            if (current != null)
            {
                current.connection.abort();
            }
        }

        @Override
        void send(final int count)
        {
            if (count > 0)
            {
                final Sender current = sender;
                if (workload().kind() == Workload.Kind.RECONNECT)
                {
                    callbacks.execute(() -> current.send(count));
                }
                else
                {
                    current.send(count);
                }
            }
        }

        @Override
        public void onOpen(final WebSocket opened)
        {
            parts.setLength(0);
            sender = new Sender(this, opened);
            onOpened();
        }

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean last)
        {
            if (last && parts.isEmpty())
            {
                send(tally().onMessage(data));
                return null;
            }

            parts.append(data);
            if (last)
            {
                final int next = tally().onMessage(parts);
                parts.setLength(0);
                send(next);
            }

            return null;
        }

        @Override
        public CompletionStage<?> onClose(final WebSocket closed, final int code, final String reason)
        {
            closed.abort();
            onEnded(code + " " + reason);
            return null;
        }

        @Override
        public void onError(final WebSocket failed, final Throwable cause)
        {
            failed.abort();
            onEnded(reason(cause));
        }
    }

    /**
     * Sends on one connection. What of it completes when the next one is open counts there no more. Any thread.
     */
    private static final class Sender
    {
        private final ClientSession session;
        private final WebSocket connection;
        private final AtomicInteger unsent = new AtomicInteger(); // the one under way included

        Sender(final ClientSession session, final WebSocket connection)
        {
            this.session = session;
            this.connection = connection;
        }

        void send(final int count)
        {
            if (unsent.getAndAdd(count) == 0)
            {
                sendUnsent();
            }
        }

        /**
         * Whoever finds none under way, or ends one: the library takes the next send only then.
         */
        private void sendUnsent()
        {
            do
            {
                final CompletableFuture<WebSocket> sent = connection.sendText(session.text(), true);
                if (!sent.isDone() || sent.isCompletedExceptionally())
                {
                    sent.whenComplete((socket, failure) -> onSent(failure));
                    return;
                }
            }
            while (unsent.decrementAndGet() > 0);
        }

        private void onSent(final Throwable failure)
        {
            if (failure == null)
            {
                if (unsent.decrementAndGet() > 0)
                {
                    sendUnsent();
                }
            }
            else if (session.workload().kind() != Workload.Kind.RECONNECT)
            {
                session.trial().fail("cannot send: " + PeerSession.reason(failure));
            }
        }
    }
}
