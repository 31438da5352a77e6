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

import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SubscriptionSnapshot;
import io.ringwire.session.SessionStatus.LastError;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;

/**
 * Puts together what is counted of a session and published about it. Any thread.
 */
final class MetricsSnapshot
{
    private MetricsSnapshot()
    {
    }

    static SessionMetrics of(final WebSocketSession session, final long lastReceiveAgeNs)
    {
        final SessionCounters counters = session.counters();
        final SessionStatus status = session.status();
        final SubscriptionSnapshot channels = session.subscriptions();
        final LastError lastError = status.lastError();
        return new SessionMetrics(
            counters.value(Id.BYTES_RECEIVED),
            counters.value(Id.FRAMES_RECEIVED),
            counters.value(Id.MESSAGES_RECEIVED),
            counters.value(Id.MESSAGES_DELIVERED),
            counters.value(Id.MESSAGES_DROPPED),
            counters.value(Id.MESSAGES_SKIPPED),
            counters.value(Id.BYTES_SENT),
            counters.value(Id.FRAMES_SENT),
            counters.value(Id.SENDS_DISCARDED),
            counters.value(Id.BACK_PRESSURED),
            counters.value(Id.RATE_LIMITED),
            counters.value(Id.RATE_LIMIT_BREACHES),
            counters.value(Id.PINGS_RECEIVED),
            counters.value(Id.PONGS_RECEIVED),
            counters.value(Id.PAUSES),
            counters.value(Id.HANDLER_ERRORS),
            counters.value(Id.PROTOCOL_ERRORS),
            counters.value(Id.REPLIES),
            counters.value(Id.TIMEOUTS),
            counters.value(Id.UNKNOWN_OUTCOMES),
            counters.value(Id.ERROR_REPLIES),
            counters.value(Id.CANCELLED),
            counters.value(Id.UNMATCHED_REPLIES),
            counters.value(Id.SERVER_REQUESTS),
            counters.value(Id.BATCHES),
            session.requests().inFlight(),
            status.ringOccupancy(),
            (int)counters.value(Id.RING_HIGH_WATER_MARK),
            counters.value(Id.EVENTS_DROPPED),
            counters.value(Id.DEFLATE_BYTES_IN),
            counters.value(Id.DEFLATE_BYTES_OUT),
            counters.value(Id.INFLATE_BYTES_IN),
            counters.value(Id.INFLATE_BYTES_OUT),
            counters.value(Id.CONNECTS),
            counters.value(Id.CONNECT_FAILURES),
            Math.max(0, counters.value(Id.CONNECTS) - 1),
            counters.value(Id.DIALECT_ERRORS),
            counters.value(Id.HEARTBEATS_SENT),
            counters.value(Id.HEARTBEATS_ANSWERED),
            counters.value(Id.HEARTBEATS_MISSED),
            counters.value(Id.HEARTBEAT_DEMANDS),
            channels.desired().size(),
            channels.acknowledged().size(),
            session.window().used(),
            status.directMemoryBytes(),
            lastReceiveAgeNs,
            lastError == null ? null : lastError.reason(),
            lastError == null ? SessionMetrics.NEVER : lastError.timeMs());
    }
}
