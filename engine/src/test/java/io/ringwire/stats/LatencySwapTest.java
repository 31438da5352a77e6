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
package io.ringwire.stats;

import io.ringwire.AllocatedBytes;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencySwapTest
{
    private static final int WINDOW_LENGTH = 20;

    private final LatencyRecorder recorder = new LatencyRecorder();

    @Test
    void shouldGiveEachValueOnceAndLeaveItToReaders()
    {
        assertThat(recorder.swap().getTotalCount()).isZero();
        recorder.record(10);
        recorder.record(20);
        assertThat(recorder.swap().getTotalCount()).isEqualTo(2);
        assertThat(recorder.swap().getTotalCount()).isZero();
        recorder.record(30);
        assertThat(recorder.total().getTotalCount()).isEqualTo(3);
        assertThat(recorder.interval().getTotalCount()).isEqualTo(3);
        assertThat(recorder.interval().getTotalCount()).isZero();

        final Histogram swapped = recorder.swap();
        assertThat(swapped.getTotalCount()).as("drained by readers in between").isEqualTo(1);
        assertThat(swapped.getMaxValue()).isEqualTo(30);
        recorder.record(40);
        assertThat(recorder.total().getTotalCount()).isEqualTo(4);
        assertThat(swapped.getMaxValue()).as("valid until the next swap").isEqualTo(30);
        assertThat(recorder.swap().getMaxValue()).isEqualTo(40);
    }

    @Test
    void shouldNotAllocate()
    {
        assertThat(AllocatedBytes.median(10, 21, 1, () ->
        {
            for (int i = 0; i < WINDOW_LENGTH; i++)
            {
                recorder.record(1_000_000 + i);
                recorder.swap().getValueAtPercentile(99);
            }
        })).isZero();
    }
}
