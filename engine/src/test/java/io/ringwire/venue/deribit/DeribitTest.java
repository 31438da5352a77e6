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
package io.ringwire.venue.deribit;

import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import io.ringwire.venue.Answers;
import io.ringwire.venue.Judged;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeribitTest
{
    private static final String LIMITED =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"message\":\"too_many_requests\",\"code\":10028}}";
    private static final String REFUSED =
        "{\"id\":7,\"error\":{\"message\":\"invalid_credentials\",\"data\":{\"reason\":\"no\"},\"code\":13004}}";

    private final DeribitDialect dialect = new DeribitDialect();

    @Test
    void shouldJudge()
    {
        assertThat(Judged.of(dialect, "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[]}"))
            .isEqualTo(Judged.of(MessageKind.REPLY, 7L));
        assertThat(Judged.of(dialect, "{\"\\u0069d\":\"a-7\",\"result\":[]}"))
            .isEqualTo(Judged.of(MessageKind.REPLY, "a-7"));
        assertThat(Judged.of(dialect, LIMITED)).isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L).limited());
        assertThat(Judged.of(dialect, REFUSED)).isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L));
        assertThat(Judged.of(dialect, "{\"params\":{\"type\":\"test_request\"},\"method\":\"heartbeat\"}"))
            .isEqualTo(Judged.of(MessageKind.HEARTBEAT_DEMAND));
        assertThat(Judged.of(dialect, "{\"method\":\"heartbeat\",\"params\":{\"type\":\"heartbeat\"}}"))
            .isEqualTo(Judged.of(MessageKind.HEARTBEAT));
        assertThat(Judged.of(dialect, "{\"method\":\"x\",\"id\":7,\"params\":{\"channel\":\"book.X\"}}"))
            .isEqualTo(Judged.of(MessageKind.SERVER_REQUEST));
        assertThat(Judged.of(dialect, "{\"error\":{\"code\":-32700},\"id\":null}"))
            .isEqualTo(Judged.of(MessageKind.ERROR));
    }

    @Test
    void shouldReadBooksWhateverTheOrderOfTheKeys()
    {
        assertThat(Judged.of(dialect,
            "{\"params\":{\"data\":{\"prev_change_id\":8,\"change_id\":9,\"type\":\"change\"}," +
            "\"ch\\u0061nnel\":\"book.X.raw\"},\"method\":\"subscription\"}"))
            .isEqualTo(new Judged(
                MessageKind.STREAM, null, "book.X.raw", 9, Long.MIN_VALUE, 8, false, false));
        assertThat(Judged.of(dialect,
            "{\"method\":\"subscription\",\"params\":{\"channel\":\"book.X.raw\",\"data\":" +
            "{\"type\":\"snapshot\",\"change_id\":9}}}")).isEqualTo(Judged.stream("book.X.raw", 9, true));
        assertThat(Judged.of(dialect,
            "{\"method\":\"subscription\",\"params\":{\"channel\":\"trades.X.raw\",\"data\":" +
            "[{\"change_id\":9}]}}")).isEqualTo(Judged.stream("trades.X.raw", Long.MIN_VALUE, false));
    }

    @Test
    void shouldSubscribe()
    {
        assertThat(dialect.subscriptions().subscribe(7, List.of("book.X.raw", "ticker.\"X")))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"public/subscribe\"," +
                "\"params\":{\"channels\":[\"book.X.raw\",\"ticker.\\\"X\"]}}");
        assertThat(dialect.subscriptions().subscribe(7, List.of("user.orders.X.raw")))
            .contains("\"private/subscribe\"");
        assertThat(dialect.subscriptions().unsubscribe(7, List.of("a"))).contains("\"public/unsubscribe\"");
    }

    @Test
    void shouldTakeTheListOfAcceptedChannels()
    {
        assertThat(Answers.to(
            dialect.subscriptions(), MessageKind.REPLY, "{\"id\":7,\"result\":[\"c\",\"a\"]}", "a", "b", "c"))
            .containsExactly("+a", "-b not among the channels that the venue accepted", "+c");
        assertThat(Answers.toUnsubscribe(dialect.subscriptions(), MessageKind.REPLY, "{\"result\":[]}", "a"))
            .containsExactly("+a");
        assertThat(Answers.to(dialect.subscriptions(), MessageKind.ERROR_REPLY, LIMITED, "a", "b"))
            .containsExactly("later 10028 too_many_requests");
        assertThat(Answers.to(dialect.subscriptions(), MessageKind.ERROR_REPLY, REFUSED, "a"))
            .containsExactly("-a 13004 invalid_credentials: no");
    }

    @Test
    void shouldBeat()
    {
        assertThat(dialect.heartbeats().start(7, TimeUnit.SECONDS.toNanos(3)))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"public/set_heartbeat\"," +
                "\"params\":{\"interval\":10}}");
        assertThat(dialect.heartbeats().start(7, TimeUnit.SECONDS.toNanos(30))).contains("\"interval\":30");
        assertThat(dialect.heartbeats().answer(8))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"public/test\",\"params\":{}}")
            .isEqualTo(dialect.heartbeats().ping(8));
    }

    @Test
    void shouldLogInAndRefresh() throws Exception
    {
        final DeribitLogin login = DeribitLogin.credentials("me", "se\"cret");
        assertThat(login.login(LoginStep.BEGIN, 7))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"public/auth\",\"params\":{\"grant_type\":" +
                "\"client_credentials\",\"client_id\":\"me\",\"client_secret\":\"se\\\"cret\"}}");
        assertThat(Answers.to(
            login, MessageKind.REPLY, "{\"id\":7,\"result\":{\"expires_in\":900,\"refresh_token\":\"r\"}}"))
            .isEqualTo(LoginOutcome.accepted(TimeUnit.SECONDS.toNanos(720)));
        assertThat(login.login(LoginStep.REFRESH, 8))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"public/auth\",\"params\":{\"grant_type\":" +
                "\"refresh_token\",\"refresh_token\":\"r\"}}");
        assertThatThrownBy(() -> Answers.to(login, MessageKind.ERROR_REPLY, REFUSED)).hasMessageContaining("13004");
        login.login(LoginStep.BEGIN, 9);
        assertThat(Answers.to(login, MessageKind.ERROR_REPLY, REFUSED))
            .isEqualTo(LoginOutcome.rejected("13004 invalid_credentials: no"));
        assertThatThrownBy(() -> Answers.to(login, MessageKind.ERROR_REPLY, LIMITED)).hasMessageContaining("10028");
    }

    /**
     * The signature was made with Python's hmac.
     */
    @Test
    void shouldSign() throws Exception
    {
        final DeribitLogin login = new DeribitLogin("me", "secret", true, () -> 1_700_000_000_000L, () -> "abcd");
        assertThat(login.login(LoginStep.BEGIN, 7))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"public/auth\",\"params\":{\"grant_type\":" +
                "\"client_signature\",\"client_id\":\"me\",\"timestamp\":1700000000000,\"nonce\":\"abcd\"," +
                "\"data\":\"\",\"signature\":\"cd3d93a66ae53f454e10a72ea5160668033756df86970fc1f6ebb2878a28a0ea\"}}");
    }

    @Test
    void shouldFindTheMethodOfARequest()
    {
        final byte[] bytes = " {\"id\":7,\"method\":\"private/buy\"}".getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final long method = dialect.methodOf(buffer, 0, bytes.length);
        assertThat(buffer.getStringWithoutLengthAscii((int)(method >>> 32), (int)method)).isEqualTo("private/buy");
        assertThat(dialect.methodOf(buffer, 0, 8)).isEqualTo(Dialect.NO_METHOD);
    }

    @Test
    void shouldFillAConfiguration()
    {
        assertThat(Deribit.fill(new SessionConfig()).uri()).isEqualTo(Deribit.URL);
        assertThat(Deribit.fill(new SessionConfig().uri("ws://localhost/")).uri()).isEqualTo("ws://localhost/");
        assertThat(Deribit.fill(new SessionConfig()).dialect()).isInstanceOf(DeribitDialect.class);
    }
}
