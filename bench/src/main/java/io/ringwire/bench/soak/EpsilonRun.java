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
package io.ringwire.bench.soak;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.bench.child.ChildJvm;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main class of a JVM without a collector: sends numbered messages to an echo server, {@value #WINDOW} of them
 * under way, and expects each of them back once and in order. It ends with the count, or with the heap.
 */
final class EpsilonRun implements MessageHandler, SessionListener
{
    private static final int WINDOW = 256;
    private static final int DIGITS = 10;
    private static final int NOT_SENT = 0;
    private static final long PROGRESS_MS = 1000;
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final byte[] TEXT = (" {\"channel\":\"book.BTC-PERPETUAL.raw\",\"bid\":64000.5," +
        "\"ask\":64001.0,\"size\":1200,\"type\":\"change\",\"instrument\":\"BTC\"}")
        .getBytes(StandardCharsets.US_ASCII);

    private final long messages;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(DIGITS + TEXT.length));
    private final CountDownLatch over = new CountDownLatch(1);
    private long sent; // owner: the handler thread
    private volatile long received; // written by the handler thread
    private volatile String failure; // the first one wins; any thread

    private EpsilonRun(final long messages)
    {
        this.messages = messages;
        message.putBytes(DIGITS, TEXT);
    }

    /**
     * Run.
     *
     * @param args name, URI, threading mode, deflate or not, messages.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        ChildJvm.endWithParent();
        final EpsilonRun run = new EpsilonRun(Long.parseLong(args[4]));
        System.out.println(run.run(args[0], args[1], ThreadingMode.valueOf(args[2]), Boolean.parseBoolean(args[3]))
            .line());
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
        final long expected = received;
        if (expected == messages || failure != null)
        {
            return;
        }

        final long number = length == message.capacity() ? buffer.parseNaturalLongAscii(offset, DIGITS) : -1;
        if (number != expected)
        {
            fail("expected message " + expected + " and got number " + number + " in " + length + " bytes");
            return;
        }

        received = expected + 1;
        if (expected + 1 == messages)
        {
            over.countDown();
        }
        else
        {
            sendNext(session);
        }
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        if (change.to() == SessionState.LIVE)
        {
            for (int i = 0; i < WINDOW; i++)
            {
                sendNext(session);
            }
        }
        else if (change.to().isTerminal() && over.getCount() > 0)
        {
            fail("the session ended: " + change.reason());
        }
    }

    private void sendNext(final Session session)
    {
        if (sent == messages || failure != null)
        {
            return;
        }

        message.putNaturalPaddedIntAscii(0, DIGITS, (int)sent);
        final long position = session.send(Opcode.TEXT, message, 0, message.capacity());
        if (position <= NOT_SENT)
        {
            fail("cannot send message " + sent + ": " + SendResult.name(position));
            return;
        }

        sent++;
    }

    private void fail(final String reason)
    {
        if (failure == null)
        {
            failure = reason;
        }

        over.countDown();
    }

    private Check run(final String name, final String uri, final ThreadingMode mode, final boolean deflate)
        throws InterruptedException
    {
        final EngineContext context = new EngineContext()
            .threadingMode(mode)
            .eventLog((level, source, event, cause) -> {}) // what matters fails the run
            .errorHandler((error) -> fail(error.toString()));
        try (Engine engine = Engine.launch(context))
        {
            final long startNs = System.nanoTime();
            final Session session = engine.connect(new SessionConfig()
                .uri(uri)
                .deflate(new DeflatePolicy().enabled(deflate).minLength(0))
                .messageHandler(this)
                .listener(this)
                .reconnect(ReconnectPolicy.never()));
            while (!over.await(PROGRESS_MS, TimeUnit.MILLISECONDS))
            {
                System.out.println(received + " of " + messages + " messages so far");
            }

            final double seconds = (System.nanoTime() - startNs) / (double)TimeUnit.SECONDS.toNanos(1);
            if (deflate && session.metrics().inflateBytesOut() == 0)
            {
                fail("the server did not agree to compress");
            }

            session.abort();
            final Runtime runtime = Runtime.getRuntime();
            return new Check(failure == null, String.format(
                Locale.ROOT,
                "%s: %d sent, %d received in order, %.1f s, heap used %.1f of %.0f MiB%s",
                name, sent, received, seconds,
                (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MIB,
                runtime.maxMemory() / BYTES_PER_MIB,
                failure == null ? "" : ": " + failure));
        }
    }
}
