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
package io.ringwire.session;

import io.ringwire.api.ReconnectGap;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;

/**
 * What a session's listener is told, on its way through the ring in order with the messages.
 */
public sealed interface SessionEvent
{
    /**
     * The session took a step.
     *
     * @param change the step; a terminal one is the last event of the session.
     */
    record Changed(StateChange change) implements SessionEvent
    {
    }

    /**
     * Messages were thrown away here.
     *
     * @param messages how many.
     */
    record Gap(long messages) implements SessionEvent
    {
    }

    /**
     * Something became of a channel.
     *
     * @param change what, and why.
     */
    record Subscription(SubscriptionChange change) implements SessionEvent
    {
    }

    /**
     * A connection begins that follows on one that was lost.
     *
     * @param gap between the two.
     */
    record Reconnected(ReconnectGap gap) implements SessionEvent
    {
    }

    /**
     * The venue is going to end the connection.
     *
     * @param message of the venue.
     */
    record ShutdownNotice(String message) implements SessionEvent
    {
    }

    /**
     * An upgraded connection ended here.
     *
     * @param closeCode of its end.
     * @param reason    of its end.
     */
    record Closed(int closeCode, String reason) implements SessionEvent
    {
    }

    /**
     * No byte came in time after a ping.
     *
     * @param consecutiveMisses in a row, this one included.
     */
    record HeartbeatMissed(int consecutiveMisses) implements SessionEvent
    {
    }

    /**
     * The peer broke a rule.
     *
     * @param closeCode sent to it.
     * @param reason    that names the rule.
     */
    record ProtocolError(int closeCode, String reason) implements SessionEvent
    {
    }
}
