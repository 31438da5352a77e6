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

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Fails a test after which a thread of an engine is left, and a class of tests after which Netty's leak detector has
 * something to say. It reports a buffer only after the collector has found it and another was allocated, so both are
 * provoked here: once a class, since a full collection takes longer than most tests. A report names the lines that
 * held the buffer, and with them the test.
 */
public final class LeakWatcher implements BeforeAllCallback, AfterAllCallback, AfterEachCallback
{
    private static final int COLLECTIONS = 2;
    private static final long THREAD_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger DETECTOR_LOG = Logger.getLogger("io.netty.util.ResourceLeakDetector");
    private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

    static
    {
        DETECTOR_LOG.addHandler(new Recorder());
        DETECTOR_LOG.setUseParentHandlers(false);
    }

    @Override
    public void beforeAll(final ExtensionContext context)
    {
        REPORTS.clear();
    }

    @Override
    public void afterEach(final ExtensionContext context)
    {
        final long startNs = System.nanoTime();
        while (!engineThreads().isEmpty())
        {
            if (System.nanoTime() - startNs > THREAD_TIMEOUT_NS)
            {
                throw new AssertionError("threads left: " + engineThreads());
            }

            Thread.yield();
        }
    }

    @Override
    public void afterAll(final ExtensionContext context)
    {
        if (!leaks().isEmpty())
        {
            throw new AssertionError("leaked: " + REPORTS);
        }
    }

    /**
     * What the detector has reported since the test began.
     */
    static List<String> leaks()
    {
        for (int i = 0; i < COLLECTIONS && REPORTS.isEmpty(); i++)
        {
            System.gc();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(Long.BYTES).release();
            UnpooledByteBufAllocator.DEFAULT.heapBuffer(Long.BYTES).release();
        }

        return REPORTS;
    }

    static void forget()
    {
        REPORTS.clear();
    }

    static List<String> engineThreads()
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(Thread::isAlive)
            .map(Thread::getName)
            .filter((name) -> name.startsWith("ringwire-"))
            .toList();
    }

    private static final class Recorder extends Handler
    {
        @Override
        public void publish(final LogRecord record)
        {
            REPORTS.add(record.getMessage());
        }

        @Override
        public void flush()
        {
            // nothing is buffered
        }

        @Override
        public void close()
        {
            // nothing is open
        }
    }
}
