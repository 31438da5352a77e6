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
package io.ringwire.system;

import io.ringwire.Engine;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes a test wait for a condition: in INVOKER mode by driving the engine, else by yielding to its threads. A wait
 * that lasts too long fails with its name.
 */
public final class Pump
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Engine engine;
    private final boolean drives;

    public Pump(final Engine engine)
    {
        this.engine = engine;
        drives = engine.threads().isEmpty();
    }

    public void until(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > TIMEOUT_NS)
            {
                throw new AssertionError("gave up waiting until " + what);
            }

            if (Thread.currentThread().isInterrupted())
            {
                throw new AssertionError("interrupted while waiting until " + what);
            }

            turn();
        }
    }

    /**
     * Let the engine run on for a while in which nothing is to happen: some cycles in lock-step, some time otherwise.
     */
    public void settle()
    {
        if (drives)
        {
            for (int i = 0; i < 50; i++)
            {
                engine.doWork();
            }
        }
        else
        {
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(20))
            {
                Thread.yield();
            }
        }
    }

    /**
     * The next connection of the server. The engine runs on while it is awaited.
     */
    Socket accept(final ServerSocketChannel server) throws IOException
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            turn();
            final SocketChannel accepted = server.accept();
            if (accepted != null)
            {
                return accepted.socket();
            }

            if (System.nanoTime() - startNs > TIMEOUT_NS)
            {
                throw new AssertionError("gave up waiting until the engine connects");
            }
        }
    }

    public void turn()
    {
        if (drives)
        {
            engine.doWork();
        }
        else
        {
            Thread.yield();
        }
    }
}
