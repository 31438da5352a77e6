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
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.frame.MessageDeflater;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compression where it meets the rest: the bytes behind the 101, redirects and reconnects, a ring that is full.
 */
class DeflateSeamsTest extends SystemTest
{
    private static final String ACCEPT = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    private final MessageDeflater deflater = new MessageDeflater(6, true, 15);
    private final CountDownLatch held = new CountDownLatch(1);

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @AfterEach
    void letGo()
    {
        held.countDown();
        deflater.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTakeCompressedMessagesSplitAnywhereBetweenTheSegmentOfThe101AndTheNext(
        final Transport transport, final ThreadingMode mode)
    {
        final byte[] frames = HexFormat.of().parseHex(
            "4103f248cd" + "890170" + "8004c9c90700" + "c105f200110000" + "81026869");
        launch(context(mode).transport(transport));
        session = engine.connect(reconnecting(mode));
        for (int split = 0; split <= frames.length; split++)
        {
            final RawConnection connection = venue.accept(pump);
            connection.upgradeWith(ACCEPT, Arrays.copyOf(frames, split));
            pump.turn();
            connection.write(Arrays.copyOfRange(frames, split, frames.length));
            final int connections = split + 1;
            pump.until("the last message", () -> handler.count("text hi") == connections);
            assertThat(handler.count("text Hello")).isEqualTo(2L * connections);
            connection.close();
            passBackoff(mode);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAgreeAnewOnEachConnectionAndBehindEachRedirect(final ThreadingMode mode)
    {
        launch(mode);
        final String tick = "tick,".repeat(100);
        final SessionConfig config = reconnecting(mode);
        config.upgrade().maxRedirects(1);
        session = engine.connect(config);
        for (int i = 0; i < 4; i++)
        {
            final boolean compressed = i % 2 == 0;
            RawConnection connection = venue.accept(pump);
            if (i > 1)
            {
                connection.readRequest();
                connection.write("HTTP/1.1 302 Found\r\n" + ACCEPT + "Location: /x\r\nContent-Length: 0\r\n\r\n");
                connection = venue.accept(pump);
            }

            assertThat(connection.upgradeWith(compressed ? ACCEPT : "")).contains("permessage-deflate");
            final int epoch = i + 1;
            pump.until("live", () -> handler.count("state LIVE") == epoch);
            pump.until("sent", () -> send(tick) > 0);
            assertThat(connection.readFrame().firstByte()).isEqualTo(compressed ? 0xC1 : 0x81);
            connection.writeHex(compressed ? "c1 07 f248cdc9c90700" : "81 05 48656c6c6f");
            pump.until("received", () -> handler.count("text Hello") == epoch);
            connection.close();
            passBackoff(mode);
        }
    }

    @Test
    void shouldTellHowManyCompressedMessagesWereDroppedAndWhere()
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectHeld(BackpressurePolicy.DROP_NEWEST);
        for (int i = 0; i < 100; i++)
        {
            writeInParts(connection, i);
        }

        connection.write(RawConnection.frame(0x89, new byte[] {'e'}));
        pump.until("pongs", () -> connection.readFrame().text().equals("e"));
        final long dropped = session.metrics().messagesDropped();
        assertThat(dropped).isGreaterThan(80);
        held.countDown();
        untilHandlerSaw("gap ");
        writeInParts(connection, 100);
        untilHandlerSaw("text 100-");
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
        assertThat(session.metrics().messagesReceived()).isEqualTo(101 - dropped);
    }

    @Test
    void shouldLoseNoCompressedMessageWhileReadingIsStopped()
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectHeld(BackpressurePolicy.STOP_READING);
        for (int i = 0; i < 60; i++)
        {
            writeInParts(connection, i);
        }

        pump.until("paused", () -> session.metrics().pauses() > 0);
        held.countDown();
        untilHandlerSaw("text " + numbered(59));
        final List<String> texts = handler.log().stream().filter((entry) -> entry.startsWith("text ")).toList();
        for (int i = 0; i < 60; i++)
        {
            assertThat(texts.get(i)).isEqualTo("text " + numbered(i));
        }
    }

    private SessionConfig reconnecting(final ThreadingMode mode)
    {
        return config().deflate(new DeflatePolicy().enabled(true)).reconnect(
            mode == ThreadingMode.INVOKER ? new ReconnectPolicy() : new ReconnectPolicy().baseNs(1).capNs(1));
    }

    private void passBackoff(final ThreadingMode mode)
    {
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }
    }

    private RawConnection connectHeld(final BackpressurePolicy policy)
    {
        session = engine.connect(config().deflate(new DeflatePolicy().enabled(true))
            .backpressure(policy)
            .buffers(new BufferPolicy().ringCapacity(8).arenaLength(16 * 1024)).maxMessageLength(8 * 1024)
            .messageHandler(new HeldHandler(held, handler)));
        final RawConnection connection = venue.accept(pump);
        connection.upgradeWith(ACCEPT);
        untilHandlerSaw("state LIVE");
        return connection;
    }

    /**
     * A compressed message in three frames, the last of them empty, with a ping between.
     */
    private void writeInParts(final RawConnection connection, final int number)
    {
        final byte[] message = numbered(number).getBytes(StandardCharsets.US_ASCII);
        final byte[] payload = new byte[deflater.deflate(new UnsafeBuffer(message), 0, message.length, true)];
        deflater.buffer().getBytes(0, payload);
        connection.write(RawConnection.frame(0x41, Arrays.copyOf(payload, 1)));
        connection.write(RawConnection.frame(0x89, new byte[0]));
        connection.write(RawConnection.frame(0x00, Arrays.copyOfRange(payload, 1, payload.length)));
        connection.write(RawConnection.frame(0x80, new byte[0]));
    }

    private static String numbered(final int number)
    {
        return number + "-" + "x".repeat(number * 7 % 300);
    }
}
