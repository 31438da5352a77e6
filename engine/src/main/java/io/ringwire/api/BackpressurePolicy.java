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
 * What the IO thread does with a message for which the session's ring has no room. To drop the oldest instead, the
 * handler calls {@link Session#skipBehind(long)}.
 */
public enum BackpressurePolicy
{
    /**
     * Stop decoding and stop reading the socket, so that TCP pushes back on the venue. Nothing is lost; a ping of the
     * venue that stands behind the unread data is answered late.
     */
    STOP_READING,

    /**
     * Throw the message away, count it, and report the number lost through {@link SessionListener#onGap} as soon as
     * the ring has room.
     */
    DROP_NEWEST,

    /**
     * Close the connection with 1008 and reconnect.
     */
    FAIL
}
