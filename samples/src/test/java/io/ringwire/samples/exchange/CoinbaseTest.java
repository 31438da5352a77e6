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
import io.ringwire.samples.exchange.connection.Signatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Base64;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class CoinbaseTest
{
    private static final long WAIT_MS = 10_000;

    private final LocalExchange exchange = LocalExchange.launch();

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldCutWhoDoesNotSubscribeInTime() throws Exception
    {
        exchange.rules().firstSubscribeMs(20);
        try (BareClient client = connectBare())
        {
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldTellAllSubscriptionsAfterEachChange() throws Exception
    {
        try (JdkClient client = connect())
        {
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"A-B\",\"C-D\"],\"channels\":[\"ticker\"," +
                "{\"name\":\"matches\",\"product_ids\":[\"E-F\"]}]}");
            assertThat(client.nextWith("subscriptions").getAsJsonArray("channels")).hasToString(
                "[{\"name\":\"ticker\",\"product_ids\":[\"A-B\",\"C-D\"]}," +
                "{\"name\":\"matches\",\"product_ids\":[\"E-F\"]}]");
            client.send("{\"type\":\"unsubscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"ticker\"]}");
            assertThat(client.nextWith("subscriptions").getAsJsonArray("channels")).hasToString(
                "[{\"name\":\"ticker\",\"product_ids\":[\"C-D\"]},{\"name\":\"matches\",\"product_ids\":[\"E-F\"]}]");
            assertThat(view().subscriptions()).containsExactly("ticker:C-D", "matches:E-F");
        }
    }

    @Test
    void shouldTakeTheStatusChannelWithoutAProduct() throws Exception
    {
        try (JdkClient client = connect())
        {
            client.send("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]}");
            assertThat(client.nextWith("subscriptions").getAsJsonArray("channels"))
                .hasToString("[{\"name\":\"status\",\"product_ids\":[]}]");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("status");
        }
    }

    @Test
    void shouldCountTheSequenceOfEachProductApart() throws Exception
    {
        try (JdkClient client = connect())
        {
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"A-B\",\"C-D\"],\"channels\":[\"ticker\"," +
                "\"matches\",\"level2\"]}");
            client.nextWith("subscriptions");
            long last = -1;
            for (int i = 0; i < 50; i++)
            {
                JsonObject message = client.nextWith("\"A-B\"");
                while (!message.has("sequence"))
                {
                    message = client.nextWith("\"A-B\"");
                }

                assertThat(last < 0 || message.get("sequence").getAsLong() == last + 1).isTrue();
                last = message.get("sequence").getAsLong();
            }
        }
    }

    @Test
    void shouldBeginTheBookWithASnapshot() throws Exception
    {
        try (JdkClient client = connect())
        {
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"level2\"]}");
            client.nextWith("subscriptions");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("snapshot");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("l2update");
        }
    }

    @Test
    void shouldRefuseTheWholeSubscriptionForOneUnknownProduct() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("NO-PE"));
        try (JdkClient client = connect())
        {
            final JsonObject error = client.call(
                "{\"type\":\"subscribe\",\"product_ids\":[\"A-B\",\"NO-PE\"],\"channels\":[\"ticker\"]}");

            assertThat(error.get("type").getAsString()).isEqualTo("error");
            assertThat(error.get("reason").getAsString()).isEqualTo("NO-PE is not a valid product");
            assertThat(view().subscriptions()).isEmpty();
        }
    }

    @Test
    void shouldSendHeartbeatsToThoseWhoWantThem() throws Exception
    {
        exchange.rules().heartbeatIntervalMs(20);
        try (JdkClient client = connect())
        {
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"heartbeat\"]}");
            client.nextWith("subscriptions");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("heartbeat");
            assertThat(client.nextJson().get("product_id").getAsString()).isEqualTo("A-B");
        }
    }

    @Test
    void shouldLogInWithASignedSubscribeOnly() throws Exception
    {
        try (JdkClient client = connect())
        {
            final String user = "{\"type\":\"subscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"user\"]";
            assertThat(client.call(user + "}").get("type").getAsString()).isEqualTo("error");
            assertThat(client.call(user + ",\"signature\":\"x\",\"key\":\"ringwire\",\"passphrase\":\"local\"," +
                "\"timestamp\":\"1\"}").get("message").getAsString()).isEqualTo("Authentication Failed");

            final String signature = Base64.getEncoder().encodeToString(Signatures.hmac(
                Base64.getDecoder().decode(Credentials.local().apiSecret()), "1618677816GET/users/self/verify"));
            client.send(user + ",\"signature\":\"" + signature + "\",\"key\":\"ringwire\",\"passphrase\":\"local\"," +
                "\"timestamp\":\"1618677816\"}");
            client.nextWith("subscriptions");
            assertThat(view().count(Happening.LOGIN)).isEqualTo(1);
            assertThat(view().count(Happening.REFUSED_LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void shouldCutWhoSendsTooMuch() throws Exception
    {
        exchange.rules().messagesPerSecond(2);
        try (BareClient client = connectBare())
        {
            client.flood("{\"type\":\"unsubscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"ticker\"]}");

            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(view().count(Happening.BREACH)).isEqualTo(1);
        }
    }

    private JdkClient connect()
    {
        return new JdkClient(exchange.uri("/coinbase"));
    }

    private BareClient connectBare() throws IOException
    {
        return new BareClient(exchange.uri("/coinbase"));
    }

    private ConnectionView view() throws InterruptedException
    {
        return exchange.awaitConnection(1, WAIT_MS);
    }
}
