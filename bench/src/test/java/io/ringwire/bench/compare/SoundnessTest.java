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

class SoundnessTest
{
    @Test
    void shouldWarnOfClientsThatBecomeBetterFromRoundToRound()
    {
        assertThat(Soundness.warnings(List.of(
            result("receive-128", outcome("jdk", rate(1_000), rate(1_100), rate(1_300)),
                outcome("nv", rate(1_000), rate(1_100), rate(1_200)), outcome("jetty", rate(1_000), rate(2_000)),
                outcome("okhttp", rate(1_000), rate(900), rate(2_000))),
            result("rtt-128", outcome("jdk", latency(900, 1), latency(800, 1), latency(700, 1)),
                outcome("nv", latency(700, 1), latency(800, 1), latency(900, 1)))))).containsExactly(
                "receive-128 jdk: each round was better than the one before (1,000 to 1,300 msg/s): it was still " +
                    "warming up",
                "rtt-128 jdk: each round was better than the one before (900 to 700 ns): it was still warming up");
    }

    @Test
    void shouldWarnOfOpenLoopsThatMissMessagesDue()
    {
        assertThat(Soundness.warnings(List.of(
            result("open-50k", outcome("jdk", rate(59_400), rate(59_399)))))).containsExactly(
                "open-50k jdk: a round received 59,399 of 60,000 messages due: the latencies of the others " +
                    "are missing");
    }
}
