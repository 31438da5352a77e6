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

import io.ringwire.Seed;
import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate in front of the wire, and what gets by it.
 */
class RateLimitTest extends SystemTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MAX = 5;
    private static final int PING = 9;
    private static final int PONG = 10;

    /**
     * FT16, V1: a venue that counts pings and pongs, floods us with them, and wants each answered.
     */
    @Test
    void shouldNeverLetMoreThanFiveFramesOntoTheWireInAnySecond()
    {
        final SplittableRandom random = Seed.random(RateLimitTest.class);
        launch();
        final RawConnection connection = connectLive(limited(binance())
            .heartbeat(new HeartbeatPolicy().intervalNs(3 * SECOND_NS).timeoutNs(100 * SECOND_NS)));
        final List<Sent> sent = new ArrayList<>();
        int accepted = 0;
        int pings = 0;
        for (int step = 0; step < 400; step++)
        {
            for (int i = random.nextInt(4); i > 0; i--)
            {
                final long result = send("message " + step);
                assertThat(result).isNotZero();
                accepted += result > 0 ? 1 : 0;
            }

            for (int i = random.nextInt(8) == 0 ? 4 : random.nextInt(2); i > 0; i--)
            {
                connection.write(RawConnection.frame(0x89, new byte[]{ (byte)++pings, (byte)(pings >> 8) }));
            }

            untilPingsReceived(pings);
            readSent(connection, sent);
            clock.advanceMs(random.nextInt(6) == 0 ? 1000 : random.nextInt(1, 200));
        }

        for (int i = 0; i < 10; i++)
        {
            clock.advanceMs(500);
            pump.settle();
            readSent(connection, sent);
        }

        assertThat(sent.stream().filter((frame) -> frame.opcode == Opcode.TEXT)).hasSize(accepted).isNotEmpty();
        assertThat(sent.stream().filter((frame) -> frame.opcode == PING)).isNotEmpty();
        assertThat(last(sent, PONG).payload).containsExactly(pings, pings >> 8);
        assertThat(mostInAnySecond(sent)).isEqualTo(MAX);
    }

    @Test
    void shouldLetAMessagePassExactlyAtTheTimeItSays()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().window("w", MAX, SECOND_NS).bucket("b", 3, 10, SECOND_NS)));
        final UnsafeBuffer message = buffer("message");
        int refused = 0;
        for (int i = 0; i < 100; i++)
        {
            final long earliestNs = session.rateLimits().earliestNs(message, 0, message.capacity());
            assertThat(session.rateLimits().delayNs(message, 0, message.capacity()))
                .isEqualTo(earliestNs - clock.nanoTime());
            if (earliestNs > clock.nanoTime())
            {
                clock.advanceNs(earliestNs - clock.nanoTime() - 1);
                assertThat(send("message")).isEqualTo(SendResult.RATE_LIMITED);
                clock.advanceNs(1);
                refused++;
            }

            assertThat(send("message")).isPositive();
            clock.advanceMs(13);
            pump.turn();
        }

        assertThat(session.metrics().rateLimited()).isEqualTo(refused).isPositive();
        assertThat(SendResult.name(SendResult.RATE_LIMITED)).isEqualTo("RATE_LIMITED");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRefuseByTheCostOfTheMethodAndSendNothing(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(limited(new RateLimitPolicy()
            .bucket("b", 10, 1, 3600 * SECOND_NS).cost("subscribe", "b", 6).cost("cancel", "b", 0)));
        assertThat(send("subscribe 1")).isPositive();
        assertThat(send("subscribe 2")).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(session.rateLimits().available("b")).isEqualTo(4);
        assertThat(session.rateLimits().tryAcquire("buy")).isTrue();
        for (int i = 0; i < 3; i++)
        {
            assertThat(send("buy " + i)).isPositive();
        }

        assertThat(send("buy 3")).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(session.rateLimits().tryAcquire("buy")).isFalse();
        assertThat(send("cancel 1")).isPositive();
        for (final String expected : new String[]{ "subscribe 1", "buy 0", "buy 1", "buy 2", "cancel 1" })
        {
            assertThat(connection.readFrame().text()).isEqualTo(expected);
        }

        assertThat(session.metrics().rateLimited()).isEqualTo(2);
        assertThat(session.rateLimits().tokensLost()).isZero();
    }

    @Test
    void shouldLeaveNoRequestBehindThatWasRefused()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().window("w", 1, SECOND_NS)));
        final UnsafeBuffer message = buffer("request");
        final List<String> endings = new ArrayList<>();
        for (int id = 1; id <= 2; id++)
        {
            final long result = session.request(
                id, message, 0, message.capacity(), SECOND_NS,
                (session, correlationId, outcome, buffer, offset, length, elapsedNs) ->
                    endings.add(correlationId + " " + outcome));
            assertThat(result > 0 ? 1 : result).isEqualTo(id == 1 ? 1 : SendResult.RATE_LIMITED);
        }

        assertThat(session.metrics().requestsInFlight()).isOne();
        clock.advanceMs(2000);
        pump.until("the first ends", () -> session.metrics().requestsInFlight() == 0);
        assertThat(endings).containsExactly("1 TIMED_OUT");
    }

    @Test
    void shouldTakeTheTokensOfAMessageInPartsOnce()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().window("w", 3, SECOND_NS).cost("long", "w", 2)));
        final UnsafeBuffer part = buffer("long ");
        assertThat(session.sendFirst(Opcode.TEXT, part, 0, 5)).isPositive();
        assertThat(session.sendMiddle(part, 0, 5)).isPositive();
        assertThat(session.sendLast(part, 0, 5)).isPositive();
        assertThat(session.rateLimits().available("w")).isOne();
        assertThat(session.sendFirst(Opcode.TEXT, part, 0, 5)).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(session.sendLast(part, 0, 5)).isEqualTo(SendResult.NO_MESSAGE);
        assertThat(send("short")).as("no message is open").isPositive();
    }

    @Test
    void shouldTakeTheCostOfAClaimWhenItIsMade()
    {
        launch();
        final RawConnection connection = connectLive(limited(new RateLimitPolicy()
            .window("claims", 2, SECOND_NS).window("orders", 9, SECOND_NS).claimCost("orders", 0)));
        final MessageClaim claim = new MessageClaim();
        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isPositive();
        claim.abort();
        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isPositive();
        claim.buffer().putByte(claim.offset(), (byte)'x');
        claim.commit();
        assertThat(session.rateLimits().available("orders")).isEqualTo(9);
        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(claim.buffer()).isNull();
        assertThat(connection.readFrame().text()).isEqualTo("x");
        assertThat(session.metrics().rateLimited()).isOne();
    }

    @Test
    void shouldKeepTheTokensOfAMessageThatFindsNoRoom()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().window("w", MAX, SECOND_NS))
            .buffers(new BufferPolicy().sendWindowLength(1024)));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[700]);
        assertThat(session.send(Opcode.BINARY, message, 0, 700)).isPositive();
        for (int i = 0; i < 10; i++)
        {
            assertThat(session.send(Opcode.BINARY, message, 0, 700)).isEqualTo(SendResult.BACK_PRESSURED);
            assertThat(session.sendFirst(Opcode.BINARY, message, 0, 700)).isEqualTo(SendResult.BACK_PRESSURED);
            assertThat(session.tryClaim(Opcode.BINARY, 700, new MessageClaim())).isEqualTo(SendResult.BACK_PRESSURED);
        }

        assertThat(session.rateLimits().available("w")).isEqualTo(MAX - 1);
        assertThat(session.metrics().rateLimited()).isZero();
    }

    /**
     * V2.
     */
    @Test
    void shouldWaitAfterTheVenueComplained()
    {
        launch();
        final RawConnection connection = connectLive(limited(binance()));
        connection.writeText("too many");
        untilHandlerSaw("text too many");
        assertThat(session.metrics().rateLimitBreaches()).isOne();
        assertThat(send("message")).isEqualTo(SendResult.RATE_LIMITED);
        connection.write(RawConnection.frame(0x89, new byte[0]));
        assertThat(connection.readFrame().opcode()).as("pings are answered").isEqualTo(PONG);
        clock.advanceNs(SECOND_NS);
        assertThat(send("message")).isPositive();
    }

    @Test
    void shouldHearAComplaintOnceThatHasToWaitForRoom()
    {
        launch(ThreadingMode.DEDICATED);
        final CountDownLatch held = new CountDownLatch(1);
        final RawConnection connection = connectLive(limited(binance())
            .messageHandler(new HeldHandler(held, handler)).buffers(new BufferPolicy().ringCapacity(4)));
        connection.writeText("held");
        for (int i = 0; i < 10; i++)
        {
            connection.writeText("too many");
        }

        pump.until("the ring is full", () -> session.metrics().pauses() > 0);
        pump.settle();
        held.countDown();
        pump.until("all are read", () -> session.metrics().messagesDelivered() == 11);
        assertThat(session.metrics().rateLimitBreaches()).isEqualTo(10);
    }

    @Test
    @DisplayName("W32: limits answer after the end")
    void shouldCloseWithoutATokenAndAnswerAfterTheEnd()
    {
        launch();
        final RawConnection connection = connectLive(limited(new RateLimitPolicy()
            .window("w", 1, SECOND_NS).controlFrameCost("w", 1)));
        assertThat(send("message")).isPositive();
        connection.write(RawConnection.frame(0x89, new byte[0]));
        untilPingsReceived(1);
        session.close();
        assertThat(connection.readFrame().text()).isEqualTo("message");
        assertThat(connection.readClose()).isEqualTo(1000);
        session.abort();
        engine.close();
        assertThat(session.rateLimits().available("w")).as("W32").isZero();
        assertThat(session.rateLimits().tryAcquire("message")).isFalse();
        clock.advanceNs(SECOND_NS);
        assertThat(session.rateLimits().tryAcquire("message")).isTrue();
    }

    @Test
    void shouldNotFillTheBucketsByAReconnect()
    {
        launch();
        final RawConnection connection = connectLive(limited(new RateLimitPolicy().window("w", 2, 3600 * SECOND_NS)));
        assertThat(send("one")).isPositive();
        connection.close();
        passBackoff();
        acceptLive();
        assertThat(send("two")).isPositive();
        assertThat(send("three")).isEqualTo(SendResult.RATE_LIMITED);
    }

    private SessionConfig limited(final RateLimitPolicy policy)
    {
        return config().limits(policy).dialect(new WordDialect()).heartbeat(new HeartbeatPolicy().intervalNs(0));
    }

    private static RateLimitPolicy binance()
    {
        return new RateLimitPolicy().window("messages", MAX, SECOND_NS).reserve("messages", 2)
            .controlFrameCost("messages", 1);
    }

    private void untilPingsReceived(final int pings)
    {
        pump.until("pings", () -> session.metrics().pingsReceived() == pings);
        pump.turn();
        pump.turn();
    }

    /**
     * All frames that were sent at this moment, and none is read later.
     */
    private void readSent(final RawConnection connection, final List<Sent> sent)
    {
        final long nowNs = clock.nanoTime();
        while (sent.size() < session.metrics().framesSent())
        {
            final RawConnection.Frame frame = connection.readFrame();
            sent.add(new Sent(nowNs, frame.opcode(), frame.payload()));
        }
    }

    private static Sent last(final List<Sent> sent, final int opcode)
    {
        return sent.stream().filter((frame) -> frame.opcode == opcode).reduce((first, second) -> second).orElseThrow();
    }

    private static long mostInAnySecond(final List<Sent> sent)
    {
        return sent.stream().mapToLong((first) -> sent.stream()
            .filter((frame) -> frame.timeNs >= first.timeNs && frame.timeNs < first.timeNs + SECOND_NS).count())
            .max().orElseThrow();
    }

    private record Sent(long timeNs, int opcode, byte[] payload)
    {
    }

    /**
     * The method is the first word; "too many" is the venue's complaint.
     */
    private static final class WordDialect implements Dialect
    {
        @Override
        public void classify(
            final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
        {
            if (buffer.getStringWithoutLengthAscii(offset, length).equals("too many"))
            {
                verdict.kind(MessageKind.DATA).rateLimited(true);
            }
        }

        @Override
        public long methodOf(final DirectBuffer buffer, final int offset, final int length)
        {
            int end = offset;
            while (end < offset + length && buffer.getByte(end) != ' ')
            {
                end++;
            }

            return (long)offset << Integer.SIZE | end - offset;
        }
    }
}
