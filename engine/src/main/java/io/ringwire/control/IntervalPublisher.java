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

import io.ringwire.session.SessionGauges;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.CountersFile;
import io.ringwire.thread.ThreadCpu;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.ArrayList;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Publishes in the counters file, every interval, what nobody counts as it happens: ages, percentiles, cores. Nothing
 * here allocates while no session comes or goes. Owner: the control thread.
 */
public final class IntervalPublisher
{
    private final CountersFile file;
    private final AtomicCounter sessions;
    private final AtomicCounter commandQueueRefusals;
    private final ArrayList<SessionGauges> open = new ArrayList<>();
    private final ArrayList<SessionGauges> ended = new ArrayList<>();
    private final CopyOnWriteArrayList<AgentCpu> agents = new CopyOnWriteArrayList<>(); // each agent adds itself

    /**
     * Make the publisher.
     *
     * @param file to publish in.
     */
    public IntervalPublisher(final CountersFile file)
    {
        this.file = file;
        sessions = CounterType.GAUGE.ofEngine(file.counters(), "sessions");
        commandQueueRefusals = CounterType.COUNT.ofEngine(file.counters(), "command-queue-refusals");
    }

    /**
     * The thread of an agent, when it starts and is pinned: show on which core it runs.
     *
     * @param agent its role name.
     */
    public void onAgentStart(final String agent)
    {
        final AgentCpu cpu =
            new AgentCpu(ThreadCpu.ofCurrent(), CounterType.GAUGE.ofAgent(file.counters(), "cpu", agent));
        cpu.publish();
        agents.add(cpu);
    }

    void add(final SessionGauges gauges)
    {
        gauges.publishState();
        open.add(gauges);
    }

    /**
     * The session has ended on this thread; those of IO and of the handler may still be at it.
     */
    void remove(final WebSocketSession session)
    {
        for (int i = open.size() - 1; i >= 0; i--)
        {
            if (open.get(i).session() == session)
            {
                final SessionGauges gauges = open.remove(i);
                gauges.publishState();
                ended.add(gauges);
            }
        }
    }

    /**
     * One duty cycle.
     *
     * @param workCount    what this thread has done in it: states may have changed.
     * @param refusals     of the control thread's queue so far.
     * @param intervalOver is one of latencies?
     * @return how much was done here.
     */
    int onTime(
        final int workCount,
        final int sessionCount,
        final long refusals,
        final long nowNs,
        final boolean intervalOver)
    {
        for (int i = ended.size() - 1; i >= 0; i--)
        {
            if (ended.get(i).free())
            {
                ended.remove(i);
            }
        }

        if (intervalOver)
        {
            sessions.setRelease(sessionCount);
            commandQueueRefusals.setRelease(refusals);
            publish(nowNs);
            return 1;
        }

        for (int i = 0; workCount > 0 && i < open.size(); i++)
        {
            open.get(i).publishState();
        }

        return 0;
    }

    /**
     * No more of it.
     */
    void close()
    {
        for (final AgentCpu agent : agents)
        {
            agent.cpu.close();
        }
    }

    private void publish(final long nowNs)
    {
        final long nowMs = System.currentTimeMillis();
        for (int i = 0; i < open.size(); i++)
        {
            open.get(i).publish(nowNs, nowMs);
        }

        for (int i = 0; i < agents.size(); i++)
        {
            agents.get(i).publish();
        }

        file.active(nowMs);
    }

    /**
     * Where the thread of an agent runs.
     */
    private record AgentCpu(ThreadCpu cpu, AtomicCounter counter)
    {
        void publish()
        {
            counter.setRelease(cpu.read());
        }
    }
}
