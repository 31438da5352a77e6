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
import io.ringwire.samples.exchange.connection.CreditRule;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.Signatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DeribitTest
{
    private static final long WAIT_MS = 10_000;
    private static final Credentials KEYS = Credentials.local();
    private static final String CREDENTIALS = "\"grant_type\":\"client_credentials\",\"client_id\":\"" +
        KEYS.apiKey() + "\",\"client_secret\":\"" + KEYS.apiSecret() + "\"";

    private final LocalExchange exchange = LocalExchange.launch();
    private final JdkClient client = new JdkClient(exchange.uri("/deribit/ws/api/v2"));

    @AfterEach
    void afterEach()
    {
        client.close();
        exchange.close();
    }

    @Test
    void shouldLogInByCredentials() throws Exception
    {
        final JsonObject tokens = client.call(request("public/auth", CREDENTIALS)).getAsJsonObject("result");

        assertThat(tokens.get("expires_in").getAsInt()).isEqualTo(900);
        assertThat(tokens.get("token_type").getAsString()).isEqualTo("bearer");
        assertThat(view().count(Happening.LOGIN)).isEqualTo(1);
    }

    @Test
    void shouldLogInBySignature() throws Exception
    {
        final String signature = HexFormat.of().formatHex(
            Signatures.hmac(KEYS.apiSecret().getBytes(StandardCharsets.UTF_8), "1576074319000\nabc\n"));

        final JsonObject answer = client.call(request("public/auth", "\"grant_type\":\"client_signature\"," +
            "\"client_id\":\"ringwire\",\"timestamp\":1576074319000,\"nonce\":\"abc\",\"data\":\"\"," +
            "\"signature\":\"" + signature + "\""));

        assertThat(answer.has("result")).isTrue();
    }

    @Test
    void shouldRefreshATokenOnce() throws Exception
    {
        final String token = client.call(request("public/auth", CREDENTIALS))
            .getAsJsonObject("result").get("refresh_token").getAsString();
        final String refresh = "\"grant_type\":\"refresh_token\",\"refresh_token\":\"" + token + "\"";

        assertThat(client.call(request("public/auth", refresh)).has("result")).isTrue();
        assertThat(errorOf(client.call(request("public/auth", refresh)))).isEqualTo(13004);
        assertThat(view().count(Happening.REFRESH)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"grant_type\":\"client_credentials\",\"client_id\":\"ringwire\",\"client_secret\":\"wrong\"",
        "\"grant_type\":\"client_credentials\",\"client_id\":\"wrong\",\"client_secret\":\"bm90IGEgc2VjcmV0\"",
        "\"grant_type\":\"refresh_token\",\"refresh_token\":\"refresh-1-0\"",
        "\"grant_type\":\"client_signature\",\"client_id\":\"ringwire\",\"timestamp\":1,\"nonce\":\"a\"," +
            "\"signature\":\"00\"",
    })
    void shouldRefuseAWrongLogin(final String params) throws Exception
    {
        assertThat(errorOf(client.call(request("public/auth", params)))).isEqualTo(13004);
        assertThat(view().count(Happening.REFUSED_LOGIN)).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsPrivateBeforeALoginAndWhenItExpired() throws Exception
    {
        assertThat(errorOf(client.call(request("private/get_open_orders", "")))).isEqualTo(13009);
        exchange.rules().tokenLifetimeMs(0);
        client.call(request("public/auth", CREDENTIALS));

        assertThat(errorOf(client.call(request("private/get_open_orders", "")))).isEqualTo(13009);
    }

    @Test
    void shouldKeepAnOrderUntilItIsCancelled() throws Exception
    {
        client.call(request("public/auth", CREDENTIALS));
        final String id = client.call(request("private/buy", "\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10"))
            .getAsJsonObject("result").getAsJsonObject("order").get("order_id").getAsString();
        assertThat(client.call(request("private/get_open_orders", "")).getAsJsonArray("result")).hasSize(1);

        client.call(request("private/cancel", "\"order_id\":\"" + id + "\""));

        assertThat(client.call(request("private/get_open_orders", "")).getAsJsonArray("result")).isEmpty();
        assertThat(view().count(Happening.ORDER)).isEqualTo(1);
        assertThat(view().count(Happening.CANCEL)).isEqualTo(1);
    }

    @Test
    void shouldAcceptTheChannelsItKnows() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("book.NONE.raw"));

        final JsonObject answer = client.call(request("public/subscribe",
            "\"channels\":[\"book.NONE.raw\",\"trades.BTC-PERPETUAL.raw\",\"user.orders.any.raw\"]"));

        assertThat(answer.getAsJsonArray("result")).hasToString("[\"trades.BTC-PERPETUAL.raw\"]");
        assertThat(view().subscriptions()).containsExactly("trades.BTC-PERPETUAL.raw");
        assertThat(view().count(Happening.REFUSED_CHANNEL)).isEqualTo(1);
    }

    @Test
    void shouldSendASnapshotAndThenChangesThatFollowEachOther() throws Exception
    {
        client.call(request("public/subscribe", "\"channels\":[\"book.A.raw\",\"book.B.raw\"]"));

        long last = -1;
        for (int i = 0; i < 50; i++)
        {
            final JsonObject data = client.nextWith("book.A.raw").getAsJsonObject("params").getAsJsonObject("data");
            assertThat(data.get("type").getAsString()).isEqualTo(i == 0 ? "snapshot" : "change");
            assertThat(data.has("prev_change_id")).isEqualTo(i > 0);
            assertThat(i == 0 || data.get("prev_change_id").getAsLong() == last).isTrue();
            last = data.get("change_id").getAsLong();
        }

        client.send(request("public/unsubscribe", "\"channels\":[\"book.A.raw\"]"));
        client.nextWith("\"result\"");
        client.send(request("public/subscribe", "\"channels\":[\"book.A.raw\"]"));
        client.nextWith("\"result\"");
        assertThat(client.nextWith("book.A.raw").toString()).contains("snapshot");
    }

    @Test
    void shouldSendHeartbeatsAndCloseAtOnceWithoutATest() throws Exception
    {
        exchange.rules().heartbeatIntervalMs(50).testRequestTimeoutMs(40);
        try (BareClient bare = new BareClient(exchange.uri("/deribit/ws/api/v2"))) // sends though it may be cut by then
        {
            bare.call(request("public/set_heartbeat", "\"interval\":10"));
            assertThat(bare.next()).contains("\"type\":\"heartbeat\"");
            assertThat(bare.next()).contains("\"type\":\"test_request\"");
            bare.send(request("public/test", ""));
            final ConnectionView view = exchange.awaitConnection(2, WAIT_MS);
            assertThat(view.await((seen) -> seen.count(Happening.TEST_ANSWER) == 1 || !seen.isOpen(), WAIT_MS))
                .isTrue();

            assertThat(bare.closeCode()).isEqualTo(1000);
            assertThat(view.endReason()).contains("test_request");
        }
    }

    @Test
    void shouldTerminateWhoSpendsMoreCreditsThanThereAre() throws Exception
    {
        exchange.rules().requestCredits(new CreditRule(1_000, 0, 500));
        assertThat(client.call(request("public/test", "")).has("result")).isTrue();
        assertThat(client.call(request("public/test", "")).has("result")).isTrue();

        assertThat(errorOf(client.call(request("public/test", "")))).isEqualTo(10028);

        assertThat(view().await((view) -> !view.isOpen(), WAIT_MS)).isTrue();
        assertThat(view().endReason()).isEqualTo("too_many_requests");
        assertThat(view().count(Happening.BREACH)).isEqualTo(1);
    }

    @Test
    void shouldCountOrdersApartFromOtherRequests() throws Exception
    {
        exchange.rules().orderCredits(new CreditRule(1, 0, 1));
        client.call(request("public/auth", CREDENTIALS));
        client.call(request("private/sell", "\"instrument_name\":\"A\",\"amount\":1"));
        assertThat(client.call(request("public/test", "")).has("result")).isTrue();

        assertThat(errorOf(client.call(request("private/sell", "\"instrument_name\":\"A\",\"amount\":1"))))
            .isEqualTo(10028);
    }

    @Test
    void shouldRefuseAnUnknownMethod() throws Exception
    {
        assertThat(errorOf(client.call(request("public/nonsense", "")))).isEqualTo(-32601);
    }

    private ConnectionView view() throws InterruptedException
    {
        return exchange.awaitConnection(1, WAIT_MS);
    }

    private static String request(final String method, final String params)
    {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    private static int errorOf(final JsonObject answer)
    {
        return answer.getAsJsonObject("error").get("code").getAsInt();
    }
}
