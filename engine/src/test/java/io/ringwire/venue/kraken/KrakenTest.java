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
package io.ringwire.venue.kraken;

import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import io.ringwire.venue.Answers;
import io.ringwire.venue.Judged;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KrakenTest
{
    private static final long NONE = Long.MIN_VALUE;

    private final KrakenV1Dialect v1 = new KrakenV1Dialect();
    private final KrakenV2Dialect v2 = new KrakenV2Dialect();

    @Test
    void shouldJudgeVersion1()
    {
        assertThat(Judged.of(v1, "[0,{\"b\":[]},\"book-10\",\"X/Y\"]"))
            .isEqualTo(Judged.stream("book-10", NONE, false));
        assertThat(Judged.of(v1, "[0,{\"as\":[],\"bs\":[]},\"book-10\",\"X/Y\"]"))
            .isEqualTo(Judged.stream("book-10", NONE, true));
        assertThat(Judged.of(v1, "[[{\"as\":1}],\"ownTrades\",{\"sequence\":3}]"))
            .isEqualTo(Judged.stream("ownTrades", 3, false));
        assertThat(Judged.of(v1, "{\"event\":\"pong\",\"reqid\":7}")).isEqualTo(Judged.of(MessageKind.REPLY, 7L));
        assertThat(Judged.of(v1, "{\"status\":\"error\",\"errorMessage\":\"EOrder:Rate limit exceeded\"," +
            "\"event\":\"addOrderStatus\",\"reqid\":7}"))
            .isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L).limited());
        assertThat(Judged.of(v1, "{\"event\":\"error\",\"errorMessage\":\"bad\"}"))
            .isEqualTo(Judged.of(MessageKind.ERROR));
        assertThat(Judged.of(v1, "[1,2,3]")).isEqualTo(Judged.of(MessageKind.DATA));
    }

    @Test
    void shouldJudgeVersion2()
    {
        assertThat(Judged.of(v2, "{\"channel\":\"heartbeat\"}"))
            .isEqualTo(new Judged(MessageKind.HEARTBEAT, null, "heartbeat", NONE, NONE, NONE, false, false));
        assertThat(Judged.of(v2, "{\"channel\":\"status\",\"data\":[]}").kind()).isEqualTo(MessageKind.DATA);
        assertThat(Judged.of(v2, "{\"data\":[],\"type\":\"snapshot\",\"channel\":\"book\"}"))
            .isEqualTo(Judged.stream("book", NONE, true));
        assertThat(Judged.of(v2, "{\"channel\":\"executions\",\"type\":\"update\",\"data\":[],\"sequence\":3}"))
            .isEqualTo(Judged.stream("executions", 3, false));
        assertThat(Judged.of(v2, "{\"method\":\"subscribe\",\"req_id\":7,\"success\":true,\"result\":{}}"))
            .isEqualTo(Judged.of(MessageKind.REPLY, 7L));
        assertThat(Judged.of(v2, "{\"method\":\"subscribe\",\"req_id\":7,\"success\":false,\"error\":\"bad\"}"))
            .isEqualTo(Judged.of(MessageKind.ERROR_REPLY, 7L));
        assertThat(Judged.of(v2, "{\"method\":\"pong\",\"req_id\":7}")).isEqualTo(Judged.of(MessageKind.REPLY, 7L));
        assertThat(Judged.of(v2, "{\"method\":\"pong\"}")).isEqualTo(Judged.of(MessageKind.HEARTBEAT));
        assertThat(Judged.of(v2, "{\"method\":\"subscribe\",\"success\":true}"))
            .isEqualTo(Judged.of(MessageKind.SUBSCRIPTION));
        assertThat(Judged.of(v2, "{\"error\":\"EAPI:Rate limit exceeded\",\"success\":false}"))
            .isEqualTo(Judged.of(MessageKind.ERROR).limited());
    }

    @Test
    void shouldSubscribe()
    {
        assertThat(v1.subscriptions().subscribe(7, List.of("book-10:XBT/USD")))
            .isEqualTo("{\"event\":\"subscribe\",\"reqid\":7,\"pair\":[\"XBT/USD\"]," +
                "\"subscription\":{\"name\":\"book\",\"depth\":10}}");
        assertThat(v1.subscriptions().unsubscribe(7, List.of("ohlc-5:XBT/USD")))
            .isEqualTo("{\"event\":\"unsubscribe\",\"reqid\":7,\"pair\":[\"XBT/USD\"]," +
                "\"subscription\":{\"name\":\"ohlc\",\"interval\":5}}");
        assertThat(v2.subscriptions().subscribe(7, List.of("book-10:BTC/USD")))
            .isEqualTo("{\"method\":\"subscribe\",\"params\":{\"channel\":\"book\",\"symbol\":[\"BTC/USD\"]," +
                "\"depth\":10},\"req_id\":7}");
        assertThat(v2.subscriptions().unsubscribe(7, List.of("trade:BTC/USD")))
            .isEqualTo("{\"method\":\"unsubscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"]}," +
                "\"req_id\":7}");
    }

    @Test
    void shouldTakeAnswers()
    {
        assertThat(Answers.to(v1.subscriptions(), MessageKind.REPLY,
            "{\"event\":\"subscriptionStatus\",\"status\":\"subscribed\",\"reqid\":7}", "a")).containsExactly("+a");
        assertThat(Answers.to(v1.subscriptions(), MessageKind.ERROR_REPLY,
            "{\"errorMessage\":\"Currency pair not supported\",\"status\":\"error\",\"reqid\":7}", "a"))
            .containsExactly("-a Currency pair not supported");
        assertThat(Answers.to(v2.subscriptions(), MessageKind.ERROR_REPLY,
            "{\"error\":\"EAPI:Rate limit exceeded\",\"success\":false,\"req_id\":7}", "a"))
            .containsExactly("later EAPI:Rate limit exceeded");
    }

    @Test
    void shouldPutTheTokenOfTheLoginIntoPrivateSubscriptions() throws Exception
    {
        final KrakenLogin login = new KrakenLogin(() -> "to\"ken");
        final KrakenV2Dialect privateV2 = new KrakenV2Dialect(login::token);
        assertThatThrownBy(() -> privateV2.subscriptions().subscribe(7, List.of("executions")))
            .hasMessageContaining("KrakenLogin");
        assertThat(login.login(LoginStep.BEGIN, 6)).isNull();
        assertThat(privateV2.subscriptions().subscribe(7, List.of("executions")))
            .isEqualTo("{\"method\":\"subscribe\",\"params\":{\"channel\":\"executions\",\"token\":\"to\\\"ken\"}," +
                "\"req_id\":7}");
        assertThat(new KrakenV1Dialect(login::token).subscriptions().subscribe(7, List.of("ownTrades")))
            .isEqualTo("{\"event\":\"subscribe\",\"reqid\":7,\"subscription\":{\"name\":\"ownTrades\"," +
                "\"token\":\"to\\\"ken\"}}");
    }

    @Test
    void shouldPing()
    {
        assertThat(v1.heartbeats().ping(7)).isEqualTo("{\"event\":\"ping\",\"reqid\":7}");
        assertThat(v2.heartbeats().ping(7)).isEqualTo("{\"method\":\"ping\",\"req_id\":7}");
        assertThat(v2.heartbeats().start(7, 1)).isNull();
    }
}
