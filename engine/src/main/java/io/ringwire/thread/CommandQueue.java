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

import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cold commands from any thread to an agent, in order.
 * <p>
 * A bounded queue lets those who hand commands over wait for its agent. Where two agents hand over to each other at
 * most one of the queues may have a bound, or each could wait for the other for ever.
 */
public final class CommandQueue
{
    private final Queue<Runnable> commands;
    private final int runLimit;
    private final AtomicLong refusals = new AtomicLong(); // any thread that hands over
    private volatile Thread owner; // owner: the agent's thread, on start
    private volatile boolean closed; // owner: the agent's thread

    /**
     * Make a queue with a bound.
     *
     * @param capacity in commands.
     */
    public CommandQueue(final int capacity)
    {
        commands = new ManyToOneConcurrentArrayQueue<>(capacity);
        runLimit = capacity;
    }

    /**
     * Make a queue without a bound, whose agent nobody waits for.
     */
    public CommandQueue()
    {
        commands = new ManyToOneConcurrentLinkedQueue<>();
        runLimit = Integer.MAX_VALUE;
    }

    /**
     * The calling thread runs the commands from now on.
     */
    public void start()
    {
        owner = Thread.currentThread();
    }

    /** {@return has a thread been named that runs the commands} */
    public boolean isStarted()
    {
        return owner != null;
    }

    /** {@return is the calling thread the one that runs the commands} */
    public boolean isOwner()
    {
        return Thread.currentThread() == owner;
    }

    /**
     * Any thread: hand a command over. Waits for room; after {@link #close()} the command is forgotten.
     *
     * @param command to run on the agent's thread.
     */
    public void offer(final Runnable command)
    {
        boolean refused = false;
        while (!closed && !commands.offer(command)) // ends when the owner takes one, here if we are it, or is gone
        {
            if (!refused)
            {
                refused = true;
                refusals.getAndIncrement();
            }

            if (isOwner())
            {
                run();
            }
            else
            {
                Thread.yield();
            }
        }
    }

    /**
     * The agent's thread: run what waits, but no more than the queue holds at once: an agent has other work, too.
     *
     * @return how many commands were run.
     */
    public int run()
    {
        int count = 0;
        for (Runnable command = commands.poll(); command != null; command = count < runLimit ? commands.poll() : null)
        {
            command.run();
            count++;
        }

        return count;
    }

    /** {@return how many commands found the queue full and had to wait for room} */
    public long refusals()
    {
        return refusals.get();
    }

    /** {@return does nothing wait} */
    public boolean isEmpty()
    {
        return commands.isEmpty();
    }

    /**
     * The agent's thread: take no more.
     */
    public void close()
    {
        closed = true;
    }
}
