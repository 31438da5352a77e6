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
 * Negative results of {@link Session#send}, {@link Session#sendFirst} and its like, {@link Session#tryClaim} and
 * {@link Session#request}. A result above zero is the session's send position: the bytes accepted so far. Nothing was
 * sent when a result is negative.
 */
public final class SendResult
{
    /** The session is connecting or backing off. Try again when it is {@link SessionState#LIVE}. */
    public static final long NOT_CONNECTED = -1;

    /** The outbound ring or the session's send window is full. Retry after other work, or shed load. */
    public static final long BACK_PRESSURED = -2;

    /** {@link Session#close} or {@link Session#abort} was called, or the session failed. Never retry. */
    public static final long CLOSED = -3;

    /** Longer than {@link Session#maxSendLength()}. Send less, or raise the outbound ring and the send window. */
    public static final long TOO_LONG = -4;

    /** A request with this correlation id is still waiting for its end. Choose another id. */
    public static final long DUPLICATE_ID = -5;

    /** As many requests are in flight as the session was configured for. Wait for one to end. */
    public static final long TOO_MANY_REQUESTS = -6;

    /**
     * A message in parts is open on this connection, and nothing may come between its parts (RFC 6455 section 5.4). Try
     * again when its sender has sent the last part; if that is the caller itself, send the last part first.
     */
    public static final long MESSAGE_OPEN = -7;

    /**
     * The calling thread has no message in parts open on this connection: it began none, or the connection it was begun
     * on has ended. Begin again with {@link Session#sendFirst}.
     */
    public static final long NO_MESSAGE = -8;

    /**
     * The session's {@code RateLimitPolicy} has no tokens left for this message. {@link Session#rateLimits()} knows how
     * long to wait; until then send what costs less, or shed load.
     */
    public static final long RATE_LIMITED = -9;

    private SendResult()
    {
    }

    /**
     * Name a result for a log line.
     *
     * @param result of a send.
     * @return the constant's name, or {@code OK} for a position.
     */
    public static String name(final long result)
    {
        if (result > 0)
        {
            return "OK";
        }

        return switch ((int)result)
        {
            case (int)NOT_CONNECTED -> "NOT_CONNECTED";
            case (int)BACK_PRESSURED -> "BACK_PRESSURED";
            case (int)CLOSED -> "CLOSED";
            case (int)TOO_LONG -> "TOO_LONG";
            case (int)DUPLICATE_ID -> "DUPLICATE_ID";
            case (int)TOO_MANY_REQUESTS -> "TOO_MANY_REQUESTS";
            case (int)MESSAGE_OPEN -> "MESSAGE_OPEN";
            case (int)NO_MESSAGE -> "NO_MESSAGE";
            case (int)RATE_LIMITED -> "RATE_LIMITED";
            default -> "UNKNOWN(" + result + ")";
        };
    }
}
