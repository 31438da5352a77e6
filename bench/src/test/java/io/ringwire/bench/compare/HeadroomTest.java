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
package io.ringwire.bench.compare;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.ringwire.bench.compare.MadeUp.latency;
import static io.ringwire.bench.compare.MadeUp.outcome;
import static io.ringwire.bench.compare.MadeUp.rate;
import static io.ringwire.bench.compare.MadeUp.result;
import static org.assertj.core.api.Assertions.assertThat;

class HeadroomTest
{
    @Test
    void shouldWarnOfClientsThatComeNearToTheServer()
    {
        final List<String> warnings = Headroom.warnings(List.of(
            result("receive-128", outcome("ringwire-inline-spin", rate(8_100)), outcome("jdk", rate(1_000)),
                outcome("floor-nio", rate(10_000))),
            result("send-128", outcome("ringwire-inline-spin", rate(7_900)), outcome("floor-nio", rate(10_000)))));

        assertThat(warnings).singleElement().asString()
            .startsWith("receive-128: ").contains("floor-nio").contains("1.23 x").contains("ringwire-inline-spin");
    }

    @Test
    void shouldSayOnceThatTlsAndCompressionHaveNoFloor()
    {
        assertThat(Headroom.warnings(List.of(
            result("receive-128-deflate", outcome("jdk", rate(10)), outcome("floor-nio")),
            result("rtt-1k-deflate", outcome("jdk")),
            result("receive-1k-tls", outcome("jdk", rate(10)))))).containsExactly(
                "receive-128-deflate, receive-1k-tls: no floor: whether the server was the limit is not known");
    }

    @Test
    void shouldSayNothingWithoutTheFloorOrARate()
    {
        assertThat(Headroom.warnings(List.of(
            result("receive-128", outcome("jdk", rate(10)), outcome("floor-nio")),
            result("send-128", outcome("floor-nio", rate(10))),
            result("rtt-128", outcome("jdk", latency(1, 1)), outcome("floor-nio", latency(1, 1)))))).isEmpty();
    }
}
