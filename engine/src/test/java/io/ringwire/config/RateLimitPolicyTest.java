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
package io.ringwire.config;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * W33, and the row of section 10.2 about a cost over the capacity: what can never work is refused at once, by name.
 */
class RateLimitPolicyTest
{
    @ParameterizedTest(name = "{1}")
    @MethodSource
    @DisplayName("W33: two buckets of one name, and a cost over the capacity, are refused by name")
    void shouldNameTheBucketAndTheValueItRefuses(final RateLimitPolicy policy, final String named)
    {
        final SessionConfig config = new SessionConfig().uri("ws://host/").limits(policy)
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {});
        assertThatThrownBy(() -> config.conclude(new EngineContext().conclude(2)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(named);
    }

    static Stream<Arguments> shouldNameTheBucketAndTheValueItRefuses()
    {
        return Stream.of(
            refusal(null, "limits must not be null"),
            refusal(valid().window("b", 1, 1), "two buckets are called 'b'"),
            refusal(valid().bucket(null, 1, 1, 1), "'null'"),
            refusal(valid().bucket(" ", 1, 1, 1), "' '"),
            refusal(valid().bucket("c", 0, 1, 1), "bucket(c) capacity=0"),
            refusal(valid().bucket("c", 1, -1, 1), "bucket(c) tokens=-1"),
            refusal(valid().bucket("c", 1, 1, 0), "bucket(c) periodNs=0"),
            refusal(valid().bucket("c", 1, 11, 10), "tokens=11 in periodNs=10"),
            refusal(valid().bucket("c", 1 << 30, 1, Long.MAX_VALUE >> 20), "capacity=1073741824"),
            refusal(valid().bucket("c", 1, 1, Long.MAX_VALUE), "periodNs=9223372036854775807"),
            refusal(valid().window("c", 0, 1), "window(c) max=0"),
            refusal(valid().window("c", 1_048_577, 1), "window(c) max=1048577"),
            refusal(valid().window("c", 1, -7), "window(c) periodNs=-7"),
            refusal(valid().window("c", 1, Long.MAX_VALUE), "periodNs=9223372036854775807"),
            refusal(valid().reserve("c", 1), "reserve(c, 1): there is no bucket 'c', only [b]"),
            refusal(valid().reserve(null, 1), "there is no bucket 'null'"),
            refusal(valid().reserve("b", -1), "reserve(b, -1)"),
            refusal(valid().reserve("b", 6), "tokens=6 are over the 5"),
            refusal(valid().reserve("b", 5), "reserve(b, 5) leaves 0 tokens"),
            refusal(valid().cost("buy", "c", 1), "cost(buy, c, 1): there is no bucket 'c'"),
            refusal(valid().cost("buy", "b", -1), "cost(buy, b, -1)"),
            refusal(valid().cost("buy", "b", 6), "cost(buy, b, 6): tokens=6 are over the 5"),
            refusal(valid().reserve("b", 2).cost("buy", "b", 4), "tokens=4 are over the 3"),
            refusal(valid().cost("", "b", 1), "method ''"),
            refusal(valid().cost(null, "b", 6), "cost(null, b, 6)"),
            refusal(valid().cost("b\u00fcy", "b", 1), "ASCII"),
            refusal(valid().defaultCost("b", 6), "defaultCost(b, 6)"),
            refusal(valid().claimCost("b", 6), "claimCost(b, 6)"),
            refusal(valid().controlFrameCost("b", 6), "controlFrameCost(b, 6)"),
            refusal(valid().shared("c", "key"), "shared(c, key)"),
            refusal(valid().penaltyNs(-1), "penaltyNs=-1"),
            refusal(valid().penaltyNs(Long.MAX_VALUE), "penaltyNs=9223372036854775807"));
    }

    @Test
    void shouldTakeTheLastOfTwoSettingsAndDefaultsForTheRest()
    {
        final RateLimitPolicy policy = new RateLimitPolicy()
            .reserve("b", 3).cost("buy", "b", 2).defaultCost("b", 0).controlFrameCost("b", 5).shared("b", "k")
            .bucket("b", 5, 1, 10).window("w", 4, 20).reserve("b", 1);
        policy.check();
        assertThat(policy.reserve("b")).isOne();
        assertThat(policy.cost("buy", "b")).isEqualTo(2);
        assertThat(policy.cost("sell", "b")).isZero();
        assertThat(policy.claimCost("b")).isZero();
        assertThat(policy.controlFrameCost("b")).isEqualTo(5);
        assertThat(policy.sharedKey("b")).isEqualTo("k");
        assertThat(policy.cost("buy", "w")).isOne();
        assertThat(policy.claimCost("w")).isOne();
        assertThat(policy.reserve("w")).isZero();
        assertThat(policy.controlFrameCost("w")).isZero();
        assertThat(policy.sharedKey("w")).isNull();
        assertThat(policy.methods()).containsExactly("buy");
    }

    private static RateLimitPolicy valid()
    {
        return new RateLimitPolicy().bucket("b", 5, 1, 1000);
    }

    private static Arguments refusal(final RateLimitPolicy policy, final String named)
    {
        return Arguments.of(policy, named);
    }
}
