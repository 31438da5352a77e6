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
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TlsConnectTest extends TlsTest
{
    static List<Arguments> all()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final Transport transport : Transports.available())
        {
            for (final ThreadingMode mode : List.of(ThreadingMode.DEDICATED, ThreadingMode.INLINE))
            {
                for (final TlsProvider provider : PROVIDERS)
                {
                    all.add(Arguments.of(transport, mode, provider, PROTOCOLS.get(all.size() / 2 % 2)));
                }
            }
        }

        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldTalkAndSayWhatWasAgreedOn(
        final Transport transport, final ThreadingMode mode, final TlsProvider provider, final String protocol)
    {
        openVenue(server().protocols(protocol));
        launch(context(mode).transport(transport));
        connectSecure(secure(trusting(provider)));
        assertThat(handler.log()).containsExactly(
            "state RESOLVING", "state CONNECTING", "state TLS", "state UPGRADING", "state LIVE");
        assertThat(handler.change(SessionState.UPGRADING).reason())
            .matches(protocol + " TLS_\\w+, " + (provider == TlsProvider.JDK ? "JDK" : "BoringSSL"));
        for (int i = 0; i < 100; i++)
        {
            echo("message " + i);
        }

        session.close();
        untilHandlerSaw("state CLOSED");
        assertThat(handler.saw("closed 1000")).isTrue();
    }
}
