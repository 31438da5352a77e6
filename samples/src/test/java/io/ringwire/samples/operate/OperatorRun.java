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

import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command line with pipes for its output, which can be read while it runs, and closed.
 */
final class OperatorRun
{
    private static final long TIMEOUT_S = 20;

    private final Pipe out = new Pipe();
    private final Pipe err = new Pipe();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private Thread thread;

    static OperatorRun of(final String... args)
    {
        final OperatorRun run = new OperatorRun();
        run.run(args);
        return run;
    }

    static OperatorRun start(final String... args)
    {
        final OperatorRun run = new OperatorRun();
        run.thread = new Thread(() -> run.run(args), "command");
        run.thread.setDaemon(true);
        run.thread.start();
        return run;
    }

    String out()
    {
        return out.text();
    }

    String err()
    {
        return err.text();
    }

    int exitCode() throws Exception
    {
        return exitCode.get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    void awaitOut(final String regex) throws InterruptedException
    {
        out.await(regex);
    }

    void awaitErr(final String regex) throws InterruptedException
    {
        err.await(regex);
    }

    void closeOut()
    {
        out.close();
    }

    void interrupt()
    {
        thread.interrupt();
    }

    private void run(final String... args)
    {
        final StandardStreams streams = new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
        exitCode.complete(new Ringwire(streams).run(args));
    }

    private static final class Pipe extends OutputStream
    {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public synchronized void write(final int b) throws IOException
        {
            write(new byte[]{(byte)b}, 0, 1);
        }

        @Override
        public synchronized void write(final byte[] source, final int offset, final int length) throws IOException
        {
            if (closed)
            {
                throw new IOException("Broken pipe");
            }

            bytes.write(source, offset, length);
            notifyAll();
        }

        @Override
        public synchronized void close()
        {
            closed = true;
        }

        private synchronized String text()
        {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private synchronized void await(final String regex) throws InterruptedException
        {
            final Pattern pattern = Pattern.compile(regex);
            final long startNs = System.nanoTime();
            while (!pattern.matcher(text()).find())
            {
                final long remainingNs = TimeUnit.SECONDS.toNanos(TIMEOUT_S) - (System.nanoTime() - startNs);
                assertThat(remainingNs).as("'" + regex + "' in time in: " + text()).isPositive();
                TimeUnit.NANOSECONDS.timedWait(this, remainingNs);
            }
        }
    }
}
