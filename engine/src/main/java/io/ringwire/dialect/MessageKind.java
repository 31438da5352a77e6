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
package io.ringwire.dialect;

/**
 * What a message of a venue is. The kind decides where it goes: to the handler of a request, to the engine, or to the
 * message handler.
 */
public enum MessageKind
{
    /** Nothing the engine has to know: to the message handler. */
    DATA,

    /** An event of a subscribed channel: to the message handler. */
    STREAM,

    /** Answers a request, with {@link Verdict#correlationId()} or {@link Verdict#hasTextId()}. */
    REPLY,

    /** Answers a request with an error of the venue. */
    ERROR_REPLY,

    /** A JSON array whose elements are messages of their own: each is judged by itself. */
    BATCH,

    /** A request of the venue, which has an id of the venue's: never a reply, to the message handler. */
    SERVER_REQUEST,

    /** A sign of life that wants no answer. The engine's own. */
    HEARTBEAT,

    /** The venue closes the connection unless it is answered. The engine's own. */
    HEARTBEAT_DEMAND,

    /** Answers a login and bears no id. The engine's own if the session logs in, else to the message handler. */
    LOGIN,

    /**
     * Answers a subscribe or an unsubscribe and bears no id. The engine's own while the session has channels, else to
     * the message handler.
     */
    SUBSCRIPTION,

    /** An error of the venue that names no request: to the engine and to the message handler. */
    ERROR,

    /** The venue is going to end the connection: to the engine and to the message handler. */
    SHUTDOWN
}
