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
package io.ringwire.journal;

import io.ringwire.AllocatedBytes;
import io.ringwire.tape.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SegmentAllocationTest
{
    private static final int WINDOWS = 21;
    private static final int WARM_UP_WINDOWS = 20;
    private static final int WINDOW_LENGTH = 1_000;

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingForARecord()
    {
        final byte[] inbound = new byte[128];
        final byte[] outbound =
            "{\"method\":\"private/buy\",\"secret\":\"abc\",\"nonce\":123456}".getBytes(StandardCharsets.US_ASCII);
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            final Records records = new Records(writer).started().session(0, "s");
            assertThat(AllocatedBytes.median(WARM_UP_WINDOWS, WINDOWS, 1, () ->
            {
                for (int i = 0; i < WINDOW_LENGTH; i++)
                {
                    records.put(0, 1, RecordKind.INBOUND, Records.TEXT, Records.WHOLE, inbound);
                    records.put(0, 1, RecordKind.OUTBOUND, Records.TEXT, Records.WHOLE, outbound);
                    writer.doWork(i);
                }
            })).isZero();
            assertThat(writer.hasFailed()).isFalse();
        }
    }
}
