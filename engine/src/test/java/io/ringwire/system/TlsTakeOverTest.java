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

import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server sends in one go with its 101, at the moment when Netty's TLS gives way to ours.
 */
class TlsTakeOverTest extends TlsTest
{
    private static final int MIN_READ_LENGTH = 1024;

    static List<Arguments> all()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final TlsProvider provider : PROVIDERS)
        {
            for (final String protocol : PROTOCOLS)
            {
                Transports.available().forEach(
                    (transport) -> all.add(Arguments.of(provider, protocol, transport)));
            }
        }

        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTakePartOfARecordThatCameInSeveralReads(
        final TlsProvider provider, final String protocol, final Transport transport)
    {
        openVenue(server().protocols(protocol));
        final String text = "x".repeat(15_000);
        tlsVenue.behind(RawConnection.frame(0x81, text.getBytes(StandardCharsets.US_ASCII)));
        launch(context(ThreadingMode.INVOKER).transport(transport));
        connectSecure(secure(trusting(provider))
            .buffers(new BufferPolicy().readBufferLength(MIN_READ_LENGTH))
            .reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("text " + text);
        echo("later");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldKnowThatTlsEndedWithTheUpgrade(
        final TlsProvider provider, final String protocol, final Transport transport)
    {
        openVenue(server().protocols(protocol));
        tlsVenue.behind(RawConnection.frame(0x81, new byte[] { 'a' })).endsBehind();
        launch(context(ThreadingMode.INVOKER).transport(transport));
        connectSecure(secure(trusting(provider)).reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        assertThat(handler.log()).contains("text a", "closed 1006 connection ended without a close frame");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTellTheCloseCodeOfAServerThatLeavesWithTheUpgrade(
        final TlsProvider provider, final String protocol, final Transport transport)
    {
        openVenue(server().protocols(protocol));
        tlsVenue.behind(HexFormat.of().parseHex("810161" + "880403e9" + "6f6b")).endsBehind();
        launch(context(ThreadingMode.INVOKER).transport(transport));
        session = engine.connect(secure(trusting(provider)).reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("closed ");
        pump.until("over", () -> session.state() == SessionState.CLOSED || session.state() == SessionState.FAILED);
        assertThat(handler.log()).contains("text a", "closed 1001 ok");
    }
}
