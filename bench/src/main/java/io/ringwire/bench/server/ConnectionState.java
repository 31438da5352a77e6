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
package io.ringwire.bench.server;

/**
 * How far a connection is.
 */
enum ConnectionState
{
    /** The request is not whole. */
    UPGRADING,

    /** Frames go both ways. */
    OPEN,

    /** A close frame was sent: the peer's is awaited. */
    ENDING,

    /** The peer's close frame was received: the socket closes when all is sent. */
    ANSWERED,

    /** A refusal or a close frame is the last that is sent, and nothing is read any more. */
    REFUSED,

    /** All was sent: the peer's end is awaited, so that it reads what was sent. */
    LINGERING,

    /** The socket is closed. */
    CLOSED
}
