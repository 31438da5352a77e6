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

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A handler that is held while more comes than its ring takes, under each policy.
 */
class FullRingTest extends SystemTest
{
    private static final int MESSAGES = 3000;

    private final CountDownLatch held = new CountDownLatch(1);

    static List<Transport> transports()
    {
        return Transports.available();
    }

    @AfterEach
    void letGo()
    {
        held.countDown();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldLoseNothingWhileReadingIsStopped(final Transport transport) throws Exception
    {
        launch(context(ThreadingMode.DEDICATED).transport(transport));
        final RawConnection connection = connectLive(held(BackpressurePolicy.STOP_READING, 16));
        final Thread writer = new Thread(() ->
        {
            for (int i = 0; i < MESSAGES; i++)
            {
                writeNumbered(connection, i);
            }
        });
        writer.start();
        pump.until("paused", () -> session.metrics().pauses() > 0);
        held.countDown();
        untilHandlerSaw("text " + numbered(MESSAGES - 1)); // a message counts as delivered before its handler is done
        writer.join();
        assertThat(session.metrics().messagesDelivered()).isEqualTo(MESSAGES);
        final List<String> messages = handler.log().stream().filter((entry) -> entry.startsWith("text ")).toList();
        for (int i = 0; i < MESSAGES; i++)
        {
            assertThat(messages.get(i)).isEqualTo("text " + numbered(i));
        }

        assertThat(session.metrics().messagesDropped()).isZero();
        connection.write(RawConnection.frame(0x89, new byte[] {'p'}));
        assertThat(connection.readFrame().text()).isEqualTo("p");
    }

    @Test
    void shouldDeliverWhatWasReadBeforeThePeerEnded()
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(held(BackpressurePolicy.STOP_READING, 16));
        for (int i = 0; i < 50; i++)
        {
            writeNumbered(connection, i);
        }

        pump.until("paused", () -> session.metrics().pauses() > 0);
        connection.close();
        held.countDown();
        untilHandlerSaw("closed 1006");
        assertThat(handler.count("text ")).isEqualTo(50);
    }

    @Test
    void shouldTellHowManyWereDroppedAndWhere()
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(held(BackpressurePolicy.DROP_NEWEST, 8));
        for (int i = 0; i < 100; i++)
        {
            if (i % 3 == 0)
            {
                connection.write(RawConnection.frame(0x01, (i + "-").getBytes(StandardCharsets.US_ASCII)));
                connection.write(RawConnection.frame(0x80, numbered(i).getBytes(StandardCharsets.US_ASCII)));
            }
            else
            {
                connection.writeText(i + "-" + numbered(i));
            }
        }

        connection.write(RawConnection.frame(0x89, new byte[] {'e'}));
        assertThat(connection.readFrame().text()).isEqualTo("e");
        final long dropped = session.metrics().messagesDropped();
        assertThat(dropped).isGreaterThan(80);
        held.countDown();
        untilHandlerSaw("gap ");
        connection.writeText("100-last");
        untilHandlerSaw("text 100-last");
        int expected = 0;
        for (final String entry : handler.log())
        {
            if (entry.startsWith("gap "))
            {
                expected += Integer.parseInt(entry.substring(4));
            }
            else if (entry.startsWith("text "))
            {
                assertThat(entry).startsWith("text " + expected++ + "-");
            }
        }

        assertThat(expected).isEqualTo(101);
        assertThat(handler.count("text ")).isEqualTo(101 - dropped);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFailTheConnectionWithAPolicyViolation(final boolean fragmented)
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(
            held(BackpressurePolicy.FAIL, 8).reconnect(new ReconnectPolicy().baseNs(1)));
        for (int i = 0; i < 20; i++)
        {
            connection.write(RawConnection.frame(fragmented ? 0x01 : 0x81, new byte[] {'a'}));
            if (fragmented)
            {
                connection.write(RawConnection.frame(0x80, new byte[] {'b'}));
            }
        }

