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
package io.ringwire.jfr;

import io.ringwire.api.SessionState;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * One attempt of a session to be live, from its begin to its end, with the time in each phase. One object for each
 * session, used again and again. Owner: the control thread.
 */
@Name("io.ringwire.Connect")
@Label("Connect")
@Description("One attempt to connect, from its begin until the session was live or the attempt failed")
@Category("Ringwire")
@StackTrace(false)
public final class ConnectEvent extends Event
{
    @Label("Session")
    private final String session;

    @Label("Endpoint")
    @Description("Where it connected to last, without the query of the URI, and by which address")
    private String endpoint;

    @Label("Epoch")
    @Description("Number of the connection, or of the one before if none was upgraded")
    private int epoch;

    @Label("Attempts")
    @Description("Attempts since the last healthy connection")
    private int attempts;

    @Label("Live")
    private boolean live;

    @Label("Reason")
    @Description("Of the step that ended the attempt")
    private String reason;

    @Label("Resolve")
    @Timespan
    private long resolve;

    @Label("TCP Connect")
    @Timespan
    private long connect;

    @Label("TLS Handshake")
    @Timespan
    private long tls;

    @Label("Upgrade")
    @Timespan
    private long upgrade;

    @Label("Login")
    @Timespan
    private long login;

    @Label("Resubscribe")
    @Timespan
    private long resubscribe;

    /**
     * Make the event of a session.
     *
     * @param session by name.
     */
    public ConnectEvent(final String session)
    {
        this.session = session;
    }

    /**
     * An attempt begins.
     */
    public void attemptBegins()
    {
        if (isEnabled())
        {
            begin();
        }

        endpoint = null;
        resolve = 0;
        connect = 0;
        tls = 0;
        upgrade = 0;
        login = 0;
        resubscribe = 0;
    }

    /**
     * The attempt connects.
     *
     * @param endpoint and address, free of secrets.
     */
    public void connecting(final String endpoint)
    {
        this.endpoint = endpoint;
    }

    /**
     * A phase of the attempt is over, for the first time or once more.
     *
     * @param phase  of it.
     * @param timeNs in the phase.
     */
    public void phase(final SessionState phase, final long timeNs)
    {
        switch (phase)
        {
            case RESOLVING -> resolve += timeNs;
            case CONNECTING -> connect += timeNs;
            case TLS -> tls += timeNs;
            case UPGRADING -> upgrade += timeNs;
            case AUTHENTICATING -> login += timeNs;
            case RESUBSCRIBING -> resubscribe += timeNs;
            default -> throw new IllegalArgumentException(phase + " is not a phase of an attempt");
        }
    }

    /**
     * The attempt is over.
     *
     * @param live     did it succeed?
     * @param epoch    of the session.
     * @param attempts since the last healthy connection.
     * @param reason   of its end.
     */
    public void attemptEnds(final boolean live, final int epoch, final int attempts, final String reason)
    {
        if (isEnabled())
        {
            this.live = live;
            this.epoch = epoch;
            this.attempts = attempts;
            this.reason = reason;
            end();
            commit();
        }
    }
}
