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
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.CookieManager;
import java.net.InetSocketAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alternates: fail-over and failback.
 */
class EndpointsTest extends TlsTest
{
    private static final long MS = 1_000_000;

    private RawVenue second;

    @BeforeEach
    void openSecond() throws Exception
    {
        second = new RawVenue();
    }

    @AfterEach
    void closeSecond() throws Exception
    {
        second.close();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGoOnWithTheNextAndBeginEachOutageAtTheTop(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(config().uri(venue.uri("/a?x=%2F&y")).reconnect(
            new ReconnectPolicy().baseNs(MS).capNs(MS).alternateUris(second.uri("/b?y=%41&&"))));
        venue.accept(pump).reset();
        pass(mode);
        final RawConnection live = live(second);
        assertThat(live.request).startsWith("GET /b?y=%41&& HTTP/1.1\r\nHost: 127.0.0.1:" + second.port() + "\r\n");
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .contains("; attempt 2 at ws://127.0.0.1:" + second.port() + "/b?... in ");
        assertThat(handler.lastChange(SessionState.CONNECTING).reason())
            .isEqualTo("ws://127.0.0.1:" + second.port() + "/b?... at /127.0.0.1:" + second.port());
        live.connection.reset();
        pass(mode);
        assertThat(live(venue).request).startsWith("GET /a?x=%2F&y HTTP/1.1\r\n");
        assertThat(session.epoch()).isEqualTo(2);
    }

    @Test
    void shouldComeRoundToTheFirstAgain()
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().alternateUris(second.uri("/"))));
        for (int i = 0; i < 3; i++)
        {
            venue.accept(pump).reset();
            passBackoff();
            second.accept(pump).reset();
            passBackoff();
        }

        live(venue);
        assertThat(session.lastChange().attempt()).isEqualTo(7);
    }
}
