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
package io.ringwire.samples.journal;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.journal.ReplayHash;
import io.ringwire.samples.cli.DoorOptions;
import io.ringwire.samples.cli.EngineOptions;
import io.ringwire.samples.cli.Subcommand;
import io.ringwire.samples.cli.TlsOptions;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code ringwire record URL -o DIR}: a session whose frames and events go into a journal.
 */
@Command(
    name = "record",
    description =
        "Records a session into a journal: connects, sends what --send says each time the connection is made, and " +
        "keeps every frame of both directions and every event until it is interrupted (Ctrl-C) or --seconds are " +
        "over. A lost connection is made again; a first connect that fails is not tried again.%n%n" +
        "Look at it with 'ringwire journal DIR', replay it with 'ringwire replay DIR'.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:recorded until it was to end",
            "1:the first connect failed or the journal cannot be written, as a line on standard error says",
            "2:wrong options or URL"
        })
public final class RecordCommand implements Subcommand
{
    private static final long CLOSE_TIMEOUT_S = 5;
    private static final String JOURNAL = "journal"; // source of its events

    @Spec
    private CommandSpec spec;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private TlsOptions tlsOptions;

    @Mixin
    private DoorOptions doorOptions;

    @Parameters(paramLabel = "URL", description = "ws://host[:port]/path, or wss for TLS")
    private String url;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true,
        description = "Folder of the journal, made where it is missing; what is in it stays.")
    private Path directory;

    @Option(names = "--seconds", paramLabel = "N",
        description = "End so many seconds after the first connection.")
    private Integer seconds;

    @Option(names = "--send", paramLabel = "TEXT",
        description = "Send this text message each time the connection is made. Repeatable, in order.")
    private List<String> messages = new ArrayList<>();

    @Option(names = "--dialect", paramLabel = "NAME",
        description = "How replies and heartbeats are told from other messages: ${COMPLETION-CANDIDATES}. " +
            "Default: not.")
    private DialectName dialect;

    @Override
    public Integer call() throws InterruptedException
    {
        if (seconds != null && seconds < 1)
        {
            throw new ParameterException(spec.commandLine(), "--seconds=" + seconds + " is not above zero");
        }

        final Recorder recorder = new Recorder();
        final EngineContext context = engineOptions.context()
            .eventLog(recorder::onEvent)
            .errorHandler((error) -> {}); // the event log has told of it
        context.journal().directory(directory);
        final SessionConfig config = new SessionConfig()
            .uri(url)
            .tls(tlsOptions.policy())
            .dialect(dialect == null ? null : dialect.dialect())
            .messageHandler(recorder)
            .listener(recorder.calls.events(recorder));
        doorOptions.apply(config, spec.commandLine());

        final Thread hook = new Thread(recorder::interrupt, "ringwire-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Engine engine = Engine.launch(context))
        {
            recorder.launched = true;
            final Session session = engine.connect(config);
            recorder.awaitEnd(seconds);
            session.close();
            recorder.awaitClosed();
        }
        finally
        {
            recorder.finished.countDown();
        }

        removeHook(hook);
        return report(recorder);
    }

    private int report(final Recorder recorder)
    {
        final String failure = recorder.failure.get();
        if (failure != null)
        {
            complain(failure);
            return ExitCode.SOFTWARE;
        }

        spec.commandLine().getOut().printf("recorded %,d messages of %,d bytes and %,d events into %s%n",
            recorder.messages, recorder.bytes, recorder.calls.calls(), directory);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private void complain(final String message)
    {
        spec.commandLine().getErr().println("ringwire: " + message);
        spec.commandLine().getErr().flush();
    }

    private static void removeHook(final Thread hook)
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // the process is ending: it was the hook that ended the recording
        }
    }

    /**
     * Counts, and sends what is to be sent. Owner of the counts: the handler thread, which has ended when they are
     * read.
     */
    private final class Recorder implements MessageHandler, SessionListener
    {
        private final CountDownLatch begun = new CountDownLatch(1); // or ending
        private final CountDownLatch ending = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final CountDownLatch finished = new CountDownLatch(1);
        private final AtomicReference<String> failure = new AtomicReference<>();
        private volatile boolean launched; // owner: the main thread
        private long messages;
        private long bytes;
        private final ReplayHash calls = new ReplayHash(); // of the listener, counted as a replay does

        /**
         * What keeps the engine from its launch is told by that. Without a journal there is nothing to go on for.
         */
        private void onEvent(final Level level, final String source, final String message, final Throwable cause)
        {
            if (level != Level.ERROR || !launched)
            {
                return;
            }

            if (source.equals(JOURNAL))
            {
                failure.compareAndSet(null, message);
                end();
            }
            else
            {
                complain(message);
            }
        }

        @Override
        public void onMessage(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int opcode,
            final long receiveTimeNs,
            final boolean endOfBatch)
        {
            messages++;
            bytes += length;
        }

        @Override
        public void onState(final Session session, final StateChange change)
        {
            if (change.to() == SessionState.LIVE)
            {
                sendAll(session);
                begun.countDown();
            }
            else if (change.to().isTerminal() || change.to() == SessionState.BACKING_OFF && change.epoch() == 0)
            {
                if (change.epoch() == 0 || change.to() == SessionState.FAILED)
                {
                    failure.compareAndSet(null, url + ": " + change.reason());
                }

                end();
                if (change.to().isTerminal())
                {
                    closed.countDown();
                }
            }
        }

        private void sendAll(final Session session)
        {
            for (final String message : RecordCommand.this.messages)
            {
                final UnsafeBuffer buffer = new UnsafeBuffer(message.getBytes(StandardCharsets.UTF_8));
                final long result = session.send(Opcode.TEXT, buffer, 0, buffer.capacity());
                if (result < 0)
                {
                    failure.compareAndSet(null, url + ": --send was refused with " + result + ": " + message);
                    end();
                }
            }
        }

        private void awaitEnd(final Integer limitS) throws InterruptedException
        {
            if (limitS == null)
            {
                ending.await(); // until the process is interrupted, or the session has failed
            }
            else
            {
                begun.await(); // a connect that takes long takes nothing of the time
                if (!ending.await(limitS, TimeUnit.SECONDS))
                {
                    end();
                }
            }
        }

        private void end()
        {
            ending.countDown();
            begun.countDown();
        }

        private void awaitClosed() throws InterruptedException
        {
            if (!closed.await(CLOSE_TIMEOUT_S, TimeUnit.SECONDS))
            {
                complain("the close handshake took longer than " + CLOSE_TIMEOUT_S + " s");
            }
        }

        /**
         * The process was told to end: let the main thread end the recording in good order.
         */
        private void interrupt()
        {
            end();
            try
            {
                if (!finished.await(2 * CLOSE_TIMEOUT_S, TimeUnit.SECONDS))
                {
                    complain("the recording did not end in time");
                }
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }
}
