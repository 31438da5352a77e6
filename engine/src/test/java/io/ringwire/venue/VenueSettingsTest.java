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
package io.ringwire.venue;

import io.ringwire.api.MessageHandler;
import io.ringwire.config.EngineContext;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.Dialect;
import io.ringwire.session.RateLimiter;
import io.ringwire.stats.SessionCounters;
import io.ringwire.venue.binance.Binance;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.binance.BinanceLogin;
import io.ringwire.venue.coinbase.Coinbase;
import io.ringwire.venue.deribit.Deribit;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.deribit.DeribitLogin;
import io.ringwire.venue.kraken.Kraken;
import io.ringwire.venue.kraken.KrakenLogin;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the venues' settings choose, what they leave alone, and that no limit of a venue is passed under them.
 */
class VenueSettingsTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final MessageHandler HANDLER =
        (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {};

    private final List<Throwable> errors = new ArrayList<>();
    private long nowNs;
    private final NanoClock clock = () -> nowNs;

    @AfterEach
    void afterEach()
    {
        assertThat(errors).isEmpty();
    }

    static List<UnaryOperator<SessionConfig>> fills()
    {
        return List.of(
            Deribit::fill,
            Binance::fillStreams,
            Binance::fillApi,
            (config) -> Coinbase.fill(config, null),
            Kraken::fill);
    }

    @ParameterizedTest
    @MethodSource("fills")
    void shouldMakeAValidConfiguration(final UnaryOperator<SessionConfig> fill)
    {
        final SessionConfig config = fill.apply(new SessionConfig().messageHandler(HANDLER));
        config.conclude(new EngineContext());
        assertThat(config.uri()).startsWith("wss://");
        assertThat(config.dialect()).isNotNull();
        assertThat(config.login()).isNull();
    }

    @ParameterizedTest
    @MethodSource("fills")
    void shouldLeaveAloneWhatWasChosen(final UnaryOperator<SessionConfig> fill)
    {
        final Dialect dialect = new JsonRpcDialect();
        final RateLimitPolicy limits = new RateLimitPolicy().window("mine", 1, SECOND_NS);
        final SessionConfig config = fill.apply(new SessionConfig()
            .uri("ws://localhost/")
            .dialect(dialect)
            .limits(limits)
            .reconnect(new ReconnectPolicy().connectBudget(7, SECOND_NS)));
        config.heartbeat().intervalNs(42);
        assertThat(config.uri()).isEqualTo("ws://localhost/");
        assertThat(config.dialect()).isSameAs(dialect);
        assertThat(config.limits()).isSameAs(limits);
        assertThat(limits.limits()).hasSize(1);
        assertThat(config.reconnect().connectBudget()).isEqualTo(7);
        assertThat(fill.apply(config).heartbeat().intervalNs()).isEqualTo(42);
    }

    @Test
    void shouldLogInWhereCredentialsAreGiven() throws Exception
    {
        final DeribitLogin login = DeribitLogin.signature("id", "secret");
        assertThat(Deribit.fill(new SessionConfig(), login).login().authenticator()).isSameAs(login);

        final LoginPolicy patient = new LoginPolicy().timeoutNs(42);
        assertThat(Deribit.fill(new SessionConfig().login(patient), login).login()).isSameAs(patient);
        assertThat(patient.authenticator()).isSameAs(login);

        final DeribitLogin other = DeribitLogin.signature("other", "secret");
        assertThat(Deribit.fill(new SessionConfig().login(patient), other).login().authenticator()).isSameAs(login);

        final BinanceLogin logon = new BinanceLogin(
            "key", KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate(), 5_000);
        assertThat(Binance.fillApi(new SessionConfig(), logon).login().authenticator()).isSameAs(logon);

        final KrakenLogin tokens = new KrakenLogin(() -> "token");
        assertThat(Kraken.fill(new SessionConfig(), tokens).login().authenticator()).isSameAs(tokens);
    }

    @Test
    void shouldBoundTheConnects()
    {
        final ReconnectPolicy binance = Binance.fillStreams(new SessionConfig()).reconnect();
        assertThat(binance.connectBudget()).isEqualTo(300);
        assertThat(binance.connectBudgetPeriodNs()).isEqualTo(TimeUnit.MINUTES.toNanos(5));
        assertThat(binance.isConnectBudgetChosen()).isTrue();

        final ReconnectPolicy coinbase = Coinbase.fill(new SessionConfig(), null).reconnect();
        assertThat(coinbase.connectBudget()).isEqualTo(8);
        assertThat(coinbase.connectBudgetPeriodNs()).isEqualTo(SECOND_NS);
    }

    /**
     * 500 of 50,000 credits, 3,000 of 30,000 for a subscribe request, 20 orders at once: one less of each, and two
     * requests are the heartbeats'.
     */
    @Test
    void shouldStayBelowTheLimitsOfDeribit()
    {
        final String buy = "{\"params\":{\"method\":\"x\"}, \"method\" : \"private/buy\",\"id\":1}";
        final SessionConfig config = Deribit.fill(new SessionConfig());
        final Limited limited = new Limited(config);
        assertThat(limited.sendAll(buy)).isEqualTo(19);
        assertThat(limited.sendAll("{\"method\":\"public/subscribe\",\"id\":1}")).isEqualTo(9);
        assertThat(limited.sendAll("{\"method\":\"public/get_time\",\"id\":1}")).isEqualTo(99 - 9 - 2);
        assertThat(limited.sendAll("{\"id\":1}")).isZero();
        nowNs += SECOND_NS;
        assertThat(limited.sendAll(buy)).isEqualTo(5);
        assertThat(limited.sendAll("{\"method\":\"public/get_time\",\"id\":1}")).isEqualTo(20);

        assertThat(new Limited(config).claimAll()).isEqualTo(19);
        final SessionConfig tier1 = new SessionConfig();
        Deribit.limits(tier1.limits(), 30, 100);
        assertThat(new Limited(Deribit.fill(tier1)).sendAll(buy)).isEqualTo(99);
    }

    @Test
    void shouldStayBelowTheLimitsOfBinance()
    {
        final Limited streams = new Limited(Binance.fillStreams(new SessionConfig()));
        assertThat(streams.sendAll("{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"],\"id\":1}")).isEqualTo(3);
        assertThat(streams.limiter.takeControlFrame()).isTrue();
        assertThat(streams.limiter.takeControlFrame()).isTrue();
        assertThat(streams.limiter.takeControlFrame()).isFalse();
        nowNs += SECOND_NS;
        assertThat(streams.sendAll("{}")).isZero();

        final Limited api = new Limited(Binance.fillApi(new SessionConfig().uri("ws://api.test/")));
        assertThat(api.sendAll("{\"id\":\"1\",\"method\":\"depth\"}")).isEqualTo(5_400 / 250);
        final Limited other = new Limited(Binance.fillApi(new SessionConfig().uri("ws://API.test:80/x")));
        assertThat(other.sendAll("{\"id\":\"1\",\"method\":\"order.place\"}")).isEqualTo(5_400 % 250);
    }

    @Test
    void shouldStayBelowTheLimitsOfCoinbase()
    {
        final String subscribe = "{\"type\":\"subscribe\"}";
        final Limited one = new Limited(Coinbase.fill(new SessionConfig().uri("ws://coinbase.test/"), null));
        final Limited two = new Limited(Coinbase.fill(new SessionConfig().uri("ws://coinbase.test/"), null));
        assertThat(one.sendAll(subscribe) + two.sendAll(subscribe)).isEqualTo(19);
        nowNs += SECOND_NS;
        assertThat(two.sendAll(subscribe)).isEqualTo(8);
    }

    /**
     * The dialects find the method that has a cost, whatever the order of the keys; a method they cannot read has the
     * default cost.
     */
    @ParameterizedTest
    @MethodSource("dialects")
    void shouldFindTheCostOfAMethod(final Dialect dialect)
    {
        final SessionConfig config = new SessionConfig().dialect(dialect).limits(
            new RateLimitPolicy().bucket("b", 100, 1, SECOND_NS).cost("private/buy", "b", 7).defaultCost("b", 2));
        final Limited limited = new Limited(config);
        assertThat(limited.costOf("{\"method\":\"private/buy\",\"id\":1}")).isEqualTo(7);
        assertThat(limited.costOf(" {\"id\":1,\"params\":{\"method\":\"x\"},\"method\" : \"private/buy\"}"))
            .isEqualTo(7);
        assertThat(limited.costOf("{\"id\":1,\"params\":{\"method\":\"private/buy\"}}")).isEqualTo(2);
        assertThat(limited.costOf("{\"method\":\"private/bu\\u0079\"}")).isEqualTo(2);
        assertThat(limited.costOf("{\"method\":7}")).isEqualTo(2);
        assertThat(limited.costOf("{\"method\":\"\"}")).isEqualTo(2);
        assertThat(limited.costOf("ping")).isEqualTo(2);
        assertThat(limited.costOf("")).isEqualTo(2);
    }

    static List<Dialect> dialects()
    {
        return List.of(new JsonRpcDialect(), new DeribitDialect(), new BinanceDialect());
    }

    /**
     * A session's limiter, at the test's time.
     */
    private final class Limited
    {
        private static final int MANY = 10_000;

        private final RateLimiter limiter;

        Limited(final SessionConfig config)
        {
            config.messageHandler(HANDLER);
            limiter = new RateLimiter(
                config.limits(), config.dialect(), clock, errors::add, new SessionCounters());
        }

        int costOf(final String message)
        {
            final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            return limiter.costOf(new UnsafeBuffer(bytes), 0, bytes.length)[0];
        }

        int claimAll()
        {
            int claimed = 0;
            while (claimed < MANY && limiter.take(limiter.claimCost(), false))
            {
                claimed++;
            }

            return claimed;
        }

        int sendAll(final String message)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(message.getBytes(StandardCharsets.UTF_8));
            int sent = 0;
            while (sent < MANY && limiter.take(limiter.costOf(buffer, 0, buffer.capacity()), false))
            {
                sent++;
            }

            return sent;
        }
    }
}
