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
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.Endpoint;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ringwire through its public API: the next message of an echo is sent from the handler.
 */
public final class RingwireClient implements Client
{
    private static final int OUTBOUND_LENGTH = 4 * 1024 * 1024; // what a SEND has under way
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SHORTEST_RUN_NS = TimeUnit.SECONDS.toNanos(1);
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
        final Trial trial = new Trial(workload);
        final EngineContext context = new EngineContext()
            .threadingMode(options.mode())
            .idleMode(options.idle())
            .transport(options.transport())
            .ioCpu(options.ioCpu())
            .handlerCpu(options.handlerCpu())
            .outboundRingLength(OUTBOUND_LENGTH)
            .observation(observation(workload))
            .journal(journal.get())
            .eventLog((level, source, message, cause) -> {}) // the command says itself what went wrong
            .errorHandler((error) -> trial.fail(error.toString()));

        final String transport;
        try (Engine engine = Engine.launch(context))
        {
            transport = engine.transport().name().toLowerCase(Locale.ROOT);
            final List<Session> sessions = trial.tallies().stream()
                .map((tally) -> engine.connect(config(workload, new Receiver(workload, trial, tally))))
                .toList();
            trial.await();
            sessions.forEach(Session::abort);
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }

        return trial.result(transport);
    }

    /**
     * What an engine allocates once, when its first interval with latencies ends, is not of the messages: it falls into
     * the warm-up of a run by time, and behind the end of a run by number, which its timeout ends at the latest.
     */
    private static ObservationPolicy observation(final Workload workload)
    {
        return new ObservationPolicy().intervalNs(
            workload.extent().isTimed() ? INTERVAL_NS : Math.max(SHORTEST_RUN_NS, workload.timeoutNs()));
    }

    private SessionConfig config(final Workload workload, final Receiver receiver)
    {
        final boolean reconnects = workload.kind() == Workload.Kind.RECONNECT;
        final boolean sends = workload.kind() == Workload.Kind.SEND;
        return new SessionConfig()
            .uri(workload.uri())
            .tls(Endpoint.parse(workload.uri()).isSecure() ? options.tls() : null)
            .deflate(new DeflatePolicy().enabled(workload.deflate()))
            .buffers(sends ? new BufferPolicy().sendWindowLength(OUTBOUND_LENGTH) : new BufferPolicy())
            .messageHandler(receiver)
            .listener(receiver)
            .reconnect(reconnects ? new ReconnectPolicy().baseNs(1).capNs(1) : ReconnectPolicy.never()); // no waits
    }

    /**
     * Owner: the handler thread.
     */
    private static final class Receiver implements MessageHandler, SessionListener
    {
        private final Trial trial;
        private final Tally tally;
        private final UnsafeBuffer message;

        Receiver(final Workload workload, final Trial trial, final Tally tally)
        {
            this.trial = trial;
            this.tally = tally;
            message = new UnsafeBuffer(ByteBuffer.allocateDirect(workload.sizeBytes()));
            message.setMemory(0, workload.sizeBytes(), (byte)'a');
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
            final int next = tally.onMessage(buffer, offset, length);
            if (next > 0)
            {
                send(session, next);
            }
        }

        @Override
        public void onClosed(final Session session, final int closeCode, final String reason)
        {
            tally.onDisconnected(closeCode + " " + reason);
        }

        @Override
        public void onState(final Session session, final StateChange change)
        {
            if (change.to() == SessionState.LIVE && session.epoch() == 1)
            {
                send(session, tally.onConnected());
            }
            else if (change.to().isTerminal())
            {
                trial.fail(session.epoch() == 0 ? "cannot connect: " + change.reason() : change.reason());
            }
        }

        private void send(final Session session, final int count)
        {
            for (int i = 0; i < count; i++)
            {
                final long position = session.send(Opcode.TEXT, message, 0, message.capacity());
                if (position == SendResult.CLOSED || position == SendResult.NOT_CONNECTED)
                {
                    return; // messages that came before, and then the end of the connection, say why
                }

                if (position <= NOT_SENT)
                {
                    trial.fail("cannot send " + message.capacity() + " bytes, of at most " + session.maxSendLength() +
                        ": " + SendResult.name(position));
                    return;
                }
            }
        }
    }
}