        assertThat(connection.readClose()).isEqualTo(1008);
        connection.close();
        final RawConnection next = venue.accept(pump);
        next.upgrade();
        held.countDown();
        pump.until("live again", () -> handler.count("state LIVE") == 2);
        assertThat(handler.count("closed 1008")).isOne();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        next.writeText("fresh");
        untilHandlerSaw("text fresh");
        assertThat(session.metrics().messagesDropped()).isEqualTo(20 + 1 - handler.count("text ")).isPositive();
    }

    @Test
    void shouldNotEndTheRequestsOfTheNextConnectionWithTheLast()
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(held(BackpressurePolicy.DROP_NEWEST, 4)
            .dialect(new JsonRpcDialect()).reconnect(new ReconnectPolicy().baseNs(1)));
        for (int i = 0; i < 20; i++)
        {
            connection.writeText("x");
        }

        connection.close();
        final RawConnection next = venue.accept(pump);
        next.upgrade();
        untilState(SessionState.LIVE);
        final AtomicReference<String> outcome = new AtomicReference<>();
        final UnsafeBuffer request = buffer("{\"id\":1}");
        final long result = session.request(1, request, 0, request.capacity(), Long.MAX_VALUE,
            (s, id, end, buffer, offset, length, rttNs) -> outcome.set(end.name()));
        assertThat(result).isPositive();
        assertThat(next.readFrame().text()).isEqualTo("{\"id\":1}");
        held.countDown();
        pump.until("live again", () -> handler.count("state LIVE") == 2);
        pump.settle();
        assertThat(outcome.get()).isNull();
        next.writeText("{\"id\":1,\"result\":1}");
        pump.until("reply", () -> outcome.get() != null);
        assertThat(outcome.get()).isEqualTo("REPLY");
    }

    @Test
    void shouldSkipAllButTheNewestButNoReplyAndNoEvent()
    {
        final AtomicInteger replies = new AtomicInteger();
        launch();
        final RawConnection connection = connectLive(config()
            .dialect(new JsonRpcDialect())
            .messageHandler((s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
                if (handler.count("text ") == 1)
                {
                    handler.log().add("skips " + s.skipBehind(2));
                }
            }));
        final UnsafeBuffer request = buffer("{\"id\":1}");
        session.request(1, request, 0, request.capacity(), Long.MAX_VALUE,
            (s, id, end, buffer, offset, length, rttNs) -> replies.incrementAndGet());
        connection.readFrame();
        final StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 10; i++)
        {
            batch.append("\u0081\u0001").append(i);
            if (i == 4)
            {
                batch.append("\u0081\u0013{\"id\":1,\"result\":1}");
            }
        }

        connection.write(batch.toString());
        untilHandlerSaw("text 9");
        assertThat(handler.log()).endsWith("text 0", "skips 8", "text 8", "text 9");
        assertThat(replies).hasValue(1);
        assertThat(session.metrics().messagesSkipped()).isEqualTo(7);
        assertThatThrownBy(() -> session.skipBehind(0)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,4,3,false", "2,3,2,false", "9,0,0,false", "-1,6,4,false", "1,4,3,true"})
    void shouldKeepTheNewestMessagesWhateverStandsBehindThem(
        final long newest, final long entries, final int skipped, final boolean eventLast)
    {
        launch();
        final RawConnection connection = connectLive(config()
            .dialect(new JsonRpcDialect())
            .reconnect(ReconnectPolicy.never())
            .messageHandler((s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
                if (handler.count("text ") == 1)
                {
                    handler.log().add("skips " + s.skipBehind(newest));
                }
            }));
        connection.write("\u0081\u00010\u0081\u00011\u0081\u00012\u0081\u0008{\"id\":1}\u0081\u00013\u0081\u00014" +
            (eventLast ? "\u0083\u0000" : "\u0081\u0008{\"id\":2}"));
        pump.until("the handler saw the last", () -> handler.count(eventLast ? "error " : "text {\"id\":2") > 0);
        pump.settle();
        assertThat(handler.log()).contains("skips " + entries);
        assertThat(session.metrics().messagesSkipped()).isEqualTo(skipped);
        assertThat(handler.log().contains("text 4")).isEqualTo(newest > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVOKER", "INLINE", "DEDICATED"})
    void shouldSayEndOfBatchUnlessAnotherMessageFollows(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                handler.log().add(buffer.getStringWithoutLengthAscii(offset, length) + " " + endOfBatch)));
        connection.write("\u0081\u0001a\u0081\u0001b\u0089\u0000\u0081\u0001c");
        untilHandlerSaw("c true");
        assertThat(handler.log()).contains("a false").containsAnyOf("b true", "b false");
    }

    private SessionConfig held(final BackpressurePolicy policy, final int ringCapacity)
    {
        return config()
            .backpressure(policy)
            .buffers(new BufferPolicy().ringCapacity(ringCapacity).arenaLength(16 * 1024))
            .maxMessageLength(8 * 1024)
            .messageHandler(new HeldHandler(held, handler));
    }

    private static void writeNumbered(final RawConnection connection, final int i)
    {
        final byte[] bytes = numbered(i).getBytes(StandardCharsets.US_ASCII);
        if (i % 7 == 0)
        {
            final int half = bytes.length / 2;
            connection.write(RawConnection.frame(0x01, Arrays.copyOf(bytes, half)));
            connection.write(RawConnection.frame(0x80, Arrays.copyOfRange(bytes, half, bytes.length)));
        }
        else
        {
            connection.write(RawConnection.frame(0x81, bytes));
        }
    }

    /**
     * A message whose length varies up to the limit.
     */
    private static String numbered(final int i)
    {
        return (i + ",").repeat(i % 50 == 0 ? 1500 : i % 20 * 10);
    }
}
