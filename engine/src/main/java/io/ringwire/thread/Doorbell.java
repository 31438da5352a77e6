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
package io.ringwire.thread;

import org.agrona.concurrent.IdleStrategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Parks an idle agent until another thread has work for it. Before it parks, the agent runs one duty cycle more with
 * the bell armed, so work handed over in between is either found by that cycle or rings.
 */
public final class Doorbell implements IdleStrategy
{
    private static final VarHandle ARMED;
    private static final int SPINS_BEFORE_PARK = 100;

    static
    {
        try
        {
            ARMED = MethodHandles.lookup().findVarHandle(Doorbell.class, "armed", boolean.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private long maxParkNs; // owner: the agent's thread
    private volatile Thread sleeper;
    private volatile boolean armed;
    private int spins; // owner: the agent's thread
    private boolean ranArmed; // owner: the agent's thread

    /**
     * Make a bell.
     *
     * @param maxParkNs after which the agent runs a cycle in any case, for its timers.
     */
    public Doorbell(final long maxParkNs)
    {
        this.maxParkNs = maxParkNs;
    }

    /**
     * The agent's thread: how long it may sleep from now on.
     *
     * @param maxParkNs after which the agent runs a cycle in any case, for its timers.
     */
    public void maxParkNs(final long maxParkNs)
    {
        this.maxParkNs = maxParkNs;
    }

    /**
     * Any thread, after it has handed over work: wake the agent if it sleeps.
     */
    public void ring()
    {
        VarHandle.fullFence(); // the work handed over must be visible before armed is read
        if (armed && ARMED.compareAndSet(this, true, false))
        {
            LockSupport.unpark(sleeper);
        }
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount > 0)
        {
            reset();
        }
        else
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (spins < SPINS_BEFORE_PARK)
        {
            spins++;
            Thread.onSpinWait();
        }
        else if (!ranArmed)
        {
            sleeper = Thread.currentThread();
            armed = true;
            ranArmed = true;
        }
        else
        {
            if (armed)
            {
                LockSupport.parkNanos(this, maxParkNs);
            }

            armed = false;
            ranArmed = false;
        }
    }

    @Override
    public void reset()
    {
        spins = 0;
        if (ranArmed)
        {
            armed = false;
            ranArmed = false;
        }
    }

    @Override
    public String alias()
    {
        return "doorbell";
    }
}
