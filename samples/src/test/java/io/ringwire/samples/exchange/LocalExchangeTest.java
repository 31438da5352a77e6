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
import io.ringwire.samples.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class LocalExchangeTest
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "public/test               | {}                                             | {\"version\":\"1.2.26\"}",
        "public/set_heartbeat      | {\"interval\":10}                              | \"ok\"",
        "public/disable_heartbeat  | {}                                             | \"ok\"",
        "public/subscribe          | {\"channels\":[\"ticker.A.raw\"]}              | [\"ticker.A.raw\"]",
        "public/unsubscribe        | {\"channels\":[\"ticker.A.raw\"]}              | [\"ticker.A.raw\"]",
    })
    void shouldAnswerEachMethod(final String method, final String params, final String result) throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(); JdkClient client = new JdkClient(exchange.uri()))
        {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}");

            final JsonObject reply = client.nextJson();
            assertThat(reply.get("id").getAsInt()).isEqualTo(7);
            assertThat(reply.get("result")).hasToString(result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"id\":1,\"method\":\"public/nonsense\"}                                     | -32601",
        "{\"id\":1,\"method\":\"private/buy\",\"params\":{\"amount\":1}}               | -32602",
        "{\"id\":1,\"method\":\"public/set_heartbeat\",\"params\":{\"interval\":9}}    | -32602",
        "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":[]}}       | -32602",
        "{\"id\":1,\"method\":\"private/cancel\",\"params\":{\"order_id\":\"none\"}}   | 10004",
        "{\"id\":1,                                                                    | -32700",
        "[1]                                                                           | -32700",
    })
    void shouldAnswerWhatItCannotDoWithAnError(final String request, final int code) throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(); JdkClient client = new JdkClient(exchange.uri()))
        {
            client.send(request);

            assertThat(client.nextJson().getAsJsonObject("error").get("code").getAsInt()).isEqualTo(code);
        }
    }

    @Test
    void shouldKeepAnOrderUntilItIsCancelled() throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(); JdkClient client = new JdkClient(exchange.uri()))
        {
            client.send("{\"id\":1,\"method\":\"private/buy\",\"params\":" +
                "{\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10,\"price\":5,\"label\":\"x\"}}");
            final JsonObject order = client.nextJson().getAsJsonObject("result").getAsJsonObject("order");
            assertThat(order.get("order_state").getAsString()).isEqualTo("open");
            assertThat(order.get("label").getAsString()).isEqualTo("x");

            final String cancel =
                "{\"id\":2,\"method\":\"private/cancel\",\"params\":{\"order_id\":" + order.get("order_id") + "}}";
            client.send(cancel);
            assertThat(client.nextJson().getAsJsonObject("result").get("order_state").getAsString())
                .isEqualTo("cancelled");
            client.send(cancel);
            assertThat(client.nextJson().has("error")).isTrue();
        }
    }

    @Test
    void shouldStreamTheSubscribedChannelsInTurnWithoutAGap() throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(5000));
            JdkClient client = new JdkClient(exchange.uri()))
        {
            client.send("{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":" +
                "[\"ticker.A.raw\",\"ticker.B.raw\"]}}");
            assertThat(client.nextJson().has("result")).isTrue();
            for (int i = 1; i <= 1000; i++)
            {
                final JsonObject params = client.nextJson().getAsJsonObject("params");
                assertThat(params.get("channel").getAsString()).isEqualTo(i % 2 == 1 ? "ticker.A.raw" : "ticker.B.raw");
                assertThat(params.getAsJsonObject("data").get("change_id").getAsLong()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldDemandATestAndEndTheConnectionThatGivesNone() throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().minHeartbeatSeconds(1));
            JdkClient client = new JdkClient(exchange.uri()))
        {
            exchange.rules().testRequestTimeoutMs(60_000);
            client.send("{\"id\":1,\"method\":\"public/set_heartbeat\",\"params\":{\"interval\":1}}");
            assertThat(client.nextJson().get("result").getAsString()).isEqualTo("ok");
            assertThat(client.next()).contains("test_request");
            exchange.rules().testRequestTimeoutMs(20); // of the next, which comes only behind the answer
            client.send("{\"id\":2,\"method\":\"public/test\"}");
            assertThat(client.nextJson().get("id").getAsInt()).isEqualTo(2);
            assertThat(client.next()).contains("test_request");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void shouldReplayACaptureByteForByte() throws Exception
    {
        final Capture capture = Capture.read(Captures.file("coinbase.capture"));
        try (LocalExchange exchange =
            LocalExchange.launch(new ExchangeConfig().capture(capture, ExchangeConfig.MAX_SPEED));
            BareClient client = new BareClient(exchange.uri("/replay")))
        {
            for (final RecordedMessage message : capture.messages())
            {
                assertThat(client.next()).isEqualTo(new String(message.payload(), StandardCharsets.UTF_8));
            }

            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void shouldEcho() throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch(); JdkClient client = new JdkClient(exchange.uri("/echo")))
        {
            client.send("x".repeat(100_000));
            assertThat(client.next()).isEqualTo("x".repeat(100_000));
        }
    }

    @Test
    void shouldAnswerTheUpgradeWithTheStatusOfThePath()
    {
        try (LocalExchange exchange = LocalExchange.launch())
        {
            assertThatThrownBy(() -> new JdkClient(exchange.uri("/status/429")))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
            assertThat(exchange.accepted()).isEqualTo(1);
        }
    }

    @Test
    void shouldGoAwayAndComeBackOnTheSamePort() throws Exception
    {
        try (LocalExchange exchange = LocalExchange.launch())
        {
            final JdkClient client = new JdkClient(exchange.uri());
            exchange.stopListening();
            exchange.dropConnections();
            assertThat(exchange.open()).isZero();
            assertThatThrownBy(() -> connect(exchange.port())).isInstanceOf(ConnectException.class);
            client.close();

            exchange.startListening();
            try (JdkClient again = new JdkClient(exchange.uri("/echo")))
            {
                again.send("back");
                assertThat(again.next()).isEqualTo("back");
            }
        }
    }

    private static void connect(final int port) throws IOException
    {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
}
