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
package io.ringwire.samples.exchange.connection;

/**
 * What a {@link ConnectionView} counts.
 */
public enum Happening
{
    /** A message of the client, text or binary. */
    MESSAGE,

    /** A frame that came while the venue was silent, and was dropped. */
    UNHEARD,

    /** A ping of the client. */
    PING,

    /** A pong of the client that answers a ping of ours. */
    PONG,

    /** A pong of the client that answers none. */
    UNSOLICITED_PONG,

    /** A login that was accepted; a token that was refreshed is none. */
    LOGIN,

    /** A login or a refresh that was refused. */
    REFUSED_LOGIN,

    /** A token that was refreshed. */
    REFRESH,

    /** A demand for a sign of life that the client answered. */
    TEST_ANSWER,

    /** A channel that was asked for and refused. */
    REFUSED_CHANNEL,

    /** An order that was placed. */
    ORDER,

    /** An order that was cancelled. */
    CANCEL,

    /** A message that was more than the limits allow. */
    BREACH
}
