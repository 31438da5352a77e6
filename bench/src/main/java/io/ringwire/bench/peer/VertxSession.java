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

import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.Endpoint;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;

import java.util.concurrent.TimeUnit;

/**
 * A session of {@link VertxClient}, over all its connections. Owner: the event loop.
 */
final class VertxSession
{
    private final Workload workload;
    private final Endpoint server;
    private final WebSocketClient client;
    private final Trial trial;
    private final Tally tally;
    private final String message;
    private ClientWebSocket socket; // of the latest connection
    private String reason = "";
    private boolean isKnown; // to the tally, from the first connection on

    VertxSession(
        final Workload workload,
        final Endpoint server,
        final WebSocketClient client,
        final Trial trial,
        final Tally tally)
    {
        this.workload = workload;
        this.server = server;
        this.client = client;
        this.trial = trial;
        this.tally = tally;
        message = "a".repeat(workload.sizeBytes());
    }

    /**
     * The thread of the trial for the first time.
     */
    void connect()
    {
        socket = client.webSocket()
            .textMessageHandler(this::onText)
            .exceptionHandler((cause) -> reason = PeerSession.reason(cause))
            .closeHandler((nothing) -> onClosed());
        socket.connect(new WebSocketConnectOptions()
            .setHost(server.host())
            .setPort(server.port())
            .setURI(server.requestTarget())
            .setConnectTimeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(trial.remainingNs()))))
            .onComplete(
                (connected) -> onConnected(),
                (cause) -> trial.fail("cannot connect to " + workload.uri() + ": " + PeerSession.reason(cause)));
    }

    private void onConnected()
    {
        if (!isKnown)
        {
            isKnown = true;
            send(tally.onConnected());
        }
    }

    private void onText(final String text)
    {
        send(tally.onMessage(text));
    }

    private void onClosed()
    {
        if (tally.onDisconnected(reason))
        {
            connect();
        }
    }

    private void send(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            socket.writeTextMessage(message);
        }
    }
}
