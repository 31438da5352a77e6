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
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A session of {@link JettyClient}, over all its connections. Owner: the threads of Jetty's pool, one at a time. Public
 * because Jetty calls it by method handles.
 */
public final class JettySession implements Session.Listener.AutoDemanding
{
    private final Workload workload;
    private final WebSocketClient client;
    private final Trial trial;
    private final Tally tally;
    private final String message;
    private volatile Session session; // of the latest connection
    private String reason = "";
    private boolean isKnown; // to the tally, from the first connection on

    JettySession(final Workload workload, final WebSocketClient client, final Trial trial, final Tally tally)
    {
        this.workload = workload;
        this.client = client;
        this.trial = trial;
        this.tally = tally;
        message = "a".repeat(workload.sizeBytes());
    }

    /**
     * The thread of the trial for the first time, later Jetty's.
     */
    void connect()
    {
        try
        {
            final ClientUpgradeRequest request = new ClientUpgradeRequest(URI.create(workload.uri()));
            request.setTimeout(trial.remainingNs(), TimeUnit.NANOSECONDS);
            if (workload.deflate())
            {
                request.addExtensions("permessage-deflate");
            }

            client.connect(this, request).whenComplete((connected, cause) ->
            {
                if (cause != null)
                {
                    onNotConnected(cause);
                }
            });
        }
        catch (final IOException ex)
        {
            onNotConnected(ex);
        }
    }

    /**
     * The thread of the trial, at its end.
     */
    void disconnect()
    {
        final Session latest = session;
        if (latest != null)
        {
            latest.disconnect();
        }
    }

    @Override
    public void onWebSocketOpen(final Session opened)
    {
        session = opened;
        if (!isKnown)
        {
            isKnown = true;
            send(tally.onConnected());
        }
    }

    @Override
    public void onWebSocketText(final String text)
    {
        send(tally.onMessage(text));
    }

    @Override
    public void onWebSocketError(final Throwable cause)
    {
        reason = String.valueOf(cause.getMessage()); // a close follows
    }

    @Override
    public void onWebSocketClose(final int statusCode, final String why, final Callback callback)
    {
        callback.succeed();
        if (tally.onDisconnected(why == null ? reason : why))
        {
            connect();
        }
    }

    private void onNotConnected(final Throwable cause)
    {
        trial.fail("cannot connect to " + workload.uri() + ": " + PeerSession.reason(cause));
    }

    private void send(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            session.sendText(message, Callback.NOOP);
        }
    }
}
