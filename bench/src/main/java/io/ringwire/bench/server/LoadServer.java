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
package io.ringwire.bench.server;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.ringwire.samples.exchange.Capture;
import io.ringwire.samples.exchange.RecordedMessage;
import io.ringwire.samples.exchange.SelfMadeCertificate;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket server on loopback ports that loads its clients. One thread, a daemon, serves all connections; what each
 * gets stands in the path and query of its request:
 * <pre>
 *   /echo                          sends data frames back as they come
 *   /feed?size=128                 sends text messages of 128 bytes as fast as the socket takes them
 *     &amp;rate=50000                  each when it is due, so many a second, whether the peer keeps up or not
 *     &amp;burst=10000&amp;every=1000      and so many at once, after each so many ms; without a rate alone
 *     &amp;messages=N                  N in all, then a close frame
 *     &amp;stamped=1                   each begins with the time when it was due
 *   /sink                          answers each 250 messages with one
 *   /drop                          greets with a message, drops the connection when a message comes
 *   /capture                       sends the messages of a capture in a loop, as fast as the socket takes them
 *   /                              an echo, or the feed that the server was started with
 * </pre>
 * On each, {@code deflate=1} accepts an offer of permessage-deflate, without context takeover: an echo sends compressed
 * frames back as they come, a feed and a capture send messages that were compressed once. What is not offered is sent
 * plain. Other paths are answered with 404, bad requests and parameters with 400, and a line that names what is wrong.
 */
public final class LoadServer implements AutoCloseable
{
    private static final long STOP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(5);

    private final Listener listener;
    private final Listener tlsListener; // null without TLS
    private final SelfMadeCertificate certificate; // null without TLS
    private final ServerLoop loop;
    private final Thread thread;

    private LoadServer(final ServerOptions options) throws IOException
    {
        final List<RecordedMessage> capture = capture(options.capture());
        certificate = options.tlsPort() == ServerOptions.NO_TLS ? null : certificate();
        final Selector selector = Selector.open();
        try
        {
            listener = new Listener(options.port(), null, selector);
            tlsListener =
                certificate == null ? null : new Listener(options.tlsPort(), certificate.context(), selector);
        }
        catch (final IOException ex)
        {
            closeAll(selector);
            throw ex;
        }

        loop = new ServerLoop(selector, new Services(options.feed(), capture), options.spin());
        thread = new Thread(loop, "bench-serve");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Start a server.
     *
     * @param options of it.
     * @return the server, listening.
     * @throws IOException that says in one line why it cannot listen, or what is wrong with the capture.
     */
    public static LoadServer launch(final ServerOptions options) throws IOException
    {
        return new LoadServer(options);
    }

    /**
     * Start a server whose path {@code /} sends every frame back.
     *
     * @param port to listen on, 0 for any free one.
     * @param spin true to poll and never to wait.
     * @return the server, listening.
     * @throws IOException that says why it cannot listen.
     */
    public static LoadServer echo(final int port, final boolean spin) throws IOException
    {
        return launch(new ServerOptions(port, ServerOptions.NO_TLS, spin, null, null));
    }

    /**
     * Start a server whose path {@code /} sends messages.
     *
     * @param port to listen on, 0 for any free one.
     * @param spin true to poll and never to wait.
     * @param feed sent on each connection.
     * @return the server, listening.
     * @throws IOException that says why it cannot listen.
     */
    public static LoadServer feed(final int port, final boolean spin, final Feed feed) throws IOException
    {
        return launch(new ServerOptions(port, ServerOptions.NO_TLS, spin, feed, null));
    }

    /**
     * Where the server listens.
     *
     * @return a URI such as {@code ws://127.0.0.1:4711/}.
     */
    public String uri()
    {
        return "ws://" + authority() + '/';
    }

    /**
     * Where the server listens.
     *
     * @return host and port, such as {@code 127.0.0.1:4711}.
     */
    public String authority()
    {
        return listener.authority();
    }

    /**
     * Where the server listens with TLS.
     *
     * @return host and port, such as {@code 127.0.0.1:4712}, or null without TLS.
     */
    public String tlsAuthority()
    {
        return tlsListener == null ? null : tlsListener.authority();
    }

    /**
     * What a client of the port with TLS has to trust.
     *
     * @return a PEM file that lives until the server is closed, or null without TLS.
     */
    public Path caFile()
    {
        return certificate == null ? null : certificate.caFile();
    }

    /**
     * Wait until the server is closed.
     *
     * @throws InterruptedException if the calling thread is interrupted.
     */
    public void awaitEnd() throws InterruptedException
    {
        thread.join();
    }

    /**
     * Close all connections, without a close frame, and stop listening. Waits for the serving thread.
     */
    @Override
    public void close()
    {
        loop.stop();
        try
        {
            thread.join(STOP_TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        if (certificate != null)
        {
            certificate.close();
        }
    }

    private void closeAll(final Selector selector) throws IOException
    {
        for (final SelectionKey key : selector.keys())
        {
            key.channel().close();
        }

        selector.close();
        if (certificate != null)
        {
            certificate.close();
        }
    }

    private static SelfMadeCertificate certificate() throws IOException
    {
        if (!OpenSsl.isAvailable())
        {
            throw new IOException("cannot serve TLS: no BoringSSL for this machine: " +
                OpenSsl.unavailabilityCause().getMessage());
        }

        return new SelfMadeCertificate(SslProvider.OPENSSL);
    }

    private static List<RecordedMessage> capture(final Path file) throws IOException
    {
        if (file == null)
        {
            return List.of();
        }

        final List<RecordedMessage> messages = Capture.read(file).messages();
        if (messages.isEmpty())
        {
            throw new IOException("no message in the capture " + file);
        }

        return messages;
    }
}
