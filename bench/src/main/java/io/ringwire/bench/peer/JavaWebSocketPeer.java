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
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Java-WebSocket: TCP_NODELAY on, the timer for lost connections off, its default read buffer of 64 KiB. Threads: two a
 * connection, one that reads and calls back, one that writes and flushes each message by itself. Copies: the payload
 * out of the read buffer into a frame, and from there into a string.
 */
public final class JavaWebSocketPeer implements Client
{
    private final TlsPolicy tls;

    /**
     * Make a client.
     *
     * @param tls what it trusts on wss, or null.
     */
    public JavaWebSocketPeer(final TlsPolicy tls)
    {
        this.tls = tls;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final SocketFactory sockets = PeerTls.isSecure(workload.uri()) ?
            PeerTls.context(tls).getSocketFactory() : SocketFactory.getDefault();
        return PeerSession.run(
            workload, "socket", (trial, tally) -> new ClientSession(workload, trial, tally, sockets));
    }

    private static final class ClientSession extends PeerSession
    {
        private final SocketFactory sockets;
        private volatile Connection connection; // written by whoever connects, read by the thread of the trial

        ClientSession(
            final Workload workload, final Trial trial, final Tally tally, final SocketFactory sockets)
        {
            super(workload, trial, tally);
            this.sockets = sockets;
        }

        /**
         * A client object is good for one connection unless another thread waits for the end of its threads.
         */
        @Override
        void connect()
        {
            connection = new Connection(this);
            connection.connect();
        }

        @Override
        void disconnect()
        {
            connection.abort();
        }

        @Override
        void send(final int count)
        {
            for (int i = 0; i < count; i++)
            {
                connection.send(text());
            }
        }

        private Draft draft()
        {
            if (!workload().deflate())
            {
                return new Draft_6455();
            }

            final PerMessageDeflateExtension deflate = new PerMessageDeflateExtension();
            deflate.setThreshold(0);
            return new Draft_6455(deflate);
        }
    }

    private static final class Connection extends WebSocketClient
    {
        private final PeerSession session;
        private boolean opened;

        Connection(final ClientSession session)
        {
            super(URI.create(session.workload().uri()), session.draft(), Map.of(), session.remainingMs());
            this.session = session;
            setSocketFactory(session.sockets);
            setTcpNoDelay(true);
            setConnectionLostTimeout(0);
            setDaemon(true);
        }

        /**
         * Called on the connected socket. The library leaves the handshake to the first of two threads that reads or
         * writes, and then tells of the failure of the other one.
         */
        @Override
        protected void onSetSSLParameters(final SSLParameters parameters)
        {
            super.onSetSSLParameters(parameters);
            final SSLSocket socket = (SSLSocket)getSocket();
            socket.setSSLParameters(parameters);
            try
            {
                socket.startHandshake();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }

        @Override
        public void onOpen(final ServerHandshake handshake)
        {
            opened = true;
            session.onOpened();
        }

        @Override
        public void onMessage(final String message)
        {
            session.send(session.tally().onMessage(message));
        }

        @Override
        public void onClose(final int code, final String reason, final boolean remote)
        {
            if (opened)
            {
                session.onEnded(code + " " + reason);
            }
            else
            {
                session.onNotConnected(new IOException(reason));
            }
        }

        /**
         * What breaks the connection is told to {@link #onClose} as well.
         */
        @Override
        public void onError(final Exception failure)
        {
            if (!opened)
            {
                session.onNotConnected(failure);
            }
            else if (!(failure instanceof IOException || failure instanceof WebsocketNotConnectedException))
            {
                session.trial().fail(failure.toString());
            }
        }

        private void abort()
        {
            closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
            final Socket socket = getSocket();
            if (socket != null)
            {
                try
                {
                    socket.close(); // it may not be connected yet
                }
                catch (final IOException ex)
                {
                    session.trial().fail("cannot close: " + ex.getMessage());
                }
            }
        }
    }
}
