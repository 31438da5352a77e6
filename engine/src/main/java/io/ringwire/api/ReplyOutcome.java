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
 * How a request ended. Every accepted request ends exactly once with one of these.
 */
public enum ReplyOutcome
{
    /** The venue answered. */
    REPLY,

    /** The venue answered with what the session's dialect knows as an error: it did not do what was asked. */
    ERROR_REPLY,

    /**
     * No answer within the timeout. An answer that was put before the handler with a read time before the deadline wins
     * over it, however long the handler was busy meanwhile; one that is just being read when the handler looks at the
     * deadline, or for which a full ring has no room yet, comes too late. A late answer goes to
     * {@link MessageHandler#onUnmatchedReply}. The venue may or may not have acted: query its state, never resend
     * blindly.
     */
    TIMED_OUT,

    /**
     * The connection ended before the answer: the venue may or may not have acted. Query its state, never resend
     * blindly.
     */
    UNKNOWN_OUTCOME,

    /**
     * {@link Session#cancel(long)} was called before the answer. The venue is not told: it may or may not have acted,
     * and its answer goes to {@link MessageHandler#onUnmatchedReply}.
     */
    CANCELLED
}
