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
import io.ringwire.api.SessionLatency;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the time of a message goes, by a clock that only handlers move.
 */
class StageLatencyTest extends SystemTest
{
    private static final long MS = 1_000_000;

    @Test
    void shouldShowTheTimeThatAHandlerTakes()
    {
        launch();
        final RawConnection connection = connectLive(taking(5));
        connection.writeText("a");
        untilHandlerSaw("text a");
        final SessionLatency latency = session.latency();
        assertThat(latency.handler().count()).isOne();
        assertThat(latency.handler().last()).isEqualTo(5 * MS);
        assertThat(latency.handler().p50()).isBetween(5 * MS, 5 * MS + 5 * MS / 100);
        assertThat(latency.readToHandler().count()).isOne();
        assertThat(latency.readToHandler().max()).isZero();
        assertThat(latency.readToDecoded().count()).isOne();
        assertThat(latency.decodedToHandler().max()).isZero();
    }

    @Test
    void shouldShowHowLongAMessageLayInTheRingBehindASlowOne()
    {
        launch();
        final RawConnection connection = connectLive(taking(5));
        connection.write("\u0081\u0001a\u0081\u0001b");
        untilHandlerSaw("text b");
        final SessionLatency latency = session.latency();
        assertThat(latency.readToDecoded().count()).isEqualTo(2);
        assertThat(latency.readToDecoded().max()).isZero();
        assertThat(latency.decodedToHandler().count()).isEqualTo(2);
        assertThat(latency.decodedToHandler().last()).isEqualTo(5 * MS);
        assertThat(latency.readToHandler().last()).isEqualTo(5 * MS);
        assertThat(latency.handler().count()).isEqualTo(2);
        assertThat(latency.handler().p50()).isGreaterThanOrEqualTo(5 * MS);
    }

    @Test
    void shouldShowHowLongAMessageWaitedForRoomAsDecoding()
    {
        launch();
        final RawConnection connection =
            connectLive(taking(5).buffers(new BufferPolicy().ringCapacity(4)));
        connection.write("\u0081\u0001a\u0081\u0001b\u0081\u0001c\u0081\u0001d\u0081\u0001e");
        untilHandlerSaw("text e");
        assertThat(session.metrics().pauses()).isOne();
        final SessionLatency latency = session.latency();
        assertThat(latency.readToDecoded().count()).isEqualTo(5);
        assertThat(latency.readToDecoded().p50()).isZero();
        assertThat(latency.readToDecoded().last()).isEqualTo(20 * MS);
        assertThat(latency.decodedToHandler().last()).isZero();
        assertThat(latency.readToHandler().last()).isEqualTo(20 * MS);
    }

    /**
     * The first and the last have readings of their own; what is between them shares one, until a call was long.
     */
    @Test
    void shouldGiveMessagesThatShareAReadingTheirMean()
    {
        launch();
        final int[] calls = {0};
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                clock.advanceNs(calls[0]++ == 3 ? 800 : 0);
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            }));
        connection.write("\u0081\u0001x".repeat(40) + "\u0081\u0001y");
        untilHandlerSaw("text y");
        final SessionLatency.Percentiles handling = session.latency().handler();
        assertThat(handling.count()).isEqualTo(41);
        assertThat(handling.max()).as("800 ns over sixteen").isEqualTo(50);
        assertThat(handling.p50()).isZero();
    }

    @Test
    void shouldTimeEachCallOfAHandlerThatIsSlow()
    {
        launch();
        final int[] calls = {0};
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                clock.advanceMs(calls[0]++);
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            }));
        connection.write("\u0081\u0001x".repeat(21) + "\u0081\u0001y");
        untilHandlerSaw("text y");
        assertThat(session.latency().handler().count()).isEqualTo(22);
        assertThat(session.latency().handler().last()).isEqualTo(21 * MS);
        assertThat(session.latency().handler().p90()).isBetween(19 * MS, 20 * MS);
    }

    @Test
    void shouldTimeTheHandlerOfAReply()
    {
        launch();
        final RawConnection connection = connectLive(config().dialect(new JsonRpcDialect()));
        final UnsafeBuffer request = buffer("{\"id\":1}");
        session.request(1, request, 0, request.capacity(), Long.MAX_VALUE,
            (s, id, end, buffer, offset, length, rttNs) -> clock.advanceMs(7));
        connection.readFrame();
        clock.advanceMs(2);
        connection.writeText("{\"id\":1,\"result\":1}");
        pump.until("replied", () -> session.metrics().replies() == 1);
        assertThat(session.latency().requestRtt().last()).isEqualTo(2 * MS);
        assertThat(session.latency().handler().count()).isOne();
        assertThat(session.latency().handler().last()).isEqualTo(7 * MS);
        assertThat(session.latency().readToHandler().count()).isZero();
    }

    @Test
    void shouldTimeAHandlerThatThrows()
    {
        launch();
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                clock.advanceMs(5);
                throw new IllegalStateException("the user's");
            }));
        connection.writeText("a");
        pump.until("thrown", () -> session.metrics().handlerErrors() == 1);
        assertThat(session.latency().handler().last()).isEqualTo(5 * MS);
        assertThat(errors).hasSize(1);
        errors.clear();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRecordEachMessageOnceInEachStageItPasses(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        for (int i = 0; i < 30; i++)
        {
            connection.write("\u0081\u0001x".repeat(i));
        }

        connection.writeText("last");
        untilHandlerSaw("text last");
        final long messages = 30 * 29 / 2 + 1;
        pump.until("all timed", () -> session.latency().handler().count() == messages);
        final long hops = mode == ThreadingMode.INLINE ? 0 : messages;
        final SessionLatency latency = session.latency();
        assertThat(latency.readToHandler().count()).isEqualTo(messages);
        assertThat(latency.readToDecoded().count()).isEqualTo(hops);
        assertThat(latency.decodedToHandler().count()).isEqualTo(hops);
    }

    private SessionConfig taking(final long ms)
    {
        final MessageHandler slow = (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            clock.advanceMs(ms);
            handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        };
        return config().messageHandler(slow);
    }
}
