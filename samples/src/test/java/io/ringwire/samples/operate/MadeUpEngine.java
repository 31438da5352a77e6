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
package io.ringwire.samples.operate;

import io.ringwire.api.SessionState;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.CountersFile;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The counters file of an engine of this process that does not exist, with one session.
 */
final class MadeUpEngine implements AutoCloseable
{
    static final String SESSION = "de\"ri\\bit\nü";

    private static final int PID_OFFSET = 8;
    private static final long NO_PID = 99_999_999; // above the most that Linux gives

    private final CountersFile file;
    private final AtomicCounter received;

    MadeUpEngine(final Path directory)
    {
        file = CountersFile.create(directory, 256, 64 * 1024, System::currentTimeMillis);
        final CountersManager counters = file.counters();
        CounterType.STATE.ofSession(counters, "state", SESSION, 7).set(SessionState.LIVE.ordinal());
        received = CounterType.COUNT.ofSession(counters, "messages-received", SESSION, 7);
        CounterType.DURATION_NS.ofSession(counters, "rtt-p50-ns", SESSION, 7).set(1_234_500);
        CounterType.TIME_MS.ofSession(counters, "last-receive-ms", SESSION, 7).set(System.currentTimeMillis());
        CounterType.TIME_MS.ofSession(counters, "last-receive-ms", "quiet", 8);
        CounterType.GAUGE.ofAgent(counters, "cpu", "ringwire-io").set(3);
        CounterType.COUNT.ofEngine(counters, "errors").set(2);
        received.set(1_234_567);
    }

    Path path()
    {
        return file.path();
    }

    AtomicCounter received()
    {
        return received;
    }

    void fail(final Throwable fault)
    {
        file.errorLog().record(fault);
    }

    /**
     * The bytes of its file, as another engine left them that died.
     */
    byte[] dead()
    {
        try
        {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path())).order(ByteOrder.nativeOrder());
            return bytes.putLong(PID_OFFSET, NO_PID).array();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        file.close();
    }
}
