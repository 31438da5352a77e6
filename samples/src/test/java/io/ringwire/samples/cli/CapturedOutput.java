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
package io.ringwire.samples.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Standard output or standard error as the test reads it.
 */
final class CapturedOutput extends OutputStream
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(final int b)
    {
        bytes.write(b);
        notifyAll();
    }

    @Override
    public synchronized void write(final byte[] source, final int offset, final int length)
    {
        bytes.write(source, offset, length);
        notifyAll();
    }

    synchronized String text()
    {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized byte[] toByteArray()
    {
        return bytes.toByteArray();
    }

    synchronized void await(final String part) throws InterruptedException
    {
        final long startNs = System.nanoTime();
        while (!text().contains(part))
        {
            final long remainingNs = TIMEOUT_NS - (System.nanoTime() - startNs);
            assertThat(remainingNs).as("'" + part + "' in time in: " + text()).isPositive();
            TimeUnit.NANOSECONDS.timedWait(this, remainingNs);
        }
    }
}
