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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Messages sent in parts (RFC 6455 section 5.4), as the peer and the sender see them.
 */
class PartsTest extends SystemTest
{
    private static final int FIRST_TEXT = 0x01;
    private static final int FIRST_BINARY = 0x02;
    private static final int MIDDLE = 0x00;
    private static final int LAST = 0x80;
    private static final int WHOLE_TEXT = 0x81;
    private static final int PONG = 0x8a;

    private final MessageClaim claim = new MessageClaim();

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSendPartsWithPongsBetweenAndNothingElse(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connectLive(config());
        assertThat(first("Hel")).isPositive();
        assertFrame(connection, FIRST_TEXT, "Hel");
        connection.writeHex("89 01 78");
        assertFrame(connection, PONG, "x");
        assertRefused();
        assertThat(middle("")).isPositive();
        assertFrame(connection, MIDDLE, "");
        connection.writeHex("89 00");
        assertFrame(connection, PONG, "");
        assertRefused();
        assertThat(middle("lo ")).isPositive();
        assertThat(last("\u20ac")).isPositive();
        assertThat(send("whole")).isPositive();
        assertFrame(connection, MIDDLE, "lo ");
        assertFrame(connection, LAST, "\u20ac");
        assertFrame(connection, WHOLE_TEXT, "whole");
        assertThat(middle("x")).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(last("x")).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(session.sendFirst(Opcode.BINARY, buffer(""), 0, 0)).isPositive();
        assertThat(last("")).isPositive();
        assertFrame(connection, FIRST_BINARY, "");
        assertFrame(connection, LAST, "");
        assertThat(session.metrics().sendsDiscarded()).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSendPartsFromTheHandler(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final MessageHandler echoInParts = (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            if (session.sendFirst(opcode, buffer, offset, 1) < 0 ||
                session.sendMiddle(buffer, offset + 1, length - 2) < 0 ||
                session.send(opcode, buffer, offset, length) != SendResult.MESSAGE_OPEN ||
                session.sendLast(buffer, offset + length - 1, 1) < 0)
            {
                throw new AssertionError("refused");
            }
        };
        final RawConnection connection = connectLive(config().messageHandler(echoInParts));
        connection.writeText("abcd");
        connection.writeText("efg");
        assertFrame(connection, FIRST_TEXT, "a");
        assertFrame(connection, MIDDLE, "bc");
        assertFrame(connection, LAST, "d");
        assertFrame(connection, FIRST_TEXT, "e");
        assertFrame(connection, MIDDLE, "f");
        assertFrame(connection, LAST, "g");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldGoOnAfterTheSendWindowWasFullInTheMiddle(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        assertResumes(connectLive(config().buffers(new BufferPolicy().sendWindowLength(16 * 1024))), 4000);
    }

    @Test
    void shouldGoOnAfterTheRingWasFullInTheMiddle()
    {
        launch(context(ThreadingMode.INVOKER).outboundRingLength(16 * 1024));
        assertResumes(connectLive(config().buffers(new BufferPolicy().sendWindowLength(1024 * 1024))), 2000);
    }

    /**
     * The peer reads nothing until the sender is refused, and then all.
     */
    private void assertResumes(final RawConnection connection, final int partLength)
    {
        final int parts = 50;
        final UnsafeBuffer part = new UnsafeBuffer(new byte[partLength]);
        part.setMemory(0, partLength, (byte)'p');
        assertThat(first("begin")).isPositive();
        int sent = 0;
        boolean wasRefused = false;
        int read = 0;
        while (sent < parts || !wasRefused)
        {
            final long result = session.sendMiddle(part, 0, partLength);
            if (result > 0)
            {
                sent++;
                continue;
            }

            assertThat(result).isEqualTo(SendResult.BACK_PRESSURED);
            wasRefused = true;
            pump.turn();
            if (read == 0)
            {
                assertFrame(connection, FIRST_TEXT, "begin");
            }

            for (; read < sent; read++) // until all of them are read, and the socket takes the next
            {
                assertThat(connection.readFrame().payload()).hasSize(partLength);
            }
        }

        for (; read < sent; read++)
        {
            assertThat(connection.readFrame().payload()).hasSize(partLength);
        }

        pump.until("last part", () -> last("end") > 0);
        assertFrame(connection, LAST, "end");
        assertThat(send("next")).isPositive();
        assertFrame(connection, WHOLE_TEXT, "next");
    }

    @Test
    void shouldKeepTheMessageOpenWhileItsPartIsRefused()
    {
        launch();
        final RawConnection connection = connectLive(config().buffers(new BufferPolicy().sendWindowLength(1024)));
        final UnsafeBuffer large = new UnsafeBuffer(new byte[2000]);
        assertThat(session.sendFirst(Opcode.TEXT, large, 0, 2000)).isEqualTo(SendResult.TOO_LONG);
        assertThat(send("still free")).isPositive();
        assertThat(session.sendFirst(Opcode.TEXT, large, 0, session.maxSendLength()))
            .isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(send("still free")).isPositive();
        assertThat(first("f")).isPositive();
        assertThat(session.sendMiddle(large, 0, 2000)).isEqualTo(SendResult.TOO_LONG);
        assertThat(session.sendMiddle(large, 0, session.maxSendLength())).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(session.sendLast(large, 0, session.maxSendLength())).isEqualTo(SendResult.BACK_PRESSURED);
        assertRefused();
        pump.settle();
        assertThat(session.sendMiddle(large, 0, session.maxSendLength())).isPositive();
        pump.settle();
        assertThat(last("l")).isPositive();
        assertFrame(connection, WHOLE_TEXT, "still free");
        assertFrame(connection, WHOLE_TEXT, "still free");
        assertFrame(connection, FIRST_TEXT, "f");
        assertThat(connection.readFrame().payload()).hasSize(session.maxSendLength());
        assertFrame(connection, LAST, "l");
        assertThatThrownBy(() -> session.sendFirst(0, large, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.sendMiddle(large, 1, 2000)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldForgetTheMessageWithItsConnection(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        assertThat(first("lost")).isPositive();
        assertFrame(connection, FIRST_TEXT, "lost");
        connection.close();
        if (mode == ThreadingMode.INVOKER)
        {
            untilState(SessionState.BACKING_OFF);
            assertThat(middle("x")).isEqualTo(SendResult.NOT_CONNECTED);
            clock.advanceMs(10_001);
        }

        final RawConnection second = acceptLive();
        assertThat(middle("x")).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(last("x")).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(send("free")).isPositive();
        assertThat(first("a")).isPositive();
        assertThat(last("b")).isPositive();
        assertFrame(second, WHOLE_TEXT, "free");
        assertFrame(second, FIRST_TEXT, "a");
        assertFrame(second, LAST, "b");
        assertThat(session.metrics().sendsDiscarded()).isOne();
    }

    @Test
    void shouldCountAMessageOnceHoweverManyOfItsPartsAreDiscarded()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThat(first("written")).isPositive();
        assertFrame(connection, FIRST_TEXT, "written");
        assertThat(middle("in the ring")).isPositive();
        assertThat(middle("in the ring")).isPositive();
        assertThat(last("in the ring")).isPositive();
        assertThat(first("in the ring")).isPositive();
        assertThat(last("in the ring")).isPositive();
        assertThat(first("in the ring")).isPositive();
        session.abort();
        untilState(SessionState.CLOSED);
        pump.settle();
        assertThat(session.metrics().sendsDiscarded()).isEqualTo(3);
        connection.untilEnded();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCloseInTheMiddleForGood(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        assertThat(first("cut")).isPositive();
        session.close(1001, "");
        assertThat(middle("x")).isEqualTo(SendResult.CLOSED);
        assertThat(last("x")).isEqualTo(SendResult.CLOSED);
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
        assertFrame(connection, FIRST_TEXT, "cut");
        assertThat(connection.readClose()).isEqualTo(1001);
        connection.writeHex("88 02 03e9");
        connection.close();
        untilHandlerSaw("state CLOSED");
        assertThat(session.metrics().sendsDiscarded()).isOne();
    }

    @Test
    void shouldDiscardThePartsBehindOurAnswerToAClose()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThat(first("a")).isPositive();
        assertFrame(connection, FIRST_TEXT, "a");
        connection.writeHex("88 02 03e8");
        assertThat(connection.readClose()).isEqualTo(1000);
        last("b"); // taken or not: the session may not know yet
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        connection.close();
        untilState(SessionState.BACKING_OFF);
        assertThat(session.metrics().sendsDiscarded()).isOne();
    }

    @Test
    void shouldKeepAMessageToTheThreadThatBeganIt()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThat(first("a")).isPositive();
        assertThat(CompletableFuture.supplyAsync(() -> middle("x")).join()).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(CompletableFuture.supplyAsync(() -> last("x")).join()).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(CompletableFuture.supplyAsync(() -> first("x")).join()).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(last("b")).isPositive();
        assertFrame(connection, FIRST_TEXT, "a");
        assertFrame(connection, LAST, "b");
    }

    @Test
    void shouldBeginBehindAnOpenClaimAndWhateverBecomesOfIt()
    {
        launch();
        final RawConnection connection = connectLive(config().buffers(new BufferPolicy().sendWindowLength(1024)));
        for (int i = 0; i < 100; i++) // many times the window
        {
            assertThat(session.tryClaim(Opcode.TEXT, 30, claim)).isPositive();
            assertThat(first("a")).isPositive();
            claim.abort();
            assertThat(last("b")).isPositive();
            assertFrame(connection, FIRST_TEXT, "a");
            assertFrame(connection, LAST, "b");
        }

        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isPositive();
        assertThat(first("a")).isPositive();
        claim.buffer().putByte(claim.offset(), (byte)'c');
        claim.commit();
        assertFrame(connection, WHOLE_TEXT, "c");
        assertFrame(connection, FIRST_TEXT, "a");
    }

    private void assertRefused()
    {
        assertThat(send("x")).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(first("x")).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(claim.buffer()).isNull();
        assertThat(session.request(1, buffer("x"), 0, 1, 1_000_000, (s, id, o, b, i, l, t) -> errors.add(
            new AssertionError("a refused request was answered")))).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(session.metrics().requestsInFlight()).isZero();
    }

    private static void assertFrame(final RawConnection connection, final int firstByte, final String text)
    {
        final RawConnection.Frame frame = connection.readFrame();
        assertThat(Integer.toHexString(frame.firstByte()) + ' ' + frame.text())
            .isEqualTo(Integer.toHexString(firstByte) + ' ' + text);
    }

    private long first(final String text)
    {
        final UnsafeBuffer buffer = buffer(text);
        return session.sendFirst(Opcode.TEXT, buffer, 0, buffer.capacity());
    }

    private long middle(final String text)
    {
        final UnsafeBuffer buffer = buffer(text);
        return session.sendMiddle(buffer, 0, buffer.capacity());
    }

    private long last(final String text)
    {
        final UnsafeBuffer buffer = buffer(text);
        return session.sendLast(buffer, 0, buffer.capacity());
    }
}
