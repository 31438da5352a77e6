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
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records of TLS between the handshake and the end, both ways, with each provider and version.
 */
class TlsDataTest extends TlsTest
{
    private static final int MESSAGES = 60;
    private static final int MAX_LENGTH = 100_000;

    private final CountDownLatch held = new CountDownLatch(1);
    private TlsRelay relay;

    static List<Arguments> all()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final TlsProvider provider : PROVIDERS)
        {
            PROTOCOLS.forEach((protocol) -> all.add(Arguments.of(provider, protocol)));
        }

        return all;
    }

    @AfterEach
    void closeRelay()
    {
        held.countDown();
        if (engine != null)
        {
            engine.close();
        }

        relay.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldMoveMessagesOfEveryLengthBothWays(final TlsProvider provider, final String protocol) throws Exception
    {
        final SplittableRandom random = Seed.random(TlsDataTest.class);
        launch(random.nextBoolean() ? ThreadingMode.DEDICATED : ThreadingMode.INLINE);
        final RawConnection connection = connectLive(relayed(provider, protocol));
        for (int i = 0; i < MESSAGES; i++)
        {
            final String text = text(random, i);
            connection.writeText(text);
            untilHandlerSaw("text " + text);
            handler.log().clear();
            assertThat(send(text)).isPositive();
            assertThat(connection.readFrame().text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldLoseNothingWhileTheRingIsFull(final TlsProvider provider, final String protocol) throws Exception
    {
        final SplittableRandom random = Seed.random(TlsDataTest.class);
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(relayed(provider, protocol)
            .buffers(new BufferPolicy().ringCapacity(16).arenaLength(16 * 1024)).maxMessageLength(8 * 1024)
            .messageHandler(new HeldHandler(held, handler)));
        final List<String> expected = new ArrayList<>();
        final StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 2000; i++)
        {
            final String text = i + "-" + "x".repeat(random.nextInt(100));
            expected.add("text " + text);
            batch.append(new String(RawConnection.frame(0x81, text.getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.ISO_8859_1));
        }

        connection.write(batch.toString());
        pump.until("paused", () -> session.metrics().pauses() > 0);
        assertThat(send("while paused")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("while paused");
        held.countDown();
        pump.until("all are there", () -> handler.count("text ") == expected.size());
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text ")).toList()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTakeFramesThatShareARecordWithTheUpgrade(final TlsProvider provider, final String protocol)
        throws Exception
    {
        launch();
        final RawConnection connection = connect(relayed(provider, protocol));
        connection.upgrade((byte)0x81, (byte)1, (byte)'a', (byte)0x81);
        connection.write("\u0001b\u0081\u0001c");
        untilHandlerSaw("text c");
        assertThat(handler.log()).endsWith("text a", "text b", "text c");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndWithCloseNotify(final TlsProvider provider, final String protocol) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(relayed(provider, protocol));
        connection.writeText("last words");
        untilHandlerSaw("text last words");
        relay.end();
        untilHandlerSaw("closed 1006 connection ended without a close frame");
        assertThat(handler.log().toString()).doesNotContain("truncated");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTellACutConnectionFromOneThatEnded(final TlsProvider provider, final String protocol) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        connectLive(relayed(provider, protocol));
        relay.cut();
        untilHandlerSaw("closed 1006 connection ended without a close frame and without close_notify: truncated");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndAtACorruptRecordAndTellTheServer(final TlsProvider provider, final String protocol) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(relayed(provider, protocol));
        connection.writeText("good");
        untilHandlerSaw("text good");
        relay.corrupt();
        connection.writeText("bad");
        untilHandlerSaw("closed 1006 TLS failed: cannot read: ");
        pump.until("the server has the alert", () -> !relay.failures.isEmpty());
        assertThat(relay.failures.get(0)).hasMessageMatching("(?is).*alert.*");
        assertThat(handler.saw("text bad")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldCloseTlsBehindTheCloseFrame(final TlsProvider provider, final String protocol) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(relayed(provider, protocol));
        session.close();
        assertThat(connection.readClose()).isEqualTo(1000);
        connection.writeHex("88 02 03 e8");
        untilHandlerSaw("closed 1000");
        pump.until("close_notify", () -> relay.closeNotifies.get() == 1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldResumeWithATicketThatCameBehindTheHandshake(final TlsProvider provider, final String protocol)
        throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection =
            connectLive(relayed(provider, protocol).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        connection.writeText("with the ticket before it");
        untilHandlerSaw("text with");
        connection.close();
        acceptLive();
        assertThat(handler.lastChange(SessionState.UPGRADING).reason()).endsWith(", resumed");
    }

    private SessionConfig relayed(final TlsProvider provider, final String protocol) throws Exception
    {
        relay = new TlsRelay(server().protocols(protocol), venue.port());
        return config().uri(relay.uri()).tls(trusting(provider));
    }

    private static String text(final SplittableRandom random, final int number)
    {
        final int length = random.nextInt(1, 1 << random.nextInt(2, 18)) % MAX_LENGTH;
        return number + "-" + String.valueOf((char)random.nextInt('a', 'z')).repeat(length);
    }
}
