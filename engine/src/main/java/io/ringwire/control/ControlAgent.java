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
package io.ringwire.control;

import io.ringwire.api.SessionState;
import io.ringwire.config.EngineContext;
import io.ringwire.session.LatencyIntervals;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.SessionGauges;
import io.ringwire.session.SessionStateMachine;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.DutyCycle;
import io.ringwire.thread.CommandQueue;
import io.ringwire.thread.CpuAffinity;
import io.ringwire.thread.Doorbell;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The control thread: events of connections, wishes of users, deadlines of sessions.
 */
public final class ControlAgent implements Agent
{
    /** The role name of the agent, and the name of its thread. */
    public static final String ROLE = "ringwire-control";

    private static final int EVENT_CAPACITY = 4096;
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** While all sessions are live, their timers are of heartbeats; each wake-up takes the core from who shares it. */
    private static final long MAX_SETTLED_PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final CommandQueue events = new CommandQueue(EVENT_CAPACITY);
    private final Int2ObjectHashMap<SessionStateMachine> machineById = new Int2ObjectHashMap<>();
    private final ArrayList<SessionStateMachine> machines = new ArrayList<>();
    private final NanoClock clock;
    private final RandomGenerator random;
    private final LookupThreads lookups;
    private final Doorbell doorbell;
    private final DutyCycle dutyCycle;
    private final LatencyDuty latencies;
    private final IntervalPublisher publisher;
    private final LinkEvents proxy = new ControlProxy(this);
    private final int cpu;

    /**
     * Make the agent.
     *
     * @param context   concluded.
     * @param doorbell  that wakes the thread, or null in INVOKER mode.
     * @param dutyCycle of this agent.
     * @param latencies of the sessions, for this agent to end their intervals.
     * @param publisher of what the engine shows of an interval.
     */
    public ControlAgent(
        final EngineContext context,
        final Doorbell doorbell,
        final DutyCycle dutyCycle,
        final LatencyDuty latencies,
        final IntervalPublisher publisher)
    {
        this.latencies = latencies;
        this.doorbell = doorbell;
        this.dutyCycle = dutyCycle;
        this.publisher = publisher;
        clock = context.nanoClock();
        random = context.random();
        cpu = context.controlCpu();
        lookups = new LookupThreads(context, this::offer);
    }

    /** {@return the way to hand events to this agent} */
    public LinkEvents proxy()
    {
        return proxy;
    }

    /**
     * The thread that connects, one at a time: start a session.
     *
     * @param session that the other agents know.
     * @param wiring  of the session.
     */
    public void start(final WebSocketSession session, final SessionWiring wiring)
    {
        final LatencyIntervals intervals = new LatencyIntervals(session);
        final SessionGauges gauges =
            session.counters().manager() == null ? null : new SessionGauges(session, intervals);
        offer(() ->
        {
            if (gauges != null)
            {
                publisher.add(gauges);
            }

            final SessionStateMachine machine = new SessionStateMachine(session, wiring, lookups, random);
            machineById.put(session.id(), machine);
            machines.add(machine);
            latencies.add(intervals);
            machine.start(clock.nanoTime());
        });
    }

    @Override
    public void onStart()
    {
        events.start();
        if (cpu != EngineContext.NOT_PINNED)
        {
            CpuAffinity.pin(cpu);
        }
    }

    @Override
    public int doWork()
    {
        final long startNs = clock.nanoTime();
        dutyCycle.begin(startNs);
        int workCount = events.run();
        final long nowNs = workCount == 0 ? startNs : clock.nanoTime();
        boolean settled = true;
        for (int i = machines.size() - 1; i >= 0; i--)
        {
            final SessionStateMachine machine = machines.get(i);
            workCount += machine.onTime(nowNs);
            if (machine.isTerminal())
            {
                machines.remove(i);
                machineById.remove(machine.session().id());
                publisher.remove(machine.session());
            }
            else
            {
                settled &= machine.session().state() == SessionState.LIVE;
            }
        }

        if (doorbell != null)
        {
            doorbell.maxParkNs(settled ? MAX_SETTLED_PARK_NS : MAX_PARK_NS);
        }

        final boolean intervalOver = latencies.onTime(nowNs);
        workCount += publisher.onTime(workCount, machines.size(), events.refusals(), nowNs, intervalOver);
        dutyCycle.worked(workCount);
        return workCount;
    }

    @Override
    public void onClose()
    {
        events.close();
        lookups.close();
        publisher.close();
    }

    @Override
    public String roleName()
    {
        return ROLE;
    }

    void offer(final WebSocketSession session, final MachineEvent event)
    {
        offer(() ->
        {
            final SessionStateMachine machine = machineById.get(session.id());
            if (machine != null)
            {
                event.apply(machine, clock.nanoTime());
            }
        });
    }

    private void offer(final Runnable event)
    {
        events.offer(event);
        if (doorbell != null)
        {
            doorbell.ring();
        }
    }

    /**
     * Something a session's machine is told.
     */
    @FunctionalInterface
    interface MachineEvent
    {
        void apply(SessionStateMachine machine, long nowNs);
    }
}
