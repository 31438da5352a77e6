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
package io.ringwire.bench.client;

/**
 * What a client does in one run. What a server must do for it stands in the path and query of the URI.
 *
 * @param kind        of traffic.
 * @param uri         of the server.
 * @param sizeBytes   length of the messages sent.
 * @param sessions    connections at once.
 * @param timestamped true if the messages received begin with the time they were due, see {@link Stamp}.
 * @param deflate     true to offer permessage-deflate (RFC 7692).
 * @param extent      how long.
 * @param timeoutNs   for the whole run.
 */
public record Workload(
    Kind kind,
    String uri,
    int sizeBytes,
    int sessions,
    boolean timestamped,
    boolean deflate,
    Extent extent,
    long timeoutNs)
{
    /** Messages behind each of which the server of a {@link Kind#SEND} answers once. */
    public static final int ACKNOWLEDGED_BATCH = 250;

    /** Batches that are under way at once in a {@link Kind#SEND}. */
    public static final int BATCHES_UNDER_WAY = 4;

    /**
     * What the traffic is.
     */
    public enum Kind
    {
        /** Each session sends a message, waits for it to come back, and sends the next. */
        ECHO,

        /** Each session receives what the server sends. */
        RECEIVE,

        /**
         * Each session sends as fast as it can, with {@link #BATCHES_UNDER_WAY} batches not yet acknowledged. The
         * server answers each batch of {@link #ACKNOWLEDGED_BATCH} messages with a message.
         */
        SEND,

        /**
         * The server greets a connection with a message, and drops it, without a close frame, when a message comes. The
         * latency is from the sending of that message to the greeting on the next connection.
         */
        RECONNECT
    }

    /**
     * One session.
     *
     * @param kind        of traffic.
     * @param uri         of the server.
     * @param sizeBytes   length of the messages sent.
     * @param timestamped true if the messages received begin with the time they were due.
     * @param extent      how long.
     * @param timeoutNs   for the whole run.
     * @return it, without compression.
     */
    public static Workload ofOne(
        final Kind kind,
        final String uri,
        final int sizeBytes,
        final boolean timestamped,
        final Extent extent,
        final long timeoutNs)
    {
        return new Workload(kind, uri, sizeBytes, 1, timestamped, false, extent, timeoutNs);
    }
}
