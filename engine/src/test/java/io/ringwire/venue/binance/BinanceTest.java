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
package io.ringwire.venue.binance;

import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import io.ringwire.venue.Answers;
import io.ringwire.venue.Judged;
import io.ringwire.venue.Signatures;
import org.junit.jupiter.api.Test;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BinanceTest
{
    private static final long NONE = Long.MIN_VALUE;
    private static final String REFUSED = "{\"id\":7,\"status\":401,\"error\":{\"code\":-2014,\"msg\":\"bad key\"}}";
    private static final String LIMITED = "{\"id\":7,\"status\":429,\"error\":{\"code\":-1003,\"msg\":\"too many\"}}";

    private final BinanceDialect dialect = new BinanceDialect();

    @Test
    void shouldJudgeReplies()
    {
        assertThat(Judged.of(dialect, "{\"result\":null,\"id\":7}")).isEqualTo(Judged.of(MessageKind.REPLY, 7L));
        assertThat(Judged.of(dialect, "{\"id\":\"x-1\",\"status\":200,\"result\":{},\"rateLimits\":[]}"))
            .isEqualTo(Judged.of(MessageKind.REPLY, "x-1"));
        assertThat(Judged.of(dialect, REFUSED)).isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L));
        assertThat(Judged.of(dialect, LIMITED)).isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L).limited());
        assertThat(Judged.of(dialect, "{\"code\":2,\"msg\":\"Invalid request\",\"id\":7}"))
            .isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L));
        assertThat(Judged.of(dialect, "{\"code\":2,\"msg\":\"Invalid request\"}"))
            .isEqualTo(Judged.of(MessageKind.ERROR));
        assertThat(Judged.of(dialect, "{\"id\":null,\"status\":418,\"error\":{\"code\":-1003}}"))
            .isEqualTo(Judged.of(MessageKind.ERROR).limited());
    }

    @Test
    void shouldJudgeEvents()
    {
        assertThat(Judged.of(dialect,
            "{\"data\":{\"u\":9,\"\\u0055\":5,\"pu\":4,\"e\":\"depthUpdate\"},\"stream\":\"x@depth\"}"))
            .isEqualTo(new Judged(MessageKind.STREAM, null, "x@depth", 9, 5, 4, false, false));
        assertThat(Judged.of(dialect, "{\"stream\":\"x@trade\",\"data\":{\"e\":\"trade\",\"t\":7,\"a\":8}}"))
            .isEqualTo(Judged.stream("x@trade", 7, false));
        assertThat(Judged.of(dialect, "{\"stream\":\"x@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"t\":7,\"a\":8}}"))
            .isEqualTo(Judged.stream("x@aggTrade", 8, false));
        assertThat(Judged.of(dialect, "{\"stream\":\"x@depth5\",\"data\":{\"lastUpdateId\":7,\"bids\":[]}}"))
            .isEqualTo(Judged.stream("x@depth5", 7, true));
        assertThat(Judged.of(dialect, "{\"e\":\"depthUpdate\",\"s\":\"X\",\"U\":5,\"u\":9}"))
            .isEqualTo(new Judged(MessageKind.STREAM, null, "X", 9, 5, NONE, false, false));
        assertThat(Judged.of(dialect, "{\"e\":\"trade\",\"s\":\"X\",\"t\":5}"))
            .isEqualTo(Judged.stream("X", NONE, false));
        assertThat(Judged.of(dialect, "{\"subscriptionId\":0,\"event\":{\"e\":\"executionReport\",\"s\":\"X\"}}"))
            .isEqualTo(Judged.stream("", NONE, false));
        for (final String event : List.of(
            "{\"e\":\"serverShutdown\",\"E\":1}",
            "{\"event\":{\"e\":\"serverShutdown\",\"E\":1}}",
            "{\"stream\":\"\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}"))
        {
            assertThat(Judged.of(dialect, event)).isEqualTo(Judged.of(MessageKind.SHUTDOWN));
        }
    }

    @Test
    void shouldSubscribe()
    {
        assertThat(dialect.subscriptions().subscribe(7, List.of("x@trade", "x@depth@100ms")))
            .isEqualTo("{\"method\":\"SUBSCRIBE\",\"params\":[\"x@trade\",\"x@depth@100ms\"],\"id\":7}");
        assertThat(dialect.subscriptions().unsubscribe(7, List.of("x@trade")))
            .isEqualTo("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"x@trade\"],\"id\":7}");
        assertThat(Answers.to(dialect.subscriptions(), MessageKind.REPLY, "{\"result\":null,\"id\":7}", "a", "b"))
            .containsExactly("+a", "+b");
        assertThat(Answers.to(
            dialect.subscriptions(), MessageKind.ERROR_REPLY, "{\"code\":2,\"msg\":\"bad\",\"id\":7}", "a"))
            .containsExactly("-a 2 bad");
        assertThat(Answers.to(dialect.subscriptions(), MessageKind.ERROR, "{\"code\":3,\"msg\":\"bad\"}", "a"))
            .isEmpty();
        assertThat(Answers.to(dialect.subscriptions(), MessageKind.ERROR_REPLY, LIMITED, "a"))
            .containsExactly("later -1003 too many");
    }

    /**
     * The key is that of RFC 8032 section 7.1, test 1; the signature was made by the algorithm of the RFC in Python.
     */
    @Test
    void shouldLogIn() throws Exception
    {
        final BinanceLogin login = new BinanceLogin("key", rfcKey(), 5_000, () -> 1_700_000_000_000L);
        assertThat(login.login(LoginStep.BEGIN, 7))
            .isEqualTo("{\"id\":7,\"method\":\"session.logon\",\"params\":{\"apiKey\":\"key\",\"recvWindow\":5000," +
                "\"signature\":\"" +
                "qhQkwEnujDQlUA31YKI5JnqWuYYyuVqIG0VqtKXpeejRsO7uBWcv+DYVxZenVKt7PxW36adXJCjrE0MQRNAKDg==" +
                "\",\"timestamp\":1700000000000}}");
        assertThat(Answers.to(login, MessageKind.REPLY, "{\"id\":7,\"status\":200}"))
            .isEqualTo(LoginOutcome.accepted());
        assertThat(Answers.to(login, MessageKind.ERROR_REPLY, REFUSED))
            .isEqualTo(LoginOutcome.rejected("-2014 bad key"));
        assertThatThrownBy(() -> Answers.to(login, MessageKind.ERROR_REPLY, LIMITED)).hasMessageContaining("-1003");
    }

    /**
     * RFC 8032 section 7.1, test 1: the empty message.
     */
    @Test
    void shouldSignAsTheRfcDoes() throws Exception
    {
        assertThat(HexFormat.of().formatHex(Signatures.ed25519(rfcKey(), ""))).isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }

    private static PrivateKey rfcKey() throws Exception
    {
        final byte[] seed = HexFormat.of().parseHex(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        return KeyFactory.getInstance("Ed25519").generatePrivate(
            new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }
}
