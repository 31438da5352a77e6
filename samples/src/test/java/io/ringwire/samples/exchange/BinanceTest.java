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
package io.ringwire.samples.exchange;

import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.ConnectionView;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BinanceTest
{
    private static final long WAIT_MS = 10_000;

    private final LocalExchange exchange = LocalExchange.launch();

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldStreamCombinedWithRangesThatFollowEachOther() throws Exception
    {
        try (BareClient client = connectBare("/binance/stream?streams=btcusdt@depth@100ms/ethusdt@trade"))
        {
            long last = 0;
            for (int i = 0; i < 50; i++)
            {
                final JsonObject data = client.nextWith("btcusdt@depth@100ms").getAsJsonObject("data");
                assertThat(i == 0 || data.get("U").getAsLong() == last + 1).isTrue();
                last = data.get("u").getAsLong();
            }

            assertThat(client.nextWith("ethusdt@trade").getAsJsonObject("data").get("s").getAsString())
                .isEqualTo("ETHUSDT");
            assertThat(view().path()).isEqualTo("/binance/stream?streams=btcusdt@depth@100ms/ethusdt@trade");
        }
    }

    @Test
    void shouldStreamRawFromThePath() throws Exception
    {
        try (BareClient client = connectBare("/binance/ws/btcusdt@bookTicker"))
        {
            assertThat(client.nextJson().has("u")).isTrue();
        }
    }

    @Test
    void shouldSubscribeListAndUnsubscribe() throws Exception
    {
        try (JdkClient client = connect("/binance/ws"))
        {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"a@trade\",\"b@trade\"],\"id\":1}");
            assertThat(client.nextWith("\"result\"")).hasToString("{\"result\":null,\"id\":1}");
            client.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"a@trade\"],\"id\":\"two\"}");
            assertThat(client.nextWith("\"result\"")).hasToString("{\"result\":null,\"id\":\"two\"}");
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":3}");
            assertThat(client.nextWith("\"result\"")).hasToString("{\"result\":[\"b@trade\"],\"id\":3}");
        }
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("none@trade"));
        try (JdkClient client = connect("/binance/ws"))
        {
            assertThat(client.call("{\"method\":\"SUBSCRIBE\",\"params\":[\"none@trade\"],\"id\":1}")
                .get("code").getAsInt()).isEqualTo(2);
            assertThat(client.call("{\"method\":\"NONSENSE\",\"id\":2}").get("code").getAsInt()).isEqualTo(2);
            assertThat(client.call("{").get("code").getAsInt()).isEqualTo(3);
            assertThat(view().subscriptions()).isEmpty();
        }
    }

    @Test
    void shouldCutWhoSendsMoreThanFiveMessagesASecondPongsIncluded() throws Exception
    {
        try (BareClient client = connectBare("/binance/ws"))
        {
            for (int i = 0; i < 5; i++)
            {
                client.sendPong("unasked");
            }

            assertThat(view().await((view) -> view.count(Happening.UNSOLICITED_PONG) == 5, WAIT_MS)).isTrue();
            assertThat(view().count(Happening.BREACH)).isZero();
            client.flood("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":3}");

            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(view().count(Happening.BREACH)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepWhoAnswersPings() throws Exception
    {
        exchange.rules().pingIntervalMs(20).pongTimeoutMs(5_000).messagesPerSecond(1_000);
        try (BareClient client = connectBare("/binance/ws"))
        {
            int pongs = 1;
            while (view().count(Happening.PONG) < 5)
            {
                client.answerPing();
                pongs++;
            }

            client.sendPong("unasked");
            final int answers = pongs - 1;
            assertThat(view().await((view) -> view.count(Happening.UNSOLICITED_PONG) == 1, WAIT_MS)).isTrue();
            assertThat(view().count(Happening.PONG)).isEqualTo(answers);
            assertThat(view().isOpen()).isTrue();
        }
    }

    @Test
    void shouldCutWhoAnswersPingsOnlyWithPongsOfItsOwn() throws Exception
    {
        exchange.rules().pingIntervalMs(20).pongTimeoutMs(200).messagesPerSecond(1_000);
        try (BareClient deaf = connectBare("/binance/ws"))
        {
            deaf.sendPong("own");

            assertThat(view().await((view) -> !view.isOpen(), WAIT_MS)).isTrue();
            assertThat(view().endReason()).isEqualTo("Pong timeout");
        }
    }

    @Test
    void shouldAnnounceAShutdownInTheWordsOfEachInterface() throws Exception
    {
        exchange.rules().shutdownNoticeMs(10);
        try (JdkClient combined = connect("/binance/stream"); JdkClient raw = connect("/binance/ws");
            JdkClient api = connect("/binance/ws-api/v3"))
        {
            exchange.planShutdown();

            assertThat(combined.nextJson().get("stream").getAsString()).isEqualTo("!serverShutdown");
            assertThat(raw.nextJson().get("e").getAsString()).isEqualTo("serverShutdown");
            assertThat(api.nextJson().getAsJsonObject("event").get("e").getAsString()).isEqualTo("serverShutdown");
            assertThat(combined.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void shouldLogOnWithAGoodSignatureOnly() throws Exception
    {
        final KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        exchange.rules().credentials(Credentials.local(keys.getPublic()));
        try (JdkClient client = connect("/binance/ws-api/v3"))
        {
            assertThat(status(client.call(order("1")))).isEqualTo(400);
            assertThat(status(client.call(logon(keys, "wrong")))).isEqualTo(400);
            assertThat(view().count(Happening.REFUSED_LOGIN)).isEqualTo(1);
            assertThat(status(client.call(logon(keys, "ringwire")))).isEqualTo(200);

            final JsonObject answer = client.call(order("order-1"));
            assertThat(status(answer)).isEqualTo(200);
            assertThat(answer.get("id").getAsString()).isEqualTo("order-1");
            assertThat(answer.getAsJsonArray("rateLimits").get(0).getAsJsonObject().get("limit").getAsInt())
                .isEqualTo(6_000);
            assertThat(view().count(Happening.ORDER)).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhenTheWeightIsUsedUp() throws Exception
    {
        exchange.rules().weightPerMinute(3); // of which the connect takes 2
        try (JdkClient client = connect("/binance/ws-api/v3"))
        {
            assertThat(status(client.call("{\"id\":1,\"method\":\"ping\"}"))).isEqualTo(200);

            final JsonObject answer = client.call("{\"id\":2,\"method\":\"ping\"}");

            assertThat(status(answer)).isEqualTo(429);
            assertThat(answer.getAsJsonObject("error").getAsJsonObject("data").get("retryAfter").getAsLong())
                .isGreaterThan(System.currentTimeMillis());
        }
    }

    private static String logon(final KeyPair keys, final String apiKey) throws Exception
    {
        final String payload = "apiKey=ringwire&timestamp=" + System.currentTimeMillis();
        final Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(payload.getBytes(StandardCharsets.UTF_8));
        return "{\"id\":\"logon\",\"method\":\"session.logon\",\"params\":{\"apiKey\":\"" + apiKey +
            "\",\"timestamp\":" + payload.substring(payload.lastIndexOf('=') + 1) + ",\"signature\":\"" +
            Base64.getEncoder().encodeToString(signer.sign()) + "\"}}";
    }

    private static String order(final String id)
    {
        return "{\"id\":\"" + id + "\",\"method\":\"order.place\",\"params\":{\"symbol\":\"BTCUSDT\"," +
            "\"side\":\"BUY\",\"type\":\"LIMIT\",\"price\":\"1\",\"quantity\":\"1\"," +
            "\"timestamp\":" + System.currentTimeMillis() + "}}";
    }

    private JdkClient connect(final String path)
    {
        return new JdkClient(exchange.uri(path));
    }

    private BareClient connectBare(final String path) throws IOException
    {
        return new BareClient(exchange.uri(path));
    }

    private ConnectionView view() throws InterruptedException
    {
        return exchange.awaitConnection(1, WAIT_MS);
    }

    private static int status(final JsonObject answer)
    {
        return answer.get("status").getAsInt();
    }
}
