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

import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.frame.MessageDeflater;
import io.ringwire.frame.MessageInflater;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * permessage-deflate through the public API. The venue's side is our own codec, which is held to zlib and to Netty's in
 * the tests of its package.
 */
class DeflateTest extends SystemTest
{
    private static final String ACCEPT = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final String TICK = "{\"channel\":\"ticker\",\"bid\":64211.5,\"ask\":64212.0}".repeat(6);
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+ *(.*)");
    private static final int CYCLES = 300;
    private static final long LEAK_LIMIT_BYTES = 16L * 1024 * 1024;

    private MessageDeflater venueDeflater;
    private MessageInflater venueInflater;

    @BeforeEach
    void makeCodec()
    {
        venueDeflater = new MessageDeflater(6, true, 15);
        venueInflater = new MessageInflater(1 << 24, true);
    }

    @AfterEach
    void closeCodec()
    {
        venueDeflater.close();
        venueInflater.close();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEchoWithContextTakeover(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectDeflated(config(), ACCEPT);
        for (int i = 0; i < 50; i++)
        {
            assertThat(send(TICK + i)).isPositive();
            final RawConnection.Frame frame = connection.readFrame();
            assertThat(frame.firstByte()).isEqualTo(0xC1);
            assertThat(frame.payload().length).isLessThan(i == 0 ? TICK.length() : 40);
            assertThat(inflate(frame.payload())).isEqualTo(TICK + i);

            final byte[] answer = deflate(TICK + i);
            connection.write(RawConnection.frame(0xC1, answer));
            untilHandlerSaw("text " + TICK + i);
        }

        pump.until("all counted", () -> session.metrics().inflateBytesOut() > 50L * TICK.length());
        final SessionMetrics metrics = session.metrics();
        assertThat(metrics.deflateBytesIn()).isEqualTo(metrics.inflateBytesOut());
        assertThat(metrics.deflateBytesOut()).isBetween(100L, 50L * 40 + TICK.length());
        assertThat(metrics.inflateBytesIn()).isBetween(100L, 50L * 40 + TICK.length());
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeFragmentsAndPlainMessagesInACompressedSession(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectDeflated(config(), ACCEPT);
        connection.writeHex("41 03 f248cd 89 01 70 80 04 c9c90700 81 02 6869 c1 05 f200110000 c1 01 00");
        pump.until("4 messages", () -> handler.count("text ") == 4);
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text ")))
            .containsExactly("text Hello", "text hi", "text Hello", "text ");
        assertThat(connection.readFrame().opcode()).isEqualTo(0xA);
    }

    @Test
    void shouldSendPlainWhatIsShortOrDoesNotGetShorter()
    {
        launch();
        final RawConnection connection = connectDeflated(config(), ACCEPT);
        send("short");
        assertThat(connection.readFrame().firstByte()).isEqualTo(0x81);
        send(TICK);
        assertThat(inflate(connection.readFrame().payload())).isEqualTo(TICK);

        final byte[] noise = noise(200_000);
        assertThat(send(noise)).isPositive();
        final RawConnection.Frame plain = connection.readFrame();
        assertThat(plain.firstByte()).isEqualTo(0x82);
        assertThat(plain.payload()).isEqualTo(noise);

        send(TICK);
        assertThat(inflate(connection.readFrame().payload())).as("forgets what it did not send").isEqualTo(TICK);
    }

    @Test
    void shouldHaveRoomForAWindowFullOfNoise()
    {
        launch();
        final RawConnection connection =
            connectDeflated(config().buffers(new BufferPolicy().sendWindowLength(64 * 1024)), ACCEPT);
        final byte[] noise = noise(300);
        int sent = 0;
        while (send(noise) > 0)
        {
            sent++;
        }

        assertThat(send(noise)).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(sent).isGreaterThan(100);
        for (int i = 0; i < sent; i++)
        {
            assertThat(connection.readFrame().payload()).isEqualTo(noise);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldStayPlainWhenDeclined(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectDeflated(config(), "");
        send(TICK);
        assertThat(connection.readFrame().firstByte()).isEqualTo(0x81);
        connection.writeHex("c1 07 f248cdc9c90700");
        assertThat(connection.readClose()).isEqualTo(1002);
        assertThat(session.metrics().deflateBytesIn()).isZero();
        connection.close();
    }

    @Test
    void shouldNotOfferByDefault()
    {
        launch();
        final RawConnection connection = connect(super.config().reconnect(ReconnectPolicy.never()));
        final String request = connection.upgradeWith(ACCEPT);
        assertThat(request).doesNotContain("sec-websocket-extensions");
        untilState(SessionState.FAILED);
        assertThat(handler.change(SessionState.FAILED).reason()).contains("not offered: permessage-deflate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "permessage-deflate; level=9 | unknown parameter level",
        "permessage-deflate; server_max_window_bits=16 | server_max_window_bits must be a number from 8 to 15: 16",
        "permessage-deflate, permessage-deflate | accepted twice",
        "x-webkit-deflate-frame | extension x-webkit-deflate-frame was not offered",
        "permessage-deflate; client_max_window_bits | client_max_window_bits has no value"})
    void shouldFailTheUpgradeOnAnAnswerThatIsNoAgreement(final String answer, final String reason)
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.upgradeWith("Sec-WebSocket-Extensions: " + answer + "\r\n");
        untilState(SessionState.FAILED);
        assertThat(handler.change(SessionState.FAILED).reason()).contains(reason, answer);
    }

    @Test
    void shouldReadSeveralHeadersAsOne()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.upgradeWith(ACCEPT + "Sec-WebSocket-Extensions: foo\r\n");
        untilState(SessionState.FAILED);
        assertThat(handler.change(SessionState.FAILED).reason()).contains("extension foo was not offered");
    }

    @Test
    void shouldOfferAndHoldToAllFourParameters()
    {
        launch();
        final SessionConfig config = config();
        config.deflate().clientNoContextTakeover(true).serverNoContextTakeover(true)
            .serverMaxWindowBits(10).clientMaxWindowBits(9);
        session = engine.connect(config);
        final RawConnection connection = venue.accept(pump);
        final String request = connection.upgradeWith("Sec-WebSocket-Extensions: permessage-deflate; " +
            "server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=8\r\n");
        assertThat(request).contains("sec-websocket-extensions: permessage-deflate; server_no_context_takeover; " +
            "client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=9\r\n");
        untilState(SessionState.LIVE);

        for (int i = 0; i < 3; i++)
        {
            send(TICK);
            final byte[] payload = connection.readFrame().payload();
            try (MessageInflater oneMessage = new MessageInflater(10_000, false))
            {
                venueInflater.close();
                venueInflater = oneMessage;
                assertThat(inflate(payload)).isEqualTo(TICK);
            }
        }

        connection.writeHex("c1 07 f248cdc9c90700 c1 05 f200110000");
        assertThat(connection.readClose()).as("looks back without takeover").isEqualTo(1007);
        untilHandlerSaw("error 1007 message does not inflate");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldStopABombWith1009(final ThreadingMode mode)
    {
        launch(mode);
        final SessionConfig config = config();
        config.deflate().maxInflatedLength(100_000);
        final RawConnection connection = connectDeflated(config, ACCEPT);
        connection.write(RawConnection.frame(0xC2, deflate("a".repeat(100_000))));
        connection.write(RawConnection.frame(0xC2, deflate("a".repeat(5_000_000))));
        assertThat(connection.readClose()).isEqualTo(1009);
        untilHandlerSaw("error 1009 message inflates to more than the limit");
        assertThat(handler.count("binary ")).isOne();
        connection.close();
    }

    @ParameterizedTest
    @CsvSource({"c1 01 ff, 1007", "c9 00, 1002", "c0 00, 1002", "41 04 4a04 0600, 1007"})
    void shouldCloseWithTheCodeOfTheRule(final String hex, final int code)
    {
        launch();
        final RawConnection connection = connectDeflated(config(), ACCEPT);
        connection.writeHex(hex);
        assertThat(connection.readClose()).isEqualTo(code);
        connection.close();
    }

    @Test
    void shouldLoseNothingWhenTheRingIsFull()
    {
        launch();
        final RawConnection connection = connectDeflated(
            config().buffers(new BufferPolicy().ringCapacity(4).arenaLength(1 << 16)).maxMessageLength(1 << 15),
            ACCEPT);
        for (int i = 0; i < 300; i++)
        {
            connection.write(RawConnection.frame(0xC1, deflate(TICK.repeat(i % 20) + i)));
        }

        pump.until("all there", () -> handler.count("text ") == 300);
        final List<String> texts = handler.log().stream().filter((entry) -> entry.startsWith("text ")).toList();
        for (int i = 0; i < 300; i++)
        {
            assertThat(texts.get(i)).isEqualTo("text " + TICK.repeat(i % 20) + i);
        }
        assertThat(session.metrics().pauses()).isPositive();
    }

    @Test
    void shouldBeginWithoutContextOnEachConnection()
    {
        launch();
        for (int i = 0; i < 3; i++)
        {
            final RawConnection connection = i == 0 ? connectDeflated(config(), ACCEPT) : acceptDeflated(ACCEPT);
            send(TICK);
            try (MessageInflater fresh = new MessageInflater(10_000, true))
            {
                venueInflater.close();
                venueInflater = fresh;
                assertThat(inflate(connection.readFrame().payload())).isEqualTo(TICK);
            }
            connection.writeHex("c1 07 f248cdc9c90700");
            final int count = i + 1;
            pump.until("hello", () -> handler.count("text Hello") == count);
            connection.close();
            passBackoff();
        }
    }

    /**
     * zlib's memory is outside of every pool that Java counts: what is not given back is seen in the process only. The
     * collector is not asked to help.
     */
    @Test
    void shouldGiveZlibsMemoryBackWithEachConnection() throws Exception
    {
        launch();
        session = engine.connect(config());
        cycle(20);
        final long before = nativeBytes();
        final long direct = Memory.directBytes();
        cycle(CYCLES);
        assertThat(Memory.directBytes()).isLessThanOrEqualTo(direct);
        assertThat(nativeBytes() - before).isLessThan(LEAK_LIMIT_BYTES);
    }

    @Test
    void shouldRefuseBadSettings()
    {
        launch();
        assertRefused(new DeflatePolicy().level(10), "deflate.level=10 must be from 0 to 9");
        assertRefused(new DeflatePolicy().minLength(-1), "deflate.minLength=-1");
        assertRefused(new DeflatePolicy().serverMaxWindowBits(7), "deflate.serverMaxWindowBits=7 must be from 8 to 15");
        assertRefused(new DeflatePolicy().clientMaxWindowBits(16), "deflate.clientMaxWindowBits=16");
        assertRefused(new DeflatePolicy().maxInflatedLength(-1), "deflate.maxInflatedLength=-1");
        assertRefused(new DeflatePolicy().maxInflatedLength(5 << 20), "deflate.maxInflatedLength=5242880 is over half");
        assertRefused(null, "deflate must not be null");
    }

    @Override
    SessionConfig config()
    {
        return super.config().deflate(new DeflatePolicy().enabled(true));
    }

    private void assertRefused(final DeflatePolicy policy, final String message)
    {
        assertThatThrownBy(() -> engine.connect(super.config().deflate(policy)))
            .hasMessageContaining(message);
    }

    private void cycle(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final RawConnection connection = acceptDeflated(ACCEPT);
            send(TICK);
            connection.readFrame();
            connection.reset();
            passBackoff();
        }
    }

    private RawConnection connectDeflated(final SessionConfig config, final String headers)
    {
        session = engine.connect(config);
        return acceptDeflated(headers);
    }

    private RawConnection acceptDeflated(final String headers)
    {
        final long before = handler.count("state LIVE");
        final RawConnection connection = venue.accept(pump);
        assertThat(connection.upgradeWith(headers))
            .contains("sec-websocket-extensions: permessage-deflate; client_max_window_bits");
        pump.until("live", () -> handler.count("state LIVE") > before);
        return connection;
    }

    private byte[] deflate(final String text)
    {
        final byte[] message = text.getBytes(StandardCharsets.UTF_8);
        final byte[] payload =
            new byte[venueDeflater.deflate(new UnsafeBuffer(message), 0, message.length, true)];
        venueDeflater.buffer().getBytes(0, payload);
        return payload;
    }

    private String inflate(final byte[] payload)
    {
        venueInflater.begin();
        venueInflater.inflate(new UnsafeBuffer(payload), 0, payload.length);
        final byte[] message = new byte[venueInflater.end()];
        venueInflater.buffer().getBytes(0, message);
        return new String(message, StandardCharsets.UTF_8);
    }

    private long send(final byte[] message)
    {
        return session.send(Opcode.BINARY, new UnsafeBuffer(message), 0, message.length);
    }

    private static byte[] noise(final int length)
    {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /**
     * What the process holds outside of files and of the Java heap, which lies below 32 GiB with compressed pointers.
     */
    private static long nativeBytes() throws IOException
    {
        long kilobytes = 0;
        boolean counted = false;
        for (final String line : Files.readAllLines(Path.of("/proc/self/smaps")))
        {
            final Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches())
            {
                counted = mapping.group(1).length() > 9 && !mapping.group(2).startsWith("/");
            }
            else if (counted && line.startsWith("Rss:"))
            {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }

        return kilobytes * 1024;
    }
}
