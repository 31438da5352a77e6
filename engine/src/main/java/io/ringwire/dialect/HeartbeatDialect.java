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
 * How a venue is asked for signs of life and given them, in messages of its own. Called on the control thread; may
 * allocate, must not block.
 */
public interface HeartbeatDialect
{
    /**
     * Ask the venue for heartbeats, once a connection is logged in. If it answers with an error, which is reported,
     * pings of the WebSocket are sent on that connection.
     *
     * @param requestId  to be found again in the answer, if the venue gives it back.
     * @param intervalNs between the pings that the session was configured for; if it sends none, the time without any
     *                   byte after which it gives the venue up.
     * @return the text message to send, or null if nothing has to be said.
     */
    String start(long requestId, long intervalNs);

    /**
     * Show life, and ask for a sign of it. Called once for each ping.
     *
     * @param requestId to be found again in the answer, if the venue gives it back.
     * @return the text message to send, or null to send a ping of the WebSocket (RFC 6455 section 5.5.2).
     */
    String ping(long requestId);

    /**
     * How the answer to {@link #ping} is known, on which the measured round trip depends; whether the peer lives does
     * not: any byte says so.
     *
     * @return true if a reply bears the id; false if the next {@link MessageKind#HEARTBEAT} is the answer.
     */
    default boolean answersBearId()
    {
        return true;
    }

    /**
     * Answer a {@link MessageKind#HEARTBEAT_DEMAND}.
     *
     * @param requestId to be found again in the answer, if the venue gives it back.
     * @return the text message to send, or null if nothing has to be said.
     */
    String answer(long requestId);
}
