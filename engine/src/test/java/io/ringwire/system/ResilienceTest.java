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
package io.ringwire.system;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What user code and peers may do without taking the engine, or another session, with them.
 */
class ResilienceTest extends SystemTest
{
    private static final ReplyHandler IGNORE_REPLY = (from, id, outcome, buffer, offset, length, rttNs) ->
    {
    };

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = { "DEDICATED", "INLINE" })
    void shouldDeliverAMessageWhoseDialectThrows(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().dialect((buffer, offset, length, opcode, verdict) ->
        {
            throw new IllegalStateException("dialect");
        }));
        final UnsafeBuffer request = buffer("request");
        session.request(1, request, 0, request.capacity(), TimeUnit.SECONDS.toNanos(60), IGNORE_REPLY);
        connection.writeText("x");
        connection.writeText("after");
        untilHandlerSaw("text after");
        assertThat(handler.saw("text x")).isTrue();
        assertThat(errors).hasSize(2);
        assertThat(errors).isNotEmpty().allMatch((error) -> error.getMessage().equals("dialect"));
        errors.clear();
    }

    @Test
    void shouldServeWritesWhileAPeerFillsEveryRead() throws Exception
    {
        launch(ThreadingMode.INLINE);
        final RawConnection connection = connectLive(config().messageHandler(busy(20_000)));
        final byte[] frames = new byte[256 * 1024];
        for (int offset = 0; offset < frames.length; offset += 1024)
        {
            System.arraycopy(RawConnection.frame(0x82, new byte[1020]), 0, frames, offset, 1024);
        }

        final Thread writer = new Thread(() -> flood(connection, frames));
        writer.start();
        try
        {
            pump.until("the flood is on", () -> session.metrics().messagesReceived() > 2000);
            assertThat(send("hello")).isPositive();
            pump.until("the message sent arrives", connection::hasByte);
        }
        finally
        {
            venue.closeAccepted();
            writer.join();
        }
    }

    @Test
    void shouldNotFailItsOwnHeartbeatWhenTheRingIsFullFromTheStart()
    {
        final CountDownLatch held = new CountDownLatch(1);
        final long beatNs = TimeUnit.MILLISECONDS.toNanos(20);
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(config().buffers(new BufferPolicy().ringCapacity(4))
            .heartbeat(new HeartbeatPolicy().intervalNs(beatNs).timeoutNs(beatNs))
            .listener(new SessionListener()
            {
                @Override
                public void onState(final Session from, final StateChange change)
                {
                    await(held);
                }
            }));
        venue.accept(pump).upgrade(RawConnection.frame(0x81, new byte[]{ 'a' }));
        pump.until("pings were sent into the silence", () -> session.metrics().framesSent() >= 3);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(session.metrics().pauses()).isPositive();
        held.countDown();
        untilHandlerSaw("text a");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldOutliveAHandlerThatLeavesTheInterruptFlagSet(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> Thread.currentThread().interrupt()));
        connection.writeText("a");
        pump.until("delivered", () -> session.metrics().messagesDelivered() == 1);
        pump.settle();
        connection.writeText("b");
        pump.until("delivered again", () -> session.metrics().messagesDelivered() == 2);
    }

    @Test
    void shouldKeepNothingOfWhatItRefusesForABadRange()
    {
        launch(ThreadingMode.DEDICATED);
        connectLive(config().buffers(new BufferPolicy().sendWindowLength(4096)));
        final UnsafeBuffer tooShort = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 100; i++)
        {
            final int id = i;
            assertThatThrownBy(() -> session.request(id, tooShort, 0, 100, 1_000_000, IGNORE_REPLY))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> session.send(1, tooShort, 0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> session.send(1, tooShort, 0, -1)).isInstanceOf(RuntimeException.class);
        }

        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(send("x")).isPositive();
    }

    @Test
    void shouldCloseTheEngineWhileAHandlerIsHeld()
    {
        final CountDownLatch entered = new CountDownLatch(1);
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(config().messageHandler(
            (from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                entered.countDown();
                await(new CountDownLatch(1)); // until the closing engine interrupts it
            }));
        connection.writeText("a");
        await(entered);
        engine.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(LeakWatcher.engineThreads()).isEmpty();
        assertThat(errors).hasSize(1).first().isInstanceOf(IllegalStateException.class);
        errors.clear();
    }

    @Test
    void shouldEndTcpItselfWhenTheServerAnswersACloseAndLeavesItOpen()
    {
        launch(ThreadingMode.INVOKER);
        final RawConnection connection = connectLive(config());
        session.close(1000, "bye");
        connection.readClose();
        connection.writeHex("88 02 03e8");
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        clock.advanceMs(250);
        untilState(SessionState.CLOSED);
        connection.untilEnded();
        assertThat(session.lastChange().closeCode()).isEqualTo(1000);
        assertThat(session.lastChange().reason()).doesNotContain("not answered");
    }

    private static MessageHandler busy(final long busyNs)
    {
        return (from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < busyNs)
            {
                Thread.onSpinWait();
            }
        };
    }

    private static void flood(final RawConnection connection, final byte[] frames)
    {
        try
        {
            while (true) // until the test closes the connection
            {
                connection.write(frames);
            }
        }
        catch (final UncheckedIOException ex)
        {
            assertThat(ex.getCause()).isNotNull();
        }
    }

    private static void await(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException("interrupted", ex);
        }
    }
}
