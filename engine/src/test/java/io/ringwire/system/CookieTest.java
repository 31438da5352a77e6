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

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CookieTest extends SystemTest
{
    private final CookieManager jar = new CookieManager();

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldKeepTheCookiesOfEveryAnswerAndSendThem(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection refused = connect(config().uri(venue.uri("/a/b"))
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1))
            .upgrade(new UpgradePolicy().cookies(jar).maxRedirects(1)));
        assertThat(refused.readRequest()).doesNotContainIgnoringCase("cookie");
        refused.write("HTTP/1.1 503 Busy\r\nSet-Cookie: of=refusal; Path=/\r\nSet-Cookie: else=where; Path=/z\r\n" +
            "Content-Length: 0\r\n\r\n");
        passBackoff(mode);

        final RawConnection redirected = venue.accept(pump);
        assertThat(redirected.readRequest()).contains("Cookie: of=refusal\r\n");
        redirected.write("HTTP/1.1 302 Moved\r\nSet-Cookie: redirect=1; Path=/a\r\nLocation: /a/b\r\n" +
            "Content-Length: 0\r\n\r\n");

        final RawConnection live = venue.accept(pump);
        final String request = live.readRequest();
        assertThat(request).as("the longer path first").contains("Cookie: redirect=1; of=refusal\r\n");
        live.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Set-Cookie: of=s3cret; Path=/\r\nSec-WebSocket-Accept: " + RawConnection.acceptOf(request) + "\r\n\r\n");
        untilHandlerSaw("state LIVE");
        assertThat(session.lastChange().toString()).doesNotContain("s3cret");
        live.reset();
        passBackoff(mode);
        assertThat(venue.accept(pump).readRequest()).contains("Cookie: redirect=1; of=s3cret\r\n");
    }

    @Test
    void shouldGoOnWithoutAJarThatFails()
    {
        launch();
        session = engine.connect(config().upgrade(new UpgradePolicy().cookies(new CookieHandler()
        {
            @Override
            public Map<String, List<String>> get(final URI uri, final Map<String, List<String>> headers)
            {
                assertThat(uri).isEqualTo(URI.create(venue.uri("/").replace("ws:", "http:")));
                return Map.of();
            }

            @Override
            public void put(final URI uri, final Map<String, List<String>> headers) throws IOException
            {
                throw new IOException("disk full");
            }
        })));
        acceptLive();
        pump.until("the error handler is told", () -> !errors.isEmpty());
        assertThat(errors.remove(0)).hasMessageContaining("disk full");
    }

    @Test
    void shouldRefuseAJarBesideACookieHeader()
    {
        launch();
        final UpgradePolicy policy = new UpgradePolicy().cookies(jar).header("cookie", "a=s3cret");
        assertThatThrownBy(() -> engine.connect(config().upgrade(policy)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("jar").hasMessageNotContaining("s3cret");
    }

    private void passBackoff(final ThreadingMode mode)
    {
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }
    }
}
