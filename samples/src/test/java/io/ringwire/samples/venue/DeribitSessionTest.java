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
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.connection.ConnectionView;
import io.ringwire.samples.exchange.connection.CreditRule;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.venue.deribit.Deribit;
import io.ringwire.venue.deribit.DeribitLogin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import static io.ringwire.samples.venue.Trader.WAIT_MS;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DeribitSessionTest
{
    private static final String BOOK = "book.BTC-PERPETUAL.raw";
    private static final String TRADES = "trades.BTC-PERPETUAL.raw";
    private static final String ORDERS = "user.orders.any.raw";
    private static final String NONE = "book.NONE.raw";
    private static final Credentials LOCAL = Credentials.local();
    private static final String TEST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"public/test\",\"params\":{}}";

    private final LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(100));

    @AfterEach
    void afterEach()
    {
        exchange.close();
    }

    @Test
    void shouldLogInAndTellWhichChannelsWereAcceptedAndRefused() throws Exception
    {
        exchange.rules().rejectChannels(Set.of(NONE));
        try (Trader trader = Trader.connect(uri(), loggedIn(BOOK, NONE, ORDERS)))
        {
            trader.awaitChannel(BOOK, SubscriptionState.ACKNOWLEDGED);
            trader.awaitChannel(NONE, SubscriptionState.REJECTED);
            trader.awaitChannel(ORDERS, SubscriptionState.ACKNOWLEDGED);
            trader.awaitState(SessionState.LIVE);

            assertThat(trader.session().subscriptions().acknowledged()).containsExactlyInAnyOrder(BOOK, ORDERS);
            assertThat(trader.session().subscriptions().desired()).doesNotContain(NONE);
            assertThat(view(1).subscriptions()).containsExactly(BOOK, ORDERS);
            assertThat(view(1).count(Happening.LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void shouldFailOnceAndForAllWhenTheLoginIsRejected() throws Exception
    {
        try (Trader trader = Trader.connect(uri(), (config) ->
            Deribit.fill(config, DeribitLogin.credentials(LOCAL.apiKey(), "wrong"))))
        {
            final StateChange end = trader.awaitState(SessionState.FAILED);

            assertThat(end.reason()).contains("invalid_credentials");
            assertThat(view(1).await((view) -> !view.isOpen(), WAIT_MS)).isTrue();
            assertThat(exchange.accepted()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerHeartbeatDemandsWhileTheHandlerIsHeld() throws Exception
    {
        exchange.rules().heartbeatIntervalMs(100).testRequestTimeoutMs(60_000);
        try (Trader trader = Trader.connectHeld(uri(), loggedIn(BOOK)))
        {
            trader.await(String.class, (message) -> message.contains("snapshot"));
            final long answers = view(1).count(Happening.TEST_ANSWER);

            assertThat(view(1).await((view) -> view.count(Happening.TEST_ANSWER) >= answers + 3, WAIT_MS)).isTrue();
            assertThat(view(1).isOpen()).isTrue();
        }
    }

    @Test
    void shouldRefreshItsLoginBeforeItExpires() throws Exception
    {
        exchange.rules().tokenLifetimeMs(1_000);
        try (Trader trader = Trader.connect(uri(), loggedIn()))
        {
            trader.awaitState(SessionState.LIVE);

            assertThat(view(1).await((view) -> view.count(Happening.REFRESH) >= 1, WAIT_MS)).isTrue();
            assertThat(view(1).isOpen()).isTrue();
            assertThat(view(1).count(Happening.LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void shouldRecoverLoginAndSubscriptionsWhenTheVenueTerminatesForABreach() throws Exception
    {
        try (Trader trader = Trader.connect(uri(), loggedIn(BOOK, TRADES)))
        {
            trader.awaitState(SessionState.LIVE); // which the one snapshot need not wait for
            trader.await(String.class, (message) -> message.contains("\"change\""));
            exchange.rules().requestCredits(new CreditRule(0, 0, 1));
            trader.send(TEST);
            assertThat(view(1).await((view) -> !view.isOpen(), WAIT_MS)).isTrue();
            assertThat(view(1).endReason()).isEqualTo("too_many_requests");
            exchange.rules().requestCredits(new CreditRule(50_000, 10_000, 500));

            final ReconnectGap gap = trader.await(ReconnectGap.class, (any) -> true);
            assertThat(gap.lastSequence()).isGreaterThan(0);
            trader.awaitChannel(BOOK, SubscriptionState.ACKNOWLEDGED);
            trader.awaitChannel(TRADES, SubscriptionState.ACKNOWLEDGED);
            trader.awaitState(SessionState.LIVE);
            final List<ConnectionView> views = exchange.connections();
            final ConnectionView last = views.get(views.size() - 1);
            assertThat(last.count(Happening.LOGIN)).isEqualTo(1);
            assertThat(last.subscriptions()).containsExactly(BOOK, TRADES);
        }
    }

    @Test
    void shouldTellOfTheGapBeforeTheFirstMessageBehindIt() throws Exception
    {
        try (Trader trader = Trader.connect(uri(), loggedIn(BOOK)))
        {
            trader.await(String.class, (message) -> message.contains("\"change\""));
            exchange.dropConnections();
            final Object first = trader.await(Object.class, (event) -> event instanceof ReconnectGap ||
                event instanceof String message && message.contains("snapshot"));

            assertThat(first).isInstanceOf(ReconnectGap.class);
            trader.await(String.class, (message) -> message.contains("snapshot"));
        }
    }

    private static Consumer<SessionConfig> loggedIn(final String... channels)
    {
        return (config) -> Deribit.fill(config, DeribitLogin.signature(LOCAL.apiKey(), LOCAL.apiSecret()))
            .subscriptions(new SubscriptionPolicy().channels(channels));
    }

    private String uri()
    {
        return exchange.uri("/deribit/ws/api/v2");
    }

    private ConnectionView view(final int number) throws InterruptedException
    {
        return exchange.awaitConnection(number, WAIT_MS);
    }
}
