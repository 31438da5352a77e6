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

import com.neovisionaries.ws.client.ThreadType;
import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketExtension;
import com.neovisionaries.ws.client.WebSocketFactory;
import com.neovisionaries.ws.client.WebSocketFrame;
import com.neovisionaries.ws.client.WebSocketOpcode;
import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.TlsPolicy;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * nv-websocket-client: one {@code WebSocketFactory} for all sessions of a run, sockets with TCP_NODELAY, text messages
 * taken as bytes, which spares it the string; no ping, a queue of frames without bound, flushed when it is empty.
 * Threads: two a connection, one that reads and calls back, one that writes, and one more for each connection attempt.
 * Copies: the payload out of a stream of java.io into an array.
 */
public final class NvPeer implements Client
{
    private final TlsPolicy tls;

    /**
     * Make a client.
     *
     * @param tls what it trusts on wss, or null.
     */
    public NvPeer(final TlsPolicy tls)
    {
        this.tls = tls;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final WebSocketFactory factory = new WebSocketFactory().setSocketFactory(new NoDelaySockets());
        if (PeerTls.isSecure(workload.uri()))
        {
            factory.setSSLSocketFactory(new NoDelayTlsSockets(PeerTls.context(tls)));
        }

        return PeerSession.run(
            workload, "socket", (trial, tally) -> new ClientSession(workload, trial, tally, factory));
    }

    private static final class ClientSession extends PeerSession
    {
        private final WebSocketFactory factory;
        private final byte[] payload;
        private volatile WebSocket connection; // written by whoever connects, read by the thread of the trial

        ClientSession(
            final Workload workload, final Trial trial, final Tally tally, final WebSocketFactory factory)
        {
            super(workload, trial, tally);
            this.factory = factory;
            payload = text().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        void connect()
        {
            try
            {
                final WebSocket next = factory.createSocket(workload().uri(), remainingMs())
                    .setDirectTextMessage(true)
                    .addListener(new Receiver(this));
                if (workload().deflate())
                {
                    next.addExtension(WebSocketExtension.PERMESSAGE_DEFLATE);
                }

                connection = next;
                next.connectAsynchronously();
            }
            catch (final IOException ex)
            {
                onNotConnected(ex);
            }
        }

        @Override
        void disconnect()
        {
            final WebSocket current = connection;
            final Socket socket = current == null ? null : current.getSocket();
            if (socket != null)
            {
                try
                {
                    socket.close(); // its own disconnect waits for the server's close frame
                }
                catch (final IOException ex)
                {
                    trial().fail("cannot close: " + ex.getMessage());
                }
            }
        }

        @Override
        void send(final int count)
        {
            final WebSocket current = connection;
            for (int i = 0; i < count; i++)
            {
                current.sendFrame(
                    new WebSocketFrame().setFin(true).setOpcode(WebSocketOpcode.TEXT).setPayload(payload));
            }
        }
    }

    /**
     * Owner: the reading thread of one connection, but for the failure to connect.
     */
    private static final class Receiver extends WebSocketAdapter
    {
        private final PeerSession session;
        private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

        Receiver(final PeerSession session)
        {
            this.session = session;
        }

        /**
         * The first call on the thread that reads; {@code onConnected} may come on the writing one, beside the first
         * message.
         */
        @Override
        public void onThreadStarted(final WebSocket connection, final ThreadType type, final Thread thread)
        {
            if (type == ThreadType.READING_THREAD)
            {
                session.onOpened();
            }
        }

        @Override
        public void onConnectError(final WebSocket connection, final WebSocketException failure)
        {
            session.onNotConnected(failure);
        }

        @Override
        public void onTextMessage(final WebSocket connection, final byte[] bytes)
        {
            message.wrap(bytes);
            session.send(session.tally().onMessage(message, 0, bytes.length));
        }

        @Override
        public void onDisconnected(
            final WebSocket connection,
            final WebSocketFrame fromServer,
            final WebSocketFrame fromClient,
            final boolean closedByServer)
        {
            session.onEnded(
                fromServer == null ? "" : fromServer.getCloseCode() + " " + fromServer.getCloseReason());
        }

        @Override
        public void handleCallbackError(final WebSocket connection, final Throwable failure)
        {
            session.trial().fail(failure.toString());
        }
    }
}
