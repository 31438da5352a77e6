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
import io.ringwire.samples.exchange.connection.Happening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class KrakenTest
{
    private static final long WAIT_MS = 10_000;

    private final LocalExchange exchange = LocalExchange.launch();

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldBeginWithItsStatus() throws Exception
    {
        try (BareClient one = connect("/kraken"); BareClient two = connect("/kraken/v2"))
        {
            assertThat(one.nextJson().get("event").getAsString()).isEqualTo("systemStatus");
            assertThat(two.nextJson().get("channel").getAsString()).isEqualTo("status");
        }
    }

    @Test
    void shouldAnswerForEachPair() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("NO/PE")).heartbeatIntervalMs(600_000); // none between the answers
        try (BareClient client = connect("/kraken"))
        {
            client.send("{\"event\":\"subscribe\",\"reqid\":7,\"pair\":[\"XBT/USD\",\"NO/PE\"]," +
                "\"subscription\":{\"name\":\"book\",\"depth\":25}}");

            final JsonObject good = client.nextWith("subscriptionStatus");
            assertThat(good.get("status").getAsString()).isEqualTo("subscribed");
            assertThat(good.get("channelName").getAsString()).isEqualTo("book-25");
            assertThat(good.get("reqid").getAsInt()).isEqualTo(7);
            final JsonObject bad = client.nextWith("subscriptionStatus");
            assertThat(bad.get("status").getAsString()).isEqualTo("error");
            assertThat(bad.get("pair").getAsString()).isEqualTo("NO/PE");
            assertThat(bad.get("errorMessage").getAsString()).contains("not supported");
            assertThat(client.next()).startsWith("[").contains("\"as\"", "book-25", "XBT/USD");

            client.send("{\"event\":\"unsubscribe\",\"pair\":[\"XBT/USD\"]," +
                "\"subscription\":{\"name\":\"book\",\"depth\":25}}");
            assertThat(view().await((view) -> view.subscriptions().isEmpty(), WAIT_MS)).isTrue();
        }
    }

    @Test
    void shouldAnswerForEachSymbol() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("NO/PE")).heartbeatIntervalMs(600_000); // none between the answers
        try (BareClient client = connect("/kraken/v2"))
        {
            client.send("{\"method\":\"subscribe\",\"req_id\":7,\"params\":{\"channel\":\"ticker\"," +
                "\"symbol\":[\"BTC/USD\",\"NO/PE\"]}}");

            final JsonObject good = client.nextWith("success");
            assertThat(good.getAsJsonObject("result").get("symbol").getAsString()).isEqualTo("BTC/USD");
            assertThat(good.get("req_id").getAsInt()).isEqualTo(7);
            final JsonObject bad = client.nextWith("success");
            assertThat(bad.get("success").getAsBoolean()).isFalse();
            assertThat(bad.get("symbol").getAsString()).isEqualTo("NO/PE");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("snapshot");
            assertThat(client.nextJson().get("type").getAsString()).isEqualTo("update");
        }
    }

    @Test
    void shouldSendHeartbeatsOnceSomethingIsSubscribed() throws Exception
    {
        exchange.rules().heartbeatIntervalMs(20);
        try (BareClient one = connect("/kraken"); BareClient two = connect("/kraken/v2"))
        {
            one.send("{\"event\":\"subscribe\",\"pair\":[\"A/B\"],\"subscription\":{\"name\":\"trade\"}}");
            two.send("{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"A/B\"]}}");

            one.nextWith("{\"event\":\"heartbeat\"}");
            two.nextWith("{\"channel\":\"heartbeat\"}");
        }
    }

    @Test
    void shouldDemandATokenForWhatIsPrivate() throws Exception
    {
        try (BareClient client = connect("/kraken"))
        {
            client.send("{\"event\":\"subscribe\",\"subscription\":{\"name\":\"openOrders\",\"token\":\"x\"}}");
            assertThat(client.nextWith("subscriptionStatus").get("errorMessage").getAsString())
                .isEqualTo("ESession:Invalid session");
            client.send("{\"event\":\"subscribe\",\"subscription\":{\"name\":\"openOrders\"," +
                "\"token\":\"local-token\"}}");
            assertThat(client.nextWith("subscriptionStatus").get("status").getAsString()).isEqualTo("subscribed");
            assertThat(view().count(Happening.LOGIN)).isEqualTo(1);
            assertThat(view().count(Happening.REFUSED_LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void shouldDemandATokenForWhatIsPrivateInVersion2() throws Exception
    {
        try (BareClient client = connect("/kraken/v2"))
        {
            client.send("{\"method\":\"subscribe\",\"req_id\":1,\"params\":{\"channel\":\"executions\"}}");
            assertThat(client.nextWith("success").get("error").getAsString()).isEqualTo("ESession:Invalid session");
            client.send("{\"method\":\"subscribe\",\"req_id\":2,\"params\":{\"channel\":\"executions\"," +
                "\"token\":\"local-token\"}}");
            assertThat(client.nextWith("success").get("success").getAsBoolean()).isTrue();
            assertThat(client.nextWith("executions").get("sequence").getAsInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountOrders() throws Exception
    {
        exchange.rules().orderCredits(new CreditRule(1, 0, 1));
        try (BareClient client = connect("/kraken/v2"))
        {
            final String order = "{\"method\":\"add_order\",\"req_id\":1,\"params\":{\"symbol\":\"BTC/USD\"," +
                "\"token\":\"local-token\"}}";
            client.send(order);
            assertThat(client.nextWith("success").getAsJsonObject("result").has("order_id")).isTrue();
            client.send(order);
            assertThat(client.nextWith("success").get("error").getAsString()).isEqualTo("EOrder:Rate limit exceeded");
            assertThat(view().count(Happening.ORDER)).isEqualTo(1);
        }
    }

    @Test
    void shouldAnnounceMaintenance() throws Exception
    {
        exchange.rules().shutdownAfterMs(10).shutdownNoticeMs(10);
        try (BareClient client = connect("/kraken"))
        {
            client.nextWith("online");
            assertThat(client.nextJson().get("status").getAsString()).isEqualTo("maintenance");
            assertThat(client.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void shouldHangUntilItIsToldNotTo() throws Exception
    {
        try (BareClient client = connect("/kraken/v2"))
        {
            client.nextWith("online");
            exchange.rules().silent(true);
            client.send("{\"method\":\"ping\",\"req_id\":1}");
            assertThat(view().await((view) -> view.count(Happening.UNHEARD) == 1, WAIT_MS)).isTrue();
            exchange.rules().silent(false);
            client.send("{\"method\":\"ping\",\"req_id\":2}");
            assertThat(client.nextJson().get("req_id").getAsInt()).isEqualTo(2);
        }
    }

    @Test
    void shouldDropAConnectionAfterSoManyMessages() throws Exception
    {
        exchange.rules().dropAfterMessages(2);
        try (BareClient client = connect("/kraken"))
        {
            client.send("{\"event\":\"ping\",\"reqid\":1}");
            client.nextWith("pong");
            client.send("{\"event\":\"ping\",\"reqid\":2}");
            assertThat(view().await((view) -> !view.isOpen(), WAIT_MS)).isTrue();
            assertThat(view().endReason()).startsWith("dropped");
            assertThat(view().received()).hasSize(1);
        }
    }

    private BareClient connect(final String path) throws IOException
    {
        return new BareClient(exchange.uri(path));
    }

    private ConnectionView view() throws InterruptedException
    {
        return exchange.awaitConnection(1, WAIT_MS);
    }
}
