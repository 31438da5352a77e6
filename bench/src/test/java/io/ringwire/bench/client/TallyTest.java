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
package io.ringwire.bench.client;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TallyTest
{
    @Test
    void shouldMeasureFromTheTimeDue() throws BenchException
    {
        final Trial trial = trial();
        final Tally tally = trial.tallies().get(0);
        tally.onConnected();
        receive(tally, System.nanoTime());
        receive(tally, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(1));

        final Measurement measurement = trial.result("none");
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(2);
        assertThat(measurement.latencies().getMaxValue()).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void shouldFailWithStampsOfAnotherMachine()
    {
        final Trial trial = trial();
        final Tally tally = trial.tallies().get(0);
        tally.onConnected();
        receive(tally, System.nanoTime() + TimeUnit.HOURS.toNanos(1));

        assertThat(trial.isOver()).isTrue();
        assertThatThrownBy(() -> trial.result("none")).isInstanceOf(BenchException.class)
            .hasMessageMatching(
                "the server's clock is ahead of this one by 3\\d{12} ns or more: stamps need one machine .*");
    }

    private static Trial trial()
    {
        return new Trial(Workload.ofOne(Workload.Kind.RECEIVE, "ws://127.0.0.1/feed", Stamp.LENGTH, true,
            Extent.ofMessages(0, 2), TimeUnit.SECONDS.toNanos(30)));
    }

    private static void receive(final Tally tally, final long dueNs)
    {
        final byte[] stamp = String.format(Locale.ROOT, "%020d", dueNs).getBytes(StandardCharsets.US_ASCII);
        final DirectBuffer message = new UnsafeBuffer(stamp);
        assertThat(tally.onMessage(message, 0, stamp.length)).isZero();
    }
}
