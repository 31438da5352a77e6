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
package io.ringwire.samples.exchange;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client that neither Netty's people nor we wrote: the JDK's. Only for connections where the exchange speaks when it
 * is spoken to, see {@link BareClient}.
 */
final class JdkClient implements WebSocket.Listener, TestClient
{
    private static final long TIMEOUT_S = 10;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    JdkClient(final String uri)
    {
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(uri), this).join();
    }

    @Override
    public void send(final String text)
    {
        socket.sendText(text, true).join();
    }

    @Override
    public String next() throws InterruptedException
    {
        final String message = messages.poll(TIMEOUT_S, TimeUnit.SECONDS);
        if (message == null)
        {
            throw new AssertionError("no message within " + TIMEOUT_S + " s");
        }

        return message;
    }

    @Override
    public int closeCode() throws Exception
    {
        return closed.get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(final WebSocket webSocket, final CharSequence data, final boolean last)
    {
        partial.append(data);
        if (last)
        {
            messages.add(partial.toString());
            partial.setLength(0);
        }

        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket webSocket, final int statusCode, final String reason)
    {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void close()
    {
        socket.abort();
    }
}
