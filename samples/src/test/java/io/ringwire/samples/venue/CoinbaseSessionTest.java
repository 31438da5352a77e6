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
import io.ringwire.samples.exchange.connection.ConnectionView;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.venue.coinbase.Coinbase;
import io.ringwire.venue.coinbase.CoinbaseCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;

import static io.ringwire.samples.venue.Trader.WAIT_MS;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class CoinbaseSessionTest
{
    private static final String TICKER = "ticker:BTC-USD";
    private static final String BEAT = "heartbeat:BTC-USD";
    private static final String USER = "user:BTC-USD";

    private final LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(100));

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldSubscribeInTimeAndAgainBehindADrop() throws Exception
    {
        try (Trader trader = connect(null, TICKER, BEAT))
        {
            trader.awaitChannel(TICKER, SubscriptionState.ACKNOWLEDGED);
            trader.awaitChannel(BEAT, SubscriptionState.ACKNOWLEDGED);
            exchange.dropConnections();
            trader.await(ReconnectGap.class, (any) -> true);
            trader.awaitChannel(TICKER, SubscriptionState.ACKNOWLEDGED);
            trader.awaitChannel(BEAT, SubscriptionState.ACKNOWLEDGED);

            assertThat(view(2).subscriptions()).containsExactly(TICKER, BEAT);
            assertThat(view(2).count(Happening.BREACH)).isZero();
        }
    }

    @Test
    void shouldTellThatAProductIsRefused() throws Exception
    {
        exchange.rules().rejectChannels(Set.of("NO-PE"));
        try (Trader trader = connect(null, "ticker:NO-PE"))
        {
            assertThat(trader.awaitChannel("ticker:NO-PE", SubscriptionState.REJECTED).reason())
                .contains("NO-PE is not a valid product");
        }
    }

    @Test
    void shouldLogInWithTheSubscription() throws Exception
    {
        final Credentials local = Credentials.local();
        try (Trader trader = connect(
            new CoinbaseCredentials(local.apiKey(), local.apiSecret(), local.passphrase()), USER))
        {
            trader.awaitChannel(USER, SubscriptionState.ACKNOWLEDGED);
            assertThat(view(1).count(Happening.LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void shouldTellThatTheLoginIsRefused() throws Exception
    {
        final Credentials local = Credentials.local();
        try (Trader trader = connect(
            new CoinbaseCredentials(local.apiKey(), local.apiSecret(), "wrong"), USER))
        {
            assertThat(trader.awaitChannel(USER, SubscriptionState.REJECTED).reason())
                .contains("Authentication Failed");
            assertThat(exchange.accepted()).isEqualTo(1);
        }
    }

    private Trader connect(final CoinbaseCredentials credentials, final String... channels)
    {
        return Trader.connect(exchange.uri("/coinbase"), (config) ->
            Coinbase.fill(config, credentials).subscriptions(new SubscriptionPolicy().channels(channels)));
    }

    private ConnectionView view(final int number) throws InterruptedException
    {
        return exchange.awaitConnection(number, WAIT_MS);
    }
}
