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
package io.ringwire.venue.coinbase;

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.venue.Answers;
import io.ringwire.venue.Judged;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CoinbaseTest
{
    private static final long NONE = Long.MIN_VALUE;
    private static final String CURRENT = "{\"type\":\"subscriptions\",\"channels\":[" +
        "{\"name\":\"level2\",\"product_ids\":[\"A-B\",\"C-D\"]},{\"name\":\"status\"}]}";
    private static final String REFUSED =
        "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"Z-Z is not a valid product\"}";

    private final CoinbaseDialect dialect = new CoinbaseDialect();

    @Test
    void shouldJudge()
    {
        assertThat(Judged.of(dialect, CURRENT)).isEqualTo(Judged.of(MessageKind.SUBSCRIPTION));
        assertThat(Judged.of(dialect, REFUSED)).isEqualTo(Judged.of(MessageKind.ERROR));
        assertThat(Judged.of(dialect, "{\"sequence\":90,\"product_id\":\"A-B\",\"type\":\"heartbeat\"}"))
            .isEqualTo(new Judged(MessageKind.HEARTBEAT, null, "A-B", 90, NONE, NONE, false, false));
        assertThat(Judged.of(dialect, "{\"t\\u0079pe\":\"match\",\"product_id\":\"A-B\",\"sequence\":91}"))
            .isEqualTo(Judged.stream("A-B", 91, false));
        assertThat(Judged.of(dialect, "{\"type\":\"snapshot\",\"product_id\":\"A-B\",\"asks\":[]}"))
            .isEqualTo(Judged.stream("A-B", NONE, true));
        assertThat(Judged.of(dialect, "{\"id\":7}")).isEqualTo(Judged.of(MessageKind.DATA));
    }

    @Test
    void shouldSubscribe()
    {
        assertThat(dialect.subscriptions().subscribe(7, List.of("level2:A-B", "status", "level2:C-D")))
            .isEqualTo("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"level2\",\"product_ids\":" +
                "[\"A-B\",\"C-D\"]},{\"name\":\"status\"}]}");
        assertThat(dialect.subscriptions().unsubscribe(7, List.of("level2:A-B")))
            .isEqualTo("{\"type\":\"unsubscribe\",\"channels\":[{\"name\":\"level2\",\"product_ids\":[\"A-B\"]}]}");
    }

    @Test
    void shouldTakeTheCurrentSet()
    {
        assertThat(Answers.to(
            dialect.subscriptions(), MessageKind.SUBSCRIPTION, CURRENT, "level2:A-B", "level2:X-Y", "status"))
            .containsExactly("+level2:A-B", "+status");
        assertThat(Answers.toUnsubscribe(
            dialect.subscriptions(), MessageKind.SUBSCRIPTION, CURRENT, "level2:A-B", "level2:X-Y"))
            .containsExactly("+level2:X-Y");
    }

    @Test
    void shouldRefuseOnlyWhatAnErrorIsAbout()
    {
        final SubscriptionDialect subscriptions = dialect.subscriptions();
        final String limited = "{\"type\":\"error\",\"message\":\"rate limit exceeded\"}";
        final String malformed = "{\"type\":\"error\",\"message\":\"Malformed JSON\"}";
        assertThat(Answers.to(subscriptions, MessageKind.ERROR, REFUSED, "ticker:A-B", "level2:Z-Z", "ticker:Z-Z-Z"))
            .containsExactly(
                "-level2:Z-Z Failed to subscribe: Z-Z is not a valid product",
                "later Failed to subscribe: Z-Z is not a valid product");
        assertThat(Answers.toUnsubscribe(subscriptions, MessageKind.ERROR, REFUSED, "level2:A-B")).isEmpty();
        assertThat(Answers.to(subscriptions, MessageKind.ERROR, limited, "level2:A-B"))
            .containsExactly("later rate limit exceeded");
        assertThat(Answers.to(subscriptions, MessageKind.ERROR, malformed, "level2:A-B"))
            .containsExactly("-level2:A-B Malformed JSON");
    }

    /**
     * The signature was made with Python's hmac; the secret is "secret" in base64.
     */
    @Test
    void shouldSignTheSubscription()
    {
        final CoinbaseCredentials credentials =
            new CoinbaseCredentials("key", "c2VjcmV0", "pass", () -> 1_700_000_000_999L);
        assertThat(new CoinbaseDialect(credentials).subscriptions().subscribe(7, List.of("user:A-B")))
            .isEqualTo("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"user\",\"product_ids\":[\"A-B\"]}]," +
                "\"signature\":\"" +
                "lhmJXK08fk9SI1ZwFXKFRrPtzfbNOwC+D1xMJJ/1KZg=" +
                "\",\"key\":\"key\",\"passphrase\":\"pass\",\"timestamp\":\"1700000000\"}");
    }
}
