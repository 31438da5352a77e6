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
package io.ringwire.bench.client;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ringwire through its public API: the next message of an echo is sent from the handler.
 */
public final class RingwireClient implements Client
{
    private static final long NOT_SENT = 0;

    private final ClientOptions options;
    private final Supplier<JournalPolicy> journal;

    /**
     * Make a client that records nothing.
     *
     * @param options to run with.
     */
    public RingwireClient(final ClientOptions options)
    {
        this(options, JournalPolicy::new);
    }

    /**
     * Make a client.
     *
     * @param options to run with.
     * @param journal of each run.
     */
    public RingwireClient(final ClientOptions options, final Supplier<JournalPolicy> journal)
    {
        this.options = options;
        this.journal = journal;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final long deadlineNs = System.nanoTime() + workload.timeoutNs();
        final Tally tally = new Tally(workload);
        final EngineContext context = new EngineContext()
            .threadingMode(options.mode())
            .idleMode(options.idle())
            .transport(options.transport())
            .ioCpu(options.ioCpu())
            .handlerCpu(options.handlerCpu())
            .journal(journal.get())
            .eventLog((level, source, message, cause) -> {}) // the command says itself what went wrong
            .errorHandler((error) -> tally.fail(error.toString()));

        final String transport;
        try (Engine engine = Engine.launch(context))
        {
            transport = engine.transport().name().toLowerCase(Locale.ROOT);
            tally.meter(engine.threads());
            final Receiver receiver = new Receiver(workload, tally);
            final Session session = engine.connect(new SessionConfig()
                .uri(workload.uri())
                .tls(options.tls())
                .messageHandler(receiver)
                .listener(receiver)
                .reconnect(ReconnectPolicy.never()));
            if (session.awaitConnected(workload.timeoutNs(), TimeUnit.NANOSECONDS))
            {
                if (workload.echo())
                {
                    receiver.send(session);
                }
            }
            else if (session.epoch() == 0) // else it was live, and is over already: the listener knows how it went
            {
                tally.fail("cannot connect to " + workload.uri() + ": " + session.lastChange().reason());
            }

            tally.await(deadlineNs - System.nanoTime());
            session.abort();
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }

        return tally.result(transport);
    }

    /**
     * Owner: the handler thread, but for the first send.
     */
    private static final class Receiver implements MessageHandler, SessionListener
    {
        private final Tally tally;
        private final UnsafeBuffer message;

        Receiver(final Workload workload, final Tally tally)
        {
            this.tally = tally;
            message = new UnsafeBuffer(ByteBuffer.allocateDirect(workload.sizeBytes()));
            message.setMemory(0, workload.sizeBytes(), (byte)'a');
        }

        void send(final Session session)
        {
            tally.onSend();
            final long position = session.send(Opcode.TEXT, message, 0, message.capacity());
            if (position <= NOT_SENT)
            {
                tally.fail("cannot send " + message.capacity() + " bytes, of at most " + session.maxSendLength() +
                    ": " + SendResult.name(position));
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
            if (tally.onMessage(buffer, offset, length))
            {
                send(session);
            }
        }

        @Override
        public void onClosed(final Session session, final int closeCode, final String reason)
        {
            tally.fail("the server closed the connection: " + closeCode + ' ' + reason);
        }

        @Override
        public void onState(final Session session, final StateChange change)
        {
            if (change.to().isTerminal())
            {
                tally.fail(session.epoch() == 0 ? "cannot connect: " + change.reason() : change.reason());
            }
        }
    }
}
