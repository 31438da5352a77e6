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
package io.ringwire.handler;

import io.ringwire.config.EngineContext;
import io.ringwire.stats.DutyCycle;
import io.ringwire.thread.CpuAffinity;
import io.ringwire.thread.Doorbell;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;

/**
 * A handler thread: each of its sessions in turn, a bounded batch at a time.
 */
public final class HandlerAgent implements Agent
{
    private static final int BATCH_LIMIT = 256;

    private final int index;
    private final NanoClock clock;
    private final int cpu;
    private final Doorbell doorbell;
    private final DutyCycle dutyCycle;
    private final ManyToOneConcurrentArrayQueue<Dispatcher> added;
    private final ArrayList<Dispatcher> dispatchers = new ArrayList<>();

    /**
     * Make the agent.
     *
     * @param index     among the handler threads.
     * @param context   concluded.
     * @param doorbell  that wakes the thread, or null if it never sleeps.
     * @param dutyCycle of this agent.
     */
    public HandlerAgent(
        final int index, final EngineContext context, final Doorbell doorbell, final DutyCycle dutyCycle)
    {
        this.index = index;
        this.doorbell = doorbell;
        this.dutyCycle = dutyCycle;
        clock = context.nanoClock();
        cpu = context.handlerCpuOf(index);
        added = new ManyToOneConcurrentArrayQueue<>(context.maxSessions());
    }

    /**
     * The role name of an agent, and the name of its thread where it has one of its own.
     *
     * @param index among the handler threads.
     * @return the name.
     */
    public static String role(final int index)
    {
        return "ringwire-handler-" + index;
    }

    /** {@return the bell that wakes the thread, or null if it never sleeps} */
    public Doorbell doorbell()
    {
        return doorbell;
    }

    /**
     * Any thread: serve a session from now on.
     *
     * @param dispatcher of the session.
     */
    public void add(final Dispatcher dispatcher)
    {
        while (!added.offer(dispatcher)) // ends when the handler thread takes one
        {
            Thread.yield();
        }

        if (doorbell != null)
        {
            doorbell.ring();
        }
    }

    @Override
    public void onStart()
    {
        if (cpu != EngineContext.NOT_PINNED)
        {
            CpuAffinity.pin(cpu);
        }
    }

    @Override
    public int doWork()
    {
        int workCount = 0;
        if (!added.isEmpty())
        {
            workCount += added.drainTo(dispatchers, Integer.MAX_VALUE);
        }

        final long nowNs = clock.nanoTime();
        dutyCycle.begin(nowNs);
        for (int i = dispatchers.size() - 1; i >= 0; i--)
        {
            final Dispatcher dispatcher = dispatchers.get(i);
            workCount += dispatcher.poll(BATCH_LIMIT, nowNs);
            if (dispatcher.isFinished())
            {
                dispatchers.remove(i);
                dispatcher.end(nowNs);
                dispatcher.free(); // the last event was the last that the IO thread put in
            }
        }

        dutyCycle.worked(workCount);
        return workCount;
    }

    @Override
    public void onClose()
    {
        added.drainTo(dispatchers, Integer.MAX_VALUE);
        final long nowNs = clock.nanoTime();
        for (final Dispatcher dispatcher : dispatchers)
        {
            int workCount;
            do
            {
                workCount = dispatcher.poll(BATCH_LIMIT, nowNs); // ends at an empty ring, which nobody fills any more
            }
            while (workCount > 0 && !dispatcher.isFinished());

            dispatcher.end(nowNs);
        }
    }

    /**
     * The engine's closing thread, when the threads of IO and handlers are gone: give the memory of the rings back.
     */
    public void free()
    {
        dispatchers.forEach(Dispatcher::free);
        dispatchers.clear();
    }

    @Override
    public String roleName()
    {
        return role(index);
    }
}
