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
package io.ringwire.io;

import io.netty.util.concurrent.Ticker;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Netty's view of the engine's clock, from zero: Netty takes no time below it. Owner: IO thread.
 */
final class ClockTicker implements Ticker
{
    private final NanoClock clock;
    private final long originNs;
    private boolean running;
    private long extraNs;

    ClockTicker(final NanoClock clock)
    {
        this.clock = clock;
        originNs = clock.nanoTime();
    }

    /**
     * Go on by yourself: Netty ends its loop only after time has passed, and a virtual clock may stand still.
     */
    void run()
    {
        running = true;
    }

    @Override
    public long initialNanoTime()
    {
        return 0;
    }

    @Override
    public long nanoTime()
    {
        extraNs += running ? 1 : 0;
        return clock.nanoTime() - originNs + extraNs;
    }

    @Override
    public void sleep(final long delay, final TimeUnit unit) throws InterruptedException
    {
        unit.sleep(delay);
    }
}
