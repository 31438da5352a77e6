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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReconnectPolicyTest
{
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void shouldNameWhatItRefuses(final Consumer<ReconnectPolicy> setting, final String named)
    {
        assertThatThrownBy(() ->
        {
            final ReconnectPolicy policy = new ReconnectPolicy();
            setting.accept(policy);
            policy.check(new SocketPolicy());
        }).isInstanceOf(ConfigurationException.class).hasMessageContaining(named);
    }

    static Stream<Arguments> shouldNameWhatItRefuses()
    {
        return Stream.of(
            refusal((policy) -> policy.capNs(0), "reconnect.capNs=0"),
            refusal((policy) -> policy.capNs(Long.MAX_VALUE), "reconnect.capNs=" + Long.MAX_VALUE),
            refusal((policy) -> policy.multiplier(0.9), "reconnect.multiplier=0.9"),
            refusal((policy) -> policy.multiplier(Double.NaN), "reconnect.multiplier=NaN"),
            refusal((policy) -> policy.longWaitNs(0, 5), "reconnect.longMinNs=0"),
            refusal((policy) -> policy.longWaitNs(6, 5), "reconnect.longMaxNs=5"),
            refusal((policy) -> policy.healthyNs(-1), "reconnect.healthyNs=-1"),
            refusal((policy) -> policy.deadlineNs(-2), "reconnect.deadlineNs=-2"),
            refusal((policy) -> policy.maxRetryAfterNs(-3), "reconnect.maxRetryAfterNs=-3"),
            refusal((policy) -> policy.failbackNs(-4), "reconnect.failbackNs=-4"),
            refusal((policy) -> policy.failbackNs(4), "reconnect.failbackNs=4 is set and there are no alternateUris"),
            refusal((policy) -> policy.alternateUris("ws://a", "http://b"), "uri=http://b"),
            refusal((policy) -> policy.alternateUris("ws://a").enabled(false), "[ws://a] are of no use"),
            refusal((policy) -> policy.connectBudget(-1, 1), "reconnect.connectBudget=-1"),
            refusal((policy) -> policy.connectBudget(1, 0), "reconnect.connectBudgetPeriodNs=0"),
            refusal((policy) -> policy.onCloseCode(999, Reaction.STOP), "999 is not a close code"),
            refusal((policy) -> policy.onCloseCode(1000, null), "onCloseCode(1000): reaction must not be null"),
            refusal((policy) -> policy.onStatus(101, Reaction.STOP), "101 is not a status of a refusal"),
            refusal((policy) -> policy.onStatus(500, Reaction.RETRY_NOW), "onStatus(500): RETRY_NOW"),
            refusal((policy) -> policy.onBadCertificate(Reaction.RETRY_NOW), "onBadCertificate: RETRY_NOW"));
    }

    @Test
    void shouldRefuseAlternatesThatAUnixSocketDoesNotLeadTo()
    {
        assertThatThrownBy(() -> new ReconnectPolicy().alternateUris("ws://a")
            .check(new SocketPolicy().unixPath(Path.of("/tmp/x"))))
            .hasMessageContaining("cannot be reached by socket.unixPath=/tmp/x");
    }

    @ParameterizedTest
    @CsvSource({"1000, BACK_OFF", "1006, BACK_OFF", "1012, BACK_OFF_LONG", "1013, BACK_OFF_LONG", "4000, BACK_OFF"})
    void shouldReactToCloseCodesByDefault(final int closeCode, final Reaction reaction)
    {
        assertThat(new ReconnectPolicy().reactionToCloseCode(closeCode)).isEqualTo(reaction);
        assertThat(new ReconnectPolicy().onCloseCode(closeCode, Reaction.STOP).reactionToCloseCode(closeCode))
            .isEqualTo(Reaction.STOP);
    }

    private static Arguments refusal(final Consumer<ReconnectPolicy> setting, final String named)
    {
        return Arguments.of(setting, named);
    }
}
