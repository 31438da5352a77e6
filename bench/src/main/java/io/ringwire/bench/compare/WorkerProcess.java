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
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own, which ends with this one. What it writes to its standard error goes to a log.
 */
final class WorkerProcess implements Worker
{
    private static final String END = "";
    private static final long END_TIMEOUT_S = 2;
    private static final int SHOWN_LENGTH = 80;

    private final Process process;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path log;
    private final long patienceNs;

    private WorkerProcess(final Process process, final Path log, final long patienceNs)
    {
        this.process = process;
        this.log = log;
        this.patienceNs = patienceNs;
        requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Start one and wait until it is ready.
     *
     * @param command    program and arguments.
     * @param log        for what it writes to its standard error; removed if that is nothing.
     * @param patienceNs to wait for it to be ready, and for an answer that takes no work.
     * @throws WorkerDeathException if it does not come up.
     */
    static WorkerProcess start(final List<String> command, final Path log, final long patienceNs)
        throws WorkerDeathException
    {
        final Process process;
        try
        {
            process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        }
        catch (final IOException ex)
        {
            throw new WorkerDeathException("cannot start: " + Wire.line(ex.getMessage()));
        }

        final WorkerProcess worker = new WorkerProcess(process, log, patienceNs);
        final Thread reader = new Thread(worker::readAnswers, "worker-answers");
        reader.setDaemon(true);
        reader.start();
        try
        {
            final String answer = worker.await(patienceNs);
            if (!answer.equals(Wire.READY))
            {
                throw worker.garbage(answer);
            }

            return worker;
        }
        catch (final WorkerDeathException ex)
        {
            worker.close();
            throw ex;
        }
    }

    @Override
    public boolean supports(final Workload workload) throws WorkerDeathException
    {
        final String answer = ask(Wire.SUPPORTS + Wire.encode(workload), patienceNs);
        if (!answer.equals(Wire.YES) && !answer.equals(Wire.NO))
        {
            throw garbage(answer);
        }

        return answer.equals(Wire.YES);
    }

    @Override
    public Measurement run(final Workload workload, final long runPatienceNs)
        throws BenchException, WorkerDeathException
    {
        final String answer = ask(Wire.RUN + Wire.encode(workload), workload.timeoutNs() + runPatienceNs);
        if (answer.startsWith(Wire.FAILED))
        {
            throw new BenchException(answer.substring(Wire.FAILED.length()));
        }

        if (!answer.startsWith(Wire.DONE))
        {
            throw garbage(answer);
        }

        try
        {
            return Wire.measurement(answer.substring(Wire.DONE.length()));
        }
        catch (final RuntimeException ex)
        {
            throw garbage(answer);
        }
    }

    @Override
    public void close()
    {
        try
        {
            requests.close(); // a sound worker ends
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                kill();
            }

            if (Files.exists(log) && Files.size(log) == 0)
            {
                Files.delete(log);
            }
        }
        catch (final IOException ex)
        {
            kill();
        }
        catch (final InterruptedException ex)
        {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill()
    {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String ask(final String request, final long timeoutNs) throws WorkerDeathException
    {
        try
        {
            requests.write(request + '\n');
            requests.flush();
        }
        catch (final IOException ex)
        {
            throw death();
        }

        return await(timeoutNs);
    }

    private String await(final long timeoutNs) throws WorkerDeathException
    {
        try
        {
            final String answer = answers.poll(timeoutNs, TimeUnit.NANOSECONDS);
            if (answer == null)
            {
                kill();
                throw new WorkerDeathException(
                    "hung: no answer in " + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms, killed");
            }

            if (answer.equals(END))
            {
                throw death();
            }

            return answer;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            kill();
            throw new WorkerDeathException("interrupted");
        }
    }

    private WorkerDeathException garbage(final String answer)
    {
        kill();
        final String shown = answer.length() <= SHOWN_LENGTH ? answer : answer.substring(0, SHOWN_LENGTH) + "...";
        return new WorkerDeathException("answered '" + shown + "', killed");
    }

    private WorkerDeathException death()
    {
        String exit = "";
        try
        {
            if (process.waitFor(patienceNs, TimeUnit.NANOSECONDS)) // its output ends before it does
            {
                exit = " with exit code " + process.exitValue();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        kill();
        return new WorkerDeathException("died" + exit + lastWords());
    }

    private String lastWords()
    {
        try
        {
            final List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.isEmpty() ? "" : ": " + Wire.line(lines.get(lines.size() - 1)) + " (" + log + ")";
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    private void readAnswers()
    {
        try (BufferedReader in = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            for (String line = in.readLine(); line != null; line = in.readLine())
            {
                answers.add(line.isEmpty() ? " " : line);
            }
        }
        catch (final IOException ex)
        {
            answers.add(END); // it was killed
            return;
        }

        answers.add(END);
    }
}
