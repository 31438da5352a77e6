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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's side: one client that does what it is told, one request after another. The thread of the command reads
 * the requests, so that it sees the end of the parent while the client works; the thread {@code worker} runs them.
 */
public final class WorkerLoop
{
    private final Client client;
    private final BufferedReader in;
    private final PrintStream out;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /**
     * Make a worker.
     *
     * @param client that does the work.
     * @param in     with requests.
     * @param out    for answers; nothing else may be written to it.
     */
    public WorkerLoop(final Client client, final BufferedReader in, final PrintStream out)
    {
        this.client = client;
        this.in = in;
        this.out = out;
    }

    /**
     * Work until the requests end. A run that is under way then is left to itself: the process is to exit.
     *
     * @throws IOException if the requests cannot be read.
     */
    public void run() throws IOException
    {
        final Thread thread = new Thread(this::work, "worker");
        thread.setDaemon(true);
        thread.start();
        for (String line = in.readLine(); line != null; line = in.readLine())
        {
            requests.add(line);
        }

        thread.interrupt();
    }

    private void work()
    {
        answer(Wire.READY);
        try
        {
            while (!Thread.currentThread().isInterrupted())
            {
                answer(answerTo(requests.take()));
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt(); // the end of the requests
        }
    }

    private String answerTo(final String request)
    {
        try
        {
            if (request.startsWith(Wire.SUPPORTS))
            {
                final String text = request.substring(Wire.SUPPORTS.length());
                return client.supports(Wire.workload(text)) ? Wire.YES : Wire.NO;
            }

            if (request.startsWith(Wire.RUN))
            {
                return Wire.DONE + Wire.encode(client.run(Wire.workload(request.substring(Wire.RUN.length()))));
            }

            return Wire.FAILED + "'" + request + "' is no request";
        }
        catch (final BenchException ex)
        {
            return Wire.FAILED + Wire.line(ex.getMessage());
        }
        catch (final RuntimeException | Error ex)
        {
            ex.printStackTrace(); // into the worker's log; the parent tells the one line
            return Wire.FAILED + Wire.line(ex.toString());
        }
    }

    private void answer(final String line)
    {
        out.println(line);
        out.flush();
    }
}
