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
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.venue.kraken.Kraken;
import io.ringwire.venue.kraken.KrakenLogin;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

import static io.ringwire.samples.venue.Trader.WAIT_MS;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class KrakenSessionTest
{
    private static final String V1 = "/kraken";
    private static final String V2 = "/kraken/v2";

    private final LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(100));

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { V1, V2 })
    void shouldSubscribeAndTellWhatIsRefused(final String path) throws Exception
    {
        exchange.rules().rejectChannels(Set.of("NO/PE"));
        try (Trader trader = connect(path, "book-10:BTC/USD", "ticker:NO/PE"))
        {
            trader.awaitChannel("book-10:BTC/USD", SubscriptionState.ACKNOWLEDGED);
            assertThat(trader.awaitChannel("ticker:NO/PE", SubscriptionState.REJECTED).reason())
                .contains("not supported");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { V1, V2 })
    void shouldSubscribeAgainBehindAPlannedShutdown(final String path) throws Exception
    {
        exchange.rules().shutdownNoticeMs(20);
        try (Trader trader = connect(path, "trade:BTC/USD"))
        {
            trader.awaitChannel("trade:BTC/USD", SubscriptionState.ACKNOWLEDGED);
            exchange.planShutdown();
            trader.await(ReconnectGap.class, (any) -> true);
            trader.awaitChannel("trade:BTC/USD", SubscriptionState.ACKNOWLEDGED);
            assertThat(exchange.awaitConnection(2, WAIT_MS).subscriptions()).containsExactly("trade:BTC/USD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { V1, V2 })
    void shouldBringATokenForWhatIsPrivate(final String path) throws Exception
    {
        final String channel = path.equals(V1) ? "openOrders" : "executions";
        try (Trader trader = connect(path, channel))
        {
            trader.awaitChannel(channel, SubscriptionState.ACKNOWLEDGED);
            assertThat(exchange.awaitConnection(1, WAIT_MS).count(Happening.LOGIN)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { V1, V2 })
    void shouldTellThatTheTokenIsRefused(final String path) throws Exception
    {
        exchange.rules().rejectLogins(true);
        final String channel = path.equals(V1) ? "openOrders" : "executions";
        try (Trader trader = connect(path, channel))
        {
            assertThat(trader.awaitChannel(channel, SubscriptionState.REJECTED).reason()).contains("ESession");
        }
    }

    private Trader connect(final String path, final String... channels)
    {
        final KrakenLogin login = new KrakenLogin(Credentials.local()::token);
        return Trader.connect(exchange.uri(path), (config) -> Kraken
            .fill(config.dialect(path.equals(V1) ? new KrakenV1Dialect(login::token) : null), login)
            .subscriptions(new SubscriptionPolicy().channels(channels)));
    }
}
