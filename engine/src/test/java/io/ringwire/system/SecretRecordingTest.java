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
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.dialect.Authenticator;
import io.ringwire.tape.RecordKind;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.binance.BinanceLogin;
import io.ringwire.venue.coinbase.CoinbaseCredentials;
import io.ringwire.venue.coinbase.CoinbaseDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.deribit.DeribitLogin;
import io.ringwire.venue.kraken.KrakenLogin;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import io.ringwire.venue.kraken.KrakenV2Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a journal must not hold: the bytes of its files are searched for what was secret on the wire.
 */
class SecretRecordingTest extends SystemTest
{
    private static final int SEARCHED_LENGTH = 2 * 1024 * 1024;
    private static final String SECRET = "s3cretS3cret";
    private static final String LISTEN_KEY = "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1";

    private final List<String> secrets = new ArrayList<>(List.of(SECRET, LISTEN_KEY));
    @TempDir
    private Path directory;

    @Test
    void shouldHoldNoLoginOfAnyVenue() throws Exception
    {
        launch(context(ThreadingMode.INVOKER).journal(new JournalPolicy().directory(directory)));
        final DeribitDialect deribit = new DeribitDialect();
        final String granted = "{\"jsonrpc\":\"2.0\",\"id\":%,\"result\":{\"access_token\":\"" + SECRET +
            "\",\"expires_in\":5,\"refresh_token\":\"" + SECRET + "\",\"scope\":\"all\"}}";
        login(config().dialect(deribit).login(policy(DeribitLogin.credentials("id", SECRET))), SECRET, granted);
        final RawConnection signed =
            login(config().dialect(deribit).login(policy(DeribitLogin.signature("id", SECRET))), null, granted);
        assertThat(signed.readFrame().text()).contains("set_heartbeat");
        clock.advanceMs(4_100);
        assertThat(signed.readFrame().text()).contains("\"refresh_token\":\"" + SECRET);

        final BinanceLogin binance =
            new BinanceLogin(SECRET, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate(), 5000);
        login(config().dialect(new BinanceDialect()).login(policy(binance)), SECRET,
            "{\"id\":%,\"status\":200,\"result\":{\"apiKey\":\"" + SECRET + "\",\"authorizedSince\":1}}");

        final KrakenLogin kraken = new KrakenLogin(() -> SECRET);
        login(config().dialect(new KrakenV2Dialect(kraken::token)).login(policy(kraken)).subscriptions(
            new SubscriptionPolicy().channels("executions")), SECRET, null);
        login(config().dialect(new KrakenV1Dialect(kraken::token)).login(policy(kraken)).subscriptions(
            new SubscriptionPolicy().channels("ownTrades")), SECRET, null);

        final CoinbaseCredentials coinbase = new CoinbaseCredentials(
            SECRET, Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)), SECRET);
        login(config().dialect(new CoinbaseDialect(coinbase)).subscriptions(
            new SubscriptionPolicy().channels("full:BTC-USD")), SECRET, null);
        engine.close();
        assertThat(new Recording(directory).texts(RecordKind.OUTBOUND)).hasSizeGreaterThan(6);
        assertNoSecrets();
    }

    @Test
    void shouldHoldNoKeyOfAnAddressOrOfAHeader() throws Exception
    {
        launch(context(ThreadingMode.INVOKER).journal(new JournalPolicy().directory(directory)));
        session = engine.connect(config()
            .uri(venue.uri("/ws/" + LISTEN_KEY + "?streams=btcusdt@depth/" + LISTEN_KEY + "&token=" + SECRET))
            .reconnect(new ReconnectPolicy().enabled(false)));
        RawConnection connection = venue.accept(pump);
        connection.readRequest();
        connection.write("HTTP/1.1 302 Found\r\nLocation: /ws/" + LISTEN_KEY + "?token=" + SECRET +
            "\r\nContent-Length: 0\r\n\r\n");
        untilState(SessionState.FAILED);
        session = engine.connect(config()
            .upgrade(new UpgradePolicy().subprotocols("v1, " + LISTEN_KEY)));
        connection = venue.accept(pump);
        connection.upgradeWith("Sec-WebSocket-Protocol: " + LISTEN_KEY + "\r\n");
        untilState(SessionState.LIVE);
        engine.close();
        assertThat(new Recording(directory).of(RecordKind.CONNECT).get(0).text())
            .isEqualTo(venue.uri("/ws/***?streams=btcusdt@depth/***&token=***"));
        assertNoSecrets();
    }

    private static LoginPolicy policy(final Authenticator authenticator)
    {
        return new LoginPolicy().authenticator(authenticator);
    }

    /**
     * Let a session send its login, and answer it.
     *
     * @param sent   that must be in what it sends first, or null.
     * @param answer with % for the id, or null.
     */
    private RawConnection login(final SessionConfig config, final String sent, final String answer)
    {
        session = engine.connect(config);
        final RawConnection connection = venue.accept(pump);
        connection.upgrade();
        final String text = connection.readFrame().text();
        if (sent != null)
        {
            assertThat(text).contains(sent);
        }

        if (text.contains("\"signature\":\""))
        {
            final int from = text.indexOf("\"signature\":\"") + "\"signature\":\"".length();
            secrets.add(text.substring(from, text.indexOf('"', from)));
        }

        if (answer != null)
        {
            final int id = text.indexOf("\"id\":") + "\"id\":".length();
            connection.writeText(answer.replace("%", text.substring(id).replaceFirst("[,}].*", "")));
            untilState(SessionState.LIVE);
        }

        return connection;
    }

    private void assertNoSecrets() throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            for (final Path file : (Iterable<Path>)files.filter(Files::isRegularFile)::iterator)
            {
                try (InputStream in = Files.newInputStream(file))
                {
                    final String bytes = new String(in.readNBytes(SEARCHED_LENGTH), StandardCharsets.ISO_8859_1);
                    for (final String secret : secrets)
                    {
                        final int at = bytes.indexOf(secret);
                        assertThat(at < 0 ? "" : bytes.substring(Math.max(0, at - 300), at + secret.length()))
                            .as(file.toString()).isEmpty();
                    }
                }
            }
        }
    }
}
