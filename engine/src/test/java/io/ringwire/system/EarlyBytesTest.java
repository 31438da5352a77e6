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

import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server sends with, or right behind, its 101.
 */
class EarlyBytesTest extends SystemTest
{
    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldDeliverBytesThatShareASegmentWithThe101AfterLive(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connect(config());
        connection.upgrade(HexFormat.of().parseHex("810161" + "89026869" + "8101"));
        connection.writeHex("62 81 01 63");
        untilHandlerSaw("text c");
        assertThat(handler.log()).endsWith("state LIVE", "text a", "text b", "text c");
        assertThat(connection.readFrame().text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101 null", "101 ", "101", "101 Web Socket Protocol Handshake", "101 \u00fc"})
    void shouldNotMindTheReasonPhrase(final String status)
    {
        launch();
        final RawConnection connection = connect(config());
        connection.write("HTTP/1.1 " + status + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + RawConnection.acceptOf(connection.readRequest()) + "\r\n\r\n\u0081\u0001x");
        untilHandlerSaw("text x");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldUnderstandAServerThatSendsOneByteAtATime(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connect(config());
        final String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + RawConnection.acceptOf(connection.readRequest()) + "\r\n\r\n";
        for (final byte b : response.getBytes(StandardCharsets.ISO_8859_1))
        {
            connection.write(new byte[] {b});
            pump.turn();
        }

        for (final byte b : HexFormat.of().parseHex("8105" + "68656c6c6f" + "010161" + "890170" + "800162"))
        {
            connection.write(new byte[] {b});
            pump.turn();
        }

        untilHandlerSaw("text ab");
        assertThat(handler.log()).endsWith("state LIVE", "text hello", "text ab");
        assertThat(connection.readFrame().text()).isEqualTo("p");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndWellWhenTheCloseComesWithThe101(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.upgrade(HexFormat.of().parseHex("810161" + "880403e9" + "6f6b"));
        assertThat(connection.readClose()).isEqualTo(1001);
        connection.close();
        untilHandlerSaw("state FAILED");
        assertThat(handler.log()).endsWith(
            "state LIVE", "text a", "state DRAINING", "closed 1001 ok", "state FAILED");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldDeliverWhatCameBeforeTheConnectionWasDropped(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.upgrade(HexFormat.of().parseHex("810161"));
        connection.close();
        untilHandlerSaw("state FAILED");
        assertThat(handler.log()).endsWith(
            "state LIVE", "text a", "closed 1006 connection ended without a close frame", "state FAILED");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSurviveAResetRightBehindThe101(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connect(config());
        connection.upgrade();
        connection.reset();
        pump.until("the reset is noticed, on io_uring at the latest by a write", () ->
        {
            if (transport == Transport.IO_URING)
            {
                send("is anybody there");
            }

            return handler.saw("state BACKING_OFF");
        });
        assertThat(handler.count("closed 1006")).isEqualTo(handler.count("state LIVE"));
    }
}
