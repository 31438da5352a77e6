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
 * How a session's heartbeats are at one moment. The counts are of all its connections.
 *
 * @param state             of the heartbeats.
 * @param intervalNs        between pings as configured; 0 if none are sent.
 * @param timeoutNs         after a ping within which a byte must come, as configured.
 * @param sent              pings sent, of the WebSocket or in the venue's words.
 * @param answered          pings answered by a pong with their payload or a message with their id. Fewer than sent is
 *                          no sign of trouble: any byte counts as life.
 * @param missed            pings behind which no byte came in time.
 * @param consecutiveMisses of them, since the last byte came.
 * @param demandsAnswered   times that the venue's demands for a sign of life were answered; demands that come before
 *                          the answer to the one before has gone out are answered together.
 * @param lastReceiveAgeNs  time since bytes were read last, since reading went on after a pause, or since the connect
 *                          began, whichever was last; -1 before the first byte of the session.
 * @param lastRttNs         from the last answered ping to its answer; -1 before the first.
 * @param lastAnswerTimeMs  wall time of that answer in ms since 1970; -1 before the first.
 */
public record HeartbeatHealth(
    State state,
    long intervalNs,
    long timeoutNs,
    long sent,
    long answered,
    long missed,
    int consecutiveMisses,
    long demandsAnswered,
    long lastReceiveAgeNs,
    long lastRttNs,
    long lastAnswerTimeMs)
{
    /**
     * Does the session watch its peer at all?
     *
     * @return false if neither pings nor a limit of silence are configured.
     */
    public boolean enabled()
    {
        return state != State.OFF;
    }

    /**
     * How heartbeats can be.
     */
    public enum State
    {
        /** Neither pings nor a limit of silence are configured. */
        OFF,

        /** No connection is open. */
        STOPPED,

        /** The peer lives, for all we know. */
        ALIVE,

        /** A ping was sent and nothing has come since. */
        AWAITING,

        /** Nothing came in time after a ping, nor since. */
        MISSED,

        /** We do not read the socket because the ring is full: nothing can be said of the peer. */
        PAUSED
    }
}
