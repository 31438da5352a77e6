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
 * Latencies of a session in nanoseconds over some time.
 * <p>
 * Reading the clock takes a quarter of the time of a short message, so the messages of one read share readings: the
 * first and the last have one of their own, and so has every 16th between them. What lies between two readings gets
 * the latency of the last of it as {@code readToHandler} and {@code decodedToHandler}, and its mean as {@code handler},
 * the engine's own work between the calls included; there a call that takes a thousand times as long as its
 * neighbours shows as 16 of a 16th. While calls take a microsecond or more, each has readings of its own. A
 * message alone always has.
 *
 * @param requestRtt       from the call of {@link Session#request} to the read of the reply from the socket.
 * @param readToDecoded    from the read of a message from the socket to the moment when all that was read with it is
 *                         decoded and shown to the handler thread, or as much as there was room for; exact to 1 %.
 *                         In INLINE there is no such moment: a message is decoded and delivered at once, and nothing
 *                         is recorded.
 * @param decodedToHandler from that moment to the call of its handler: how long it lay in the ring; exact to 1 %.
 *                         Nothing in INLINE.
 * @param readToHandler    from the read of a message from the socket to the call of its handler.
 * @param handler          from the call of the message handler or of a reply handler to its return; exact to 1 %.
 * @param heartbeatRtt     from the encoding of a WebSocket ping to the read of the pong with its payload, or from the
 *                         sending of a ping in the venue's words to the read of its answer; exact to 1 %.
 * @param connect          the phases of connects.
 */
public record SessionLatency(
    Percentiles requestRtt,
    Percentiles readToDecoded,
    Percentiles decodedToHandler,
    Percentiles readToHandler,
    Percentiles handler,
    Percentiles heartbeatRtt,
    ConnectLatency connect)
{
    /**
     * How long the phases of connects took that led to the next phase. Values are exact to 1 %.
     *
     * @param resolve     {@link SessionState#RESOLVING}.
     * @param connect     {@link SessionState#CONNECTING}: TCP, through the proxy if there is one.
     * @param tls         {@link SessionState#TLS}.
     * @param upgrade     {@link SessionState#UPGRADING}.
     * @param login       {@link SessionState#AUTHENTICATING}.
     * @param resubscribe {@link SessionState#RESUBSCRIBING}.
     * @param total       of an attempt, from its begin to {@link SessionState#LIVE}, with what it tried in vain.
     */
    public record ConnectLatency(
        Percentiles resolve,
        Percentiles connect,
        Percentiles tls,
        Percentiles upgrade,
        Percentiles login,
        Percentiles resubscribe,
        Percentiles total)
    {
    }

    /**
     * One distribution, in nanoseconds.
     *
     * @param count of values.
     * @param p50   the median.
     * @param p90   the 90th percentile.
     * @param p99   the 99th percentile.
     * @param p999  the 99.9th percentile.
     * @param max   the largest value.
     * @param last  the value recorded last; 0 without any.
     */
    public record Percentiles(long count, long p50, long p90, long p99, long p999, long max, long last)
    {
    }
}
