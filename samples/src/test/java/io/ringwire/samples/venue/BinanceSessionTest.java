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
package io.ringwire.samples.venue;

import io.ringwire.api.ReconnectGap;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.connection.ConnectionView;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.venue.binance.Binance;
import io.ringwire.venue.binance.BinanceLogin;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static io.ringwire.samples.venue.Trader.WAIT_MS;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BinanceSessionTest
{
    private static final String DEPTH = "btcusdt@depth@100ms";
    private static final String TRADE = "ethusdt@trade";

    private final LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(100));

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldComeBackSubscribedBehindAPlannedShutdown() throws Exception
    {
        exchange.rules().shutdownNoticeMs(20);
        try (Trader trader = Trader.connect(exchange.uri("/binance/stream"), (config) ->
            Binance.fillStreams(config).subscriptions(new SubscriptionPolicy().channels(DEPTH, TRADE))))
        {
            trader.awaitState(SessionState.LIVE);
            trader.await(String.class, (message) -> message.contains("depthUpdate"));
            exchange.planShutdown();

            assertThat(trader.await(Trader.Notice.class, (any) -> true).message()).contains("serverShutdown");
            final Object first = trader.await(Object.class, (event) -> event instanceof ReconnectGap ||
                event instanceof String message && message.contains("\"U\":2000000001"));
            assertThat(first).isInstanceOf(ReconnectGap.class);
            assertThat(((ReconnectGap)first).previousEpoch()).isEqualTo(1);
            trader.awaitChannel(DEPTH, SubscriptionState.ACKNOWLEDGED);
            trader.awaitChannel(TRADE, SubscriptionState.ACKNOWLEDGED);
            assertThat(view(2).subscriptions()).containsExactly(DEPTH, TRADE);
            assertThat(view(1).count(Happening.BREACH) + view(2).count(Happening.BREACH)).isZero();
        }
    }

    @Test
    void shouldTellThatAStreamIsRefused() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("none@trade"));
        try (Trader trader = Trader.connect(exchange.uri("/binance/ws"), (config) ->
            Binance.fillStreams(config).subscriptions(new SubscriptionPolicy().channels("none@trade"))))
        {
            assertThat(trader.awaitChannel("none@trade", SubscriptionState.REJECTED).reason()).contains("invalid");
        }
    }

    @Test
    void shouldKeepFiveMessagesASecondPongsIncluded() throws Exception
    {
        // One more than the client's: of those one behind the other, one may arrive late and the next at once.
        exchange.rules().pingIntervalMs(400).messagesPerSecond(6);
        try (Trader trader = Trader.connect(exchange.uri("/binance/ws"), Binance::fillStreams))
        {
            trader.awaitState(SessionState.LIVE);
            for (int i = 0; i < 5; i++)
            {
                trader.sendWhenAllowed("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}");
                final int sent = i + 1;
                assertThat(view(1).await((view) -> view.count(Happening.MESSAGE) == sent, WAIT_MS)).isTrue();
            }

            assertThat(view(1).await((view) -> view.count(Happening.PONG) >= 2, WAIT_MS)).isTrue();
            assertThat(view(1).count(Happening.BREACH)).isZero();
            assertThat(view(1).isOpen()).isTrue();
        }
    }

    @Test
    void shouldLogOnAndCorrelateAnOrderByItsStringId() throws Exception
    {
        final KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        exchange.rules().credentials(Credentials.local(keys.getPublic()));
        try (Trader trader = Trader.connect(exchange.uri("/binance/ws-api/v3"), (config) ->
            Binance.fillApi(config, new BinanceLogin("ringwire", keys.getPrivate(), 5_000))))
        {
            trader.awaitState(SessionState.LIVE);

            assertThat(place(trader.session(), "order-1").get(WAIT_MS, TimeUnit.MILLISECONDS))
                .isEqualTo(ReplyOutcome.REPLY);
            assertThat(view(1).count(Happening.LOGIN)).isEqualTo(1);
            assertThat(view(1).count(Happening.ORDER)).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAnOrderBeyondTheWeightAsAnErrorReply() throws Exception
    {
        exchange.rules().weightPerMinute(2); // all of which the connect takes
        try (Trader trader = Trader.connect(exchange.uri("/binance/ws-api/v3"), Binance::fillApi))
        {
            trader.awaitState(SessionState.LIVE);

            assertThat(place(trader.session(), "order-1").get(WAIT_MS, TimeUnit.MILLISECONDS))
                .isEqualTo(ReplyOutcome.ERROR_REPLY);
            assertThat(view(1).count(Happening.BREACH)).isEqualTo(1);
        }
    }

    @Test
    void shouldFailOnceAndForAllWhenTheLogonIsRejected() throws Exception
    {
        final KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (Trader trader = Trader.connect(exchange.uri("/binance/ws-api/v3"), (config) ->
            Binance.fillApi(config, new BinanceLogin("ringwire", keys.getPrivate(), 5_000))))
        {
            assertThat(trader.awaitState(SessionState.FAILED).reason()).contains("-1022");
            assertThat(exchange.accepted()).isEqualTo(1);
        }
    }

    private static CompletableFuture<ReplyOutcome> place(final Session session, final String id)
    {
        final CompletableFuture<ReplyOutcome> end = new CompletableFuture<>();
        final UnsafeBuffer idBuffer = new UnsafeBuffer(id.getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer order = new UnsafeBuffer(("{\"id\":\"" + id + "\",\"method\":\"order.place\",\"params\":" +
            "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\"}}").getBytes(StandardCharsets.US_ASCII));
        final long result = session.request(session.nextCorrelationId(), idBuffer, 0, idBuffer.capacity(),
            order, 0, order.capacity(), TimeUnit.SECONDS.toNanos(5),
            (from, correlationId, outcome, buffer, offset, length, rttNs) -> end.complete(outcome));
        assertThat(result).isPositive();
        return end;
    }

    private ConnectionView view(final int number) throws InterruptedException
    {
        return exchange.awaitConnection(number, WAIT_MS);
    }
}
