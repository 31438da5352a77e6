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

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class MetersTest
{
    private static final int ARRAY_LENGTH = 1 << 20;

    private Object sink;

    @Test
    void shouldCountWhatTheMeteredThreadAllocates()
    {
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        meter.allocatedBytes(); // what the first call allocates itself
        final long before = meter.allocatedBytes();
        sink = new byte[ARRAY_LENGTH];
        assertThat(meter.allocatedBytes() - before).isBetween((long)ARRAY_LENGTH, ARRAY_LENGTH + 4096L);
        assertThat(sink).isNotNull();
    }

    @Test
    void shouldCountNothingOfOtherThreads() throws InterruptedException
    {
        final AllocationMeter none = new AllocationMeter(List.of());
        final Thread other = new Thread(() -> sink = new byte[ARRAY_LENGTH]);
        other.start();
        other.join();
        assertThat(none.allocatedBytes()).isZero();
        assertThat(new AllocationMeter(List.of(other)).allocatedBytes()).as("a thread that has ended").isZero();
    }

    @Test
    void shouldRecordAnyLatencyWithoutAllocatingAfterAnySnapshot()
    {
        final LatencyRecorder recorder = new LatencyRecorder();
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        recorder.record(1);
        for (int i = 0; i < 3; i++)
        {
            recorder.total();
            meter.allocatedBytes();
            final long before = meter.allocatedBytes();
            recorder.record(TimeUnit.MINUTES.toNanos(30));
            recorder.record(Long.MAX_VALUE);
            recorder.record(-1);
            assertThat(meter.allocatedBytes() - before).isLessThan(4096);
        }

        final Histogram histogram = recorder.total();
        assertThat(histogram.getTotalCount()).isEqualTo(10);
        assertThat(histogram.getMinValue()).isZero();
        assertThat(histogram.getMaxValue()).isGreaterThanOrEqualTo(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void shouldTellWhatWasRecordedSinceTheLastIntervalAndTakeNothingFromTheTotal()
    {
        for (final LatencyRecorder recorder : List.of(new LatencyRecorder(), LatencyRecorder.cold()))
        {
            assertThat(recorder.lastNs()).isZero();
            recorder.record(5);
            recorder.total();
            recorder.record(7);
            assertThat(recorder.interval().getTotalCount()).isEqualTo(2);
            assertThat(recorder.interval().getTotalCount()).isZero();
            recorder.record(3);
            assertThat(recorder.lastNs()).isEqualTo(3);
            assertThat(recorder.total().getTotalCount()).isEqualTo(3);
            final Histogram interval = recorder.interval();
            assertThat(interval.getTotalCount()).isOne();
            assertThat(interval.getMaxValue()).isEqualTo(3);
            assertThat(recorder.total().getMaxValue()).isEqualTo(7);
        }
    }

    @Test
    void shouldSwapIntervalsOfItsOwnThatReadersTakeNothingFrom()
    {
        for (final LatencyRecorder recorder :
            List.of(new LatencyRecorder(), LatencyRecorder.coarse(), LatencyRecorder.cold()))
        {
            recorder.record(5);
            recorder.interval();
            recorder.record(7);
            assertThat(recorder.swap().getTotalCount()).isEqualTo(2);
            assertThat(recorder.swap().getTotalCount()).isZero();
            recorder.record(9);
            assertThat(recorder.interval().getTotalCount()).isEqualTo(2);
            assertThat(recorder.total().getTotalCount()).isEqualTo(3);
            recorder.record(11);
            final Histogram swapped = recorder.swap();
            assertThat(swapped.getTotalCount()).isEqualTo(2);
            assertThat(swapped.getMinValue()).isEqualTo(9);
            assertThat(swapped.getMaxValue()).isEqualTo(11);
            assertThat(recorder.interval().getTotalCount()).isOne();
            assertThat(recorder.total().getTotalCount()).isEqualTo(4);
            assertThat(swapped.getTotalCount()).as("until the next").isEqualTo(2);
        }
    }

    @Test
    void shouldSwapWithoutAllocating()
    {
        for (final LatencyRecorder recorder : List.of(new LatencyRecorder(), LatencyRecorder.coarse()))
        {
            assertThat(AllocatedBytes.median(10, 21, 1, () ->
            {
                for (int i = 0; i < 10; i++)
                {
                    recorder.record(TimeUnit.MICROSECONDS.toNanos(i), 3);
                    recorder.record(TimeUnit.MILLISECONDS.toNanos(30));
                    final Histogram interval = recorder.swap();
                    if (interval.getTotalCount() != 4 || interval.getValueAtPercentile(100) == 0)
                    {
                        throw new AssertionError("values are missing");
                    }
                }
            })).isZero();
        }
    }

    @Test
    void shouldTagAStageWithoutCommaAndWhiteSpace()
    {
        assertThat(Stage.HANDLER.tag("ticker")).isEqualTo("ticker-handler");
        assertThat(Stage.REQUEST_RTT.tag("a, b+c\t%")).isEqualTo("a%2C%20b%2Bc%09%25-request-rtt");
    }

    @Test
    void shouldTakeLittleMemoryWhereTheWriterMayAllocate()
    {
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        LatencyRecorder.cold().record(1);
        meter.allocatedBytes();
        final long before = meter.allocatedBytes();
        final LatencyRecorder recorder = LatencyRecorder.cold();
        recorder.record(TimeUnit.SECONDS.toNanos(1));
        assertThat(meter.allocatedBytes() - before).isLessThan(64 * 1024);
        assertThat(recorder.total().getTotalCount()).isOne();
    }

    @Test
    void shouldCountALatencyOfMoreThanAnHourAsAnHour()
    {
        final LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(TimeUnit.HOURS.toNanos(2), 3);
        recorder.record(TimeUnit.HOURS.toNanos(2));
        assertThat(recorder.total().getTotalCount()).isEqualTo(4);
    }
}
