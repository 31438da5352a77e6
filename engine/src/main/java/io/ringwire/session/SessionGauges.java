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

import io.ringwire.stats.CounterType;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.stats.Stage;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the control thread shows of a session in the counters file, besides what its threads count there themselves.
 * Nothing here allocates once it is made. Owner: the control thread.
 */
public final class SessionGauges
{
    private static final int VALUES = 6;
    private static final int STAGES = 3;
    private static final int PER_STAGE = 2;

    private final WebSocketSession session;
    private final LatencyIntervals intervals;
    private final CountersManager manager;
    private final List<AtomicCounter> all = new ArrayList<>();
    private final AtomicCounter state;
    private final AtomicCounter epoch;
    private final AtomicCounter lastReceiveMs;
    private final AtomicCounter requestsInFlight;
    private final AtomicCounter ringOccupancy;
    private final AtomicCounter reconnects;
    private final Quantiles requestRtt;
    private final Quantiles heartbeatRtt;
    private final Quantiles readToHandler;

    /**
     * Make the gauges of a session. Its counters must be shown in a file.
     *
     * @param session   of the gauges.
     * @param intervals of its latencies.
     */
    public SessionGauges(final WebSocketSession session, final LatencyIntervals intervals)
    {
        this.session = session;
        this.intervals = intervals;
        manager = session.counters().manager();
        state = add(CounterType.STATE, "state");
        epoch = add(CounterType.GAUGE, "epoch");
        lastReceiveMs = add(CounterType.TIME_MS, "last-receive-ms");
        requestsInFlight = add(CounterType.GAUGE, "requests-in-flight");
        ringOccupancy = add(CounterType.GAUGE, "ring-occupancy");
        reconnects = add(CounterType.COUNT, "reconnects");
        requestRtt = quantiles(Stage.REQUEST_RTT, "rtt");
        heartbeatRtt = quantiles(Stage.HEARTBEAT_RTT, "heartbeat-rtt");
        readToHandler = quantiles(Stage.READ_TO_HANDLER, "read-to-handler");
    }

    /** {@return how many counters a session has in the file, with those of {@link SessionCounters}} */
    public static int countersPerSession()
    {
        return SessionCounters.count() + VALUES + STAGES * PER_STAGE;
    }

    /** {@return the session} */
    public WebSocketSession session()
    {
        return session;
    }

    /**
     * Something happened: show where the session is in its life.
     */
    public void publishState()
    {
        state.setRelease(session.state().ordinal());
        epoch.setRelease(session.epoch());
    }

    /**
     * An interval is over: show what is not counted as it happens.
     *
     * @param nowNs by the engine's clock.
     * @param nowMs in ms since 1970.
     */
    public void publish(final long nowNs, final long nowMs)
    {
        final SessionCounters counters = session.counters();
        final SessionStatus status = session.status();
        final long ageNs = Math.max(0, nowNs - status.lastReceiveNs());
        publishState();
        lastReceiveMs.setRelease(
            counters.value(Id.BYTES_RECEIVED) == 0 ? 0 : nowMs - TimeUnit.NANOSECONDS.toMillis(ageNs));
        requestsInFlight.setRelease(session.requests().inFlight());
        ringOccupancy.setRelease(status.ringOccupancy());
        reconnects.setRelease(Math.max(0, counters.value(Id.CONNECTS) - 1));
        requestRtt.publish(intervals);
        heartbeatRtt.publish(intervals);
        readToHandler.publish(intervals);
        counters.publish();
    }

    /**
     * Give the room in the file back, if all threads of the session are done with it.
     *
     * @return true if it was.
     */
    public boolean free()
    {
        final boolean released = session.counters().isReleased();
        if (released)
        {
            session.counters().free();
            all.forEach(AtomicCounter::close);
        }

        return released;
    }

    private Quantiles quantiles(final Stage stage, final String name)
    {
        return new Quantiles(
            stage,
            add(CounterType.DURATION_NS, name + "-p50-ns"),
            add(CounterType.DURATION_NS, name + "-p99-ns"));
    }

    private AtomicCounter add(final CounterType type, final String name)
    {
        final AtomicCounter counter = type.ofSession(manager, name, session.name(), session.id());
        all.add(counter);
        return counter;
    }

    /**
     * Of the last interval; 0 if it had no value.
     */
    private record Quantiles(Stage stage, AtomicCounter p50Ns, AtomicCounter p99Ns)
    {
        void publish(final LatencyIntervals intervals)
        {
            p50Ns.setRelease(intervals.p50Ns(stage));
            p99Ns.setRelease(intervals.p99Ns(stage));
        }
    }
}
