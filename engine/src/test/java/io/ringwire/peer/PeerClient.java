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
package io.ringwire.peer;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.agrona.DirectBuffer;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine with one session, and queues of what the session tells. Its methods are called by the test's thread.
 */
final class PeerClient implements MessageHandler, SessionListener, AutoCloseable
{
    private static final long TIMEOUT_S = 15;

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closed> closes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> protocolErrors = new LinkedBlockingQueue<>();
    private final List<StateChange> changes = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final Engine engine;
    private Session session;

    PeerClient(final ThreadingMode mode)
    {
        this(context(mode));
    }

    PeerClient(final EngineContext context)
    {
        engine = Engine.launch(context.errorHandler(errors::add));
    }

    static EngineContext context(final ThreadingMode mode)
    {
        return new EngineContext()
            .threadingMode(mode)
            .idleMode(IdleMode.BLOCK)
            .shutdownTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200));
    }

    /**
     * A session that does not come back, so that its first end is the test's to see.
     */
    SessionConfig config(final String uri)
    {
        return new SessionConfig().uri(uri).reconnect(ReconnectPolicy.never()).messageHandler(this).listener(this);
    }

    Session start(final SessionConfig config)
    {
        session = engine.connect(config);
        return session;
    }

    PeerClient connect(final String uri)
    {
        return connect(config(uri));
    }

    PeerClient connect(final SessionConfig config)
    {
        start(config);
        assertThat(session.awaitConnected(TIMEOUT_S, TimeUnit.SECONDS)).as("live: %s", changes).isTrue();
        return this;
    }

    /**
     * Connect where it cannot work.
     *
     * @return the reason that the session gives.
     */
    String failure(final SessionConfig config)
    {
        start(config);
        await("the failure", () -> session.state() == SessionState.FAILED);
        return session.lastChange().reason();
    }

    Session session()
    {
        return session;
    }

    PeerClient sendText(final String text)
    {
        return send(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    PeerClient sendBinary(final byte[] bytes)
    {
        return send(Opcode.BINARY, bytes);
    }

    /**
     * Send a message of two parts or more.
     */
    PeerClient sendParts(final int opcode, final byte[]... parts)
    {
        for (int i = 0; i < parts.length; i++)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(parts[i]);
            final int length = parts[i].length;
            if (i == 0)
            {
                accept(() -> session.sendFirst(opcode, buffer, 0, length));
            }
            else if (i < parts.length - 1)
            {
                accept(() -> session.sendMiddle(buffer, 0, length));
            }
            else
            {
                accept(() -> session.sendLast(buffer, 0, length));
            }
        }

        return this;
    }

    private PeerClient send(final int opcode, final byte[] bytes)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        accept(() -> session.send(opcode, buffer, 0, bytes.length));
        return this;
    }

    private void accept(final LongSupplier send)
    {
        final MutableLong result = new MutableLong();
        await("room to send", () ->
        {
            result.set(send.getAsLong());
            return result.get() != SendResult.BACK_PRESSURED;
        });
        assertThat(result.get()).as(SendResult.name(result.get())).isPositive();
    }

    String nextText()
    {
        final Message message = nextMessage();
        assertThat(message.opcode).isEqualTo(Opcode.TEXT);
        return new String(message.bytes, StandardCharsets.UTF_8);
    }

    byte[] nextBinary()
    {
        final Message message = nextMessage();
        assertThat(message.opcode).isEqualTo(Opcode.BINARY);
        return message.bytes;
    }

    Closed nextClosed()
    {
        return next(closes, "the end of the connection");
    }

    String nextProtocolError()
    {
        return next(protocolErrors, "a protocol error");
    }

    void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(TIMEOUT_S) ||
                Thread.currentThread().isInterrupted())
            {
                throw new AssertionError("gave up waiting for " + what + " after " + changes);
            }

            Thread.yield();
        }
    }

    @Override
    public void onMessage(
        final Session from,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        messages.add(new Message(opcode, bytes));
    }

    @Override
    public void onState(final Session from, final StateChange change)
    {
        changes.add(change);
    }

    @Override
    public void onClosed(final Session from, final int closeCode, final String reason)
    {
        closes.add(new Closed(closeCode, reason));
    }

    @Override
    public void onProtocolError(final Session from, final int closeCode, final String reason)
    {
        protocolErrors.add(closeCode + " " + reason);
    }

    /**
     * Close the engine; nothing may have gone wrong, and no message may be left that the test did not ask for.
     */
    @Override
    public void close()
    {
        engine.close();
        assertThat(errors).isEmpty();
        assertThat(protocolErrors).isEmpty();
        assertThat(messages).isEmpty();
    }

    private Message nextMessage()
    {
        return next(messages, "a message");
    }

    private <T> T next(final BlockingQueue<T> queue, final String what)
    {
        try
        {
            final T item = queue.poll(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(item).as("%s, after %s, %s, %s", what, changes, closes, protocolErrors).isNotNull();
            return item;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, ex);
        }
    }

    /**
     * How a connection ended.
     */
    record Closed(int code, String reason)
    {
    }

    private record Message(int opcode, byte[] bytes)
    {
    }
}
