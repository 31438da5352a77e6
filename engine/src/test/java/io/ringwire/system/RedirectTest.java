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
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RedirectTest extends SystemTest
{
    private RawVenue other;

    @BeforeEach
    void openOther() throws Exception
    {
        other = new RawVenue();
    }

    @AfterEach
    void closeOther() throws Exception
    {
        other.close();
    }

    @ParameterizedTest
    @CsvSource({
        "301, INVOKER", "302, DEDICATED", "303, INLINE", "307, SHARED", "308, INVOKER"})
    void shouldFollowARedirectAndReconnectToItsOwnUri(final int status, final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection first = connect(redirected(1).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        assertThat(first.readRequest()).startsWith("GET /start?a=%2f HTTP/1.1\r\n");
        redirect(first, status, other.uri("/there?b=%2F").replace("ws:", "http:"));
        final RawConnection second = other.accept(pump);
        assertThat(second.upgrade()).startsWith("GET /there?b=%2F HTTP/1.1\r\n")
            .contains("Host: 127.0.0.1:" + other.port() + "\r\n");
        untilHandlerSaw("state LIVE");
        assertThat(session.lastChange().attempt()).isOne();
        first.untilEnded();
        second.reset();
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        assertThat(venue.accept(pump).readRequest()).startsWith("GET /start?a=%2f HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "/x/y?z=1 /x/y?z=1",
        "other /a/other",
        "../up?q /up?q",
        "?only=query /a/b?only=query",
        "/x#fragment /x"})
    void shouldResolveARelativeLocation(final String location, final String requestTarget)
    {
        launch();
        final RawConnection first = connect(redirected(1).uri(venue.uri("/a/b?c=d")));
        first.readRequest();
        redirect(first, 302, location);
        assertThat(venue.accept(pump).readRequest()).startsWith("GET " + requestTarget + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellSecretsToTheirOwnOriginAlone(final boolean sameOrigin)
    {
        launch();
        final SessionConfig config = redirected(1);
        config.upgrade().bearer("s3cret").header("Cookie", "id=s3cret").header("Proxy-Authorization", "s3cret")
            .header("X-Plain", "1").headerSupplier(() -> List.of(Map.entry("X-Token", "s3cret")));
        final RawConnection first = connect(config);
        assertThat(first.readRequest()).contains("Authorization: Bearer s3cret").contains("Cookie: id=s3cret");
        final RawVenue target = sameOrigin ? venue : other;
        redirect(first, 307, target.uri("/"));
        final String request = target.accept(pump).readRequest();
        assertThat(request).contains("X-Plain: 1\r\n");
        if (sameOrigin)
        {
            assertThat(request).contains("Authorization: Bearer s3cret\r\n").contains("Cookie: id=s3cret\r\n")
                .contains("X-Token: s3cret\r\n");
        }
        else
        {
            assertThat(request).doesNotContain("s3cret");
        }
    }

    @Test
    void shouldEndALoopAtTheLimitAndBeginAnewAtItsOwnUri()
    {
        launch();
        session = engine.connect(redirected(3));
        for (int i = 0; i < 4; i++)
        {
            final RawConnection connection = venue.accept(pump);
            connection.readRequest();
            redirect(connection, 302, "/loop?token=s3cret");
        }

        untilState(SessionState.BACKING_OFF);
        final StateChange failure = session.lastChange();
        assertThat(failure.reason()).contains("302").contains("maxRedirects=3").doesNotContain("s3cret");
        assertThat(failure.handshake().status()).isEqualTo(302);
        assertThat(session.metrics().connectFailures()).isOne();
        handler.log().forEach((entry) -> assertThat(entry).doesNotContain("s3cret"));
        passBackoff();
        assertThat(venue.accept(pump).readRequest()).startsWith("GET /start?a=%2f HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://elsewhere/", "", "mailto:a@b", "http://", "/a b", "http://host:99999/"})
    void shouldSayWhyARedirectLeadsNowhere(final String location)
    {
        launch();
        final RawConnection connection = connect(redirected(5).reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        redirect(connection, 302, location);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("302").contains("redirect not followed");
    }

    @Test
    void shouldReportARedirectAsARefusalUnlessToldToFollow()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        redirect(connection, 302, other.uri("/"));
        untilHandlerSaw("state FAILED");
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.reason()).isEqualTo("server answered 302 Moved instead of 101");
        assertThat(failure.handshake().header("location")).isEqualTo(other.uri("/"));
    }

    @Test
    void shouldEndWhenClosedBetweenTwoStops()
    {
        launch();
        final RawConnection first = connect(redirected(5));
        first.readRequest();
        redirect(first, 302, other.uri("/"));
        final RawConnection second = other.accept(pump);
        second.readRequest();
        session.close();
        untilHandlerSaw("state CLOSED");
        second.untilEnded();
    }

    private SessionConfig redirected(final int maxRedirects)
    {
        return config().uri(venue.uri("/start?a=%2f")).upgrade(new UpgradePolicy().maxRedirects(maxRedirects));
    }

    private static void redirect(final RawConnection connection, final int status, final String location)
    {
        connection.write(
            "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }
}
