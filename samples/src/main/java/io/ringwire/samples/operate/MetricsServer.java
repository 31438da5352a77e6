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
package io.ringwire.samples.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A scrape endpoint on loopback, for Prometheus or an agent on this machine.
 */
final class MetricsServer implements AutoCloseable
{
    private static final String PATH = "/metrics";
    private static final int THREADS = 2; // one scraper, and one who looks what it sees
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final long NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, MetricsServer::thread);
    private final Supplier<String> scrape;

    private MetricsServer(final HttpServer server, final Supplier<String> scrape)
    {
        this.server = server;
        this.scrape = scrape;
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Start to listen.
     *
     * @param port   or 0 for any.
     * @param scrape called for each request, by a thread of the server.
     * @return the server.
     * @throws IOException with one line that says why the port cannot be had.
     */
    static MetricsServer launch(final int port, final Supplier<String> scrape) throws IOException
    {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try
        {
            return new MetricsServer(HttpServer.create(address, BACKLOG), scrape);
        }
        catch (final IOException ex)
        {
            throw new IOException("--serve=" + port + ": cannot listen on " + address.getAddress().getHostAddress() +
                ':' + port + ": " + ex.getMessage() + "; 0 takes any free port", ex);
        }
    }

    /**
     * Where to scrape.
     *
     * @return the URL.
     */
    String uri()
    {
        final InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ':' + address.getPort() + PATH;
    }

    @Override
    public void close()
    {
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(final HttpExchange exchange) throws IOException
    {
        try (exchange)
        {
            final String method = exchange.getRequestMethod();
            if (!PATH.equals(exchange.getRequestURI().getPath()))
            {
                send(exchange, NOT_FOUND, "The metrics are at " + PATH + '\n', "text/plain; charset=utf-8");
            }
            else if (method.equals("GET") || method.equals("HEAD"))
            {
                send(exchange, OK, scrape.get(), PrometheusText.CONTENT_TYPE);
            }
            else
            {
                exchange.getResponseHeaders().add("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
            }
        }
    }

    private static void send(final HttpExchange exchange, final int status, final String body, final String type)
        throws IOException
    {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD"))
        {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }

        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Thread thread(final Runnable task)
    {
        final Thread thread = new Thread(task, "ringwire-metrics");
        thread.setDaemon(true);
        return thread;
    }
}
