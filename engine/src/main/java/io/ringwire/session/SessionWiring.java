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

import io.ringwire.api.EventLog;
import io.ringwire.ring.OutboundRing;
import io.ringwire.stats.SessionCounters;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.CountersManager;

import java.lang.System.Logger.Level;

/**
 * What a session is connected to inside its engine.
 *
 * @param outboundRing that all sessions of the engine send through.
 * @param linkCommands to the IO thread.
 * @param linkEvents   to the control thread.
 * @param directWriter for sends on the IO thread.
 * @param nanoClock    of the engine.
 * @param errorHandler told of what user code throws.
 * @param eventLog     told of the steps of sessions.
 * @param counters     of the file that shows those of the session, or null.
 * @param invoker      one duty cycle of all agents in INVOKER mode, null in the others.
 */
public record SessionWiring(
    OutboundRing outboundRing,
    LinkCommands linkCommands,
    LinkEvents linkEvents,
    DirectWriter directWriter,
    NanoClock nanoClock,
    ErrorHandler errorHandler,
    EventLog eventLog,
    CountersManager counters,
    Runnable invoker)
{
    /**
     * Make the counters of a session: in the file, or in memory of its own where the file has no room for them.
     */
    SessionCounters newCounters(final String session, final int sessionId)
    {
        if (counters == null)
        {
            return new SessionCounters();
        }

        if (counters.available() < SessionGauges.countersPerSession())
        {
            eventLog.onEvent(Level.WARNING, session, "the counters file has no room: its counters are not shown", null);
            return new SessionCounters();
        }

        return new SessionCounters(counters, session, sessionId);
    }
}
