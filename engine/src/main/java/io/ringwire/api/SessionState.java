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
package io.ringwire.api;

/**
 * Where a session is in its life. The control thread is the only writer.
 */
public enum SessionState
{
    /** Made, not yet started. */
    IDLE,

    /** The host name is being resolved. */
    RESOLVING,

    /** The TCP connection is being opened. */
    CONNECTING,

    /** TCP is up and the TLS handshake is under way; {@code wss} only. */
    TLS,

    /** The answer to the HTTP upgrade is awaited. */
    UPGRADING,

    /** The WebSocket is open and the answer to the login is awaited. */
    AUTHENTICATING,

    /** Logged in, and the venue's answers to the subscriptions that are restored are awaited. */
    RESUBSCRIBING,

    /** Messages flow both ways. */
    LIVE,

    /** A close handshake is under way; what is received is still delivered, nothing more is sent. */
    DRAINING,

    /** The connection is gone and the next attempt waits for its time. */
    BACKING_OFF,

    /** Ended because the user or the engine closed it. */
    CLOSED,

    /** Ended because it could not connect, or lost its connection, and may not try again. */
    FAILED;

    /**
     * Is a WebSocket open, whose messages are delivered and whose heart beats?
     *
     * @return true for {@link #AUTHENTICATING}, {@link #RESUBSCRIBING} and {@link #LIVE}.
     */
    public boolean isOpen()
    {
        return this == AUTHENTICATING || this == RESUBSCRIBING || this == LIVE;
    }

    /**
     * Has the session ended for good?
     *
     * @return true for {@link #CLOSED} and {@link #FAILED}.
     */
    public boolean isTerminal()
    {
        return this == CLOSED || this == FAILED;
    }
}
