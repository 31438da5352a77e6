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
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.WordAuthenticator;
import io.ringwire.dialect.WordDialect;
import org.junit.jupiter.api.AfterEach;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session that logs in and has channels, and a venue that speaks words.
 */
abstract class VenueTest extends SystemTest
{
    static final long TIMEOUT_MS = 1_000;

    final WordAuthenticator authenticator = new WordAuthenticator();
    RawConnection connection;

    @AfterEach
    void showNoSecret()
    {
        assertThat(handler.log().toString() + handler.changes() + errors + session).doesNotContain("s3cret");
    }

    SessionConfig config(final Authenticator authenticator, final String... channels)
    {
        return config()
            .dialect(new WordDialect())
            .login(authenticator == null ? null :
                new LoginPolicy().authenticator(authenticator).timeoutNs(TIMEOUT_MS * 1_000_000))
            .subscriptions(new SubscriptionPolicy().channels(channels).timeoutNs(TIMEOUT_MS * 1_000_000).maxTries(2));
    }

    /**
     * Take the session's next connection and agree to the upgrade.
     */
    void acceptUpgraded()
    {
        connection = venue.accept(pump);
        connection.upgrade();
    }

    void begin(final SessionConfig config)
    {
        session = engine.connect(config);
        acceptUpgraded();
    }

    /**
     * The next message of the session must begin with these words, its id left out; answer it.
     *
     * @param answer with % for the id, or null.
     */
    void expect(final String words, final String answer)
    {
        final String[] message = connection.readFrame().text().split(" ", 3);
        assertThat(message[0] + " " + message[2]).startsWith(words);
        if (answer != null)
        {
            connection.writeText(answer.replace("%", message[1]));
        }
    }

    void beLive()
    {
        expect("login BEGIN", "ok % ok");
        expect("sub a b", "ok %");
        untilState(SessionState.LIVE);
    }

    void untilLive(final int times)
    {
        pump.until("live " + times + " times", () -> handler.count("state LIVE") == times);
    }

    List<String> logSince(final String entry)
    {
        final List<String> log = handler.log();
        return List.copyOf(log.subList(log.lastIndexOf(entry), log.size()));
    }
}
