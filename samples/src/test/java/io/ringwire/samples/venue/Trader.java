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
package io.ringwire.samples.venue;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A session on an engine of its own, and what it was told, in order. The handler thread fills the queue, the test's
 * thread drains it; the first message can be made to hold the handler thread.
 */
final class Trader implements SessionListener, MessageHandler, AutoCloseable
{
    static final long WAIT_MS = 10_000;

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final CountDownLatch released;
    private final Engine engine = Engine.launch(new EngineContext().threadingMode(ThreadingMode.DEDICATED));
    private final Session session;

    private Trader(final String uri, final int holds, final Consumer<SessionConfig> settings)
    {
        released = new CountDownLatch(holds);
        final SessionConfig config = new SessionConfig()
            .uri(uri)
            .reconnect(new ReconnectPolicy()
                .baseNs(TimeUnit.MILLISECONDS.toNanos(10)).capNs(TimeUnit.MILLISECONDS.toNanos(50)))
            .listener(this)
            .messageHandler(this);
        settings.accept(config);
        session = engine.connect(config);
    }

    static Trader connect(final String uri, final Consumer<SessionConfig> settings)
    {
        return new Trader(uri, 0, settings);
    }

    /**
     * As {@link #connect}; the first message holds the handler thread until {@link #release()}.
     */
    static Trader connectHeld(final String uri, final Consumer<SessionConfig> settings)
    {
        return new Trader(uri, 1, settings);
    }

    Session session()
    {
        return session;
    }

    void release()
    {
        released.countDown();
    }

    long send(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return session.send(Opcode.TEXT, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /**
     * Send as soon as the limits let it pass.
     */
    void sendWhenAllowed(final String text)
    {
        final UnsafeBuffer message = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        long result = session.send(Opcode.TEXT, message, 0, message.capacity());
        while (result == SendResult.RATE_LIMITED && !Thread.currentThread().isInterrupted())
        {
            LockSupport.parkNanos(session.rateLimits().delayNs(message, 0, message.capacity()));
            result = session.send(Opcode.TEXT, message, 0, message.capacity());
        }

        if (result < 0)
        {
            throw new AssertionError("not sent: " + SendResult.name(result));
        }
    }

    StateChange awaitState(final SessionState state) throws InterruptedException
    {
        return await(StateChange.class, (change) -> change.to() == state);
    }

    SubscriptionChange awaitChannel(final String channel, final SubscriptionState state) throws InterruptedException
    {
        return await(SubscriptionChange.class,
            (change) -> change.channel().equals(channel) && change.state() == state);
    }

    /**
     * The next event of a type for which something is true; those before it are dropped.
     */
    <T> T await(final Class<T> type, final Predicate<T> condition) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
        Object event = events.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        while (event != null && !(type.isInstance(event) && condition.test(type.cast(event))))
        {
            event = events.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        if (event == null)
        {
            throw new AssertionError("no such " + type.getSimpleName() + " in time; " + session.lastChange());
        }

        return type.cast(event);
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
        events.add(buffer.getStringWithoutLengthUtf8(offset, length));
        try
        {
            released.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onState(final Session from, final StateChange change)
    {
        events.add(change);
    }

    @Override
    public void onSubscription(final Session from, final SubscriptionChange change)
    {
        events.add(change);
    }

    @Override
    public void onReconnectGap(final Session from, final ReconnectGap gap)
    {
        events.add(gap);
    }

    @Override
    public void onShutdownNotice(final Session from, final String message)
    {
        events.add(new Notice(message));
    }

    @Override
    public void close()
    {
        release();
        engine.close();
    }

    /**
     * What {@link #onShutdownNotice} was told.
     */
    record Notice(String message)
    {
    }
}
