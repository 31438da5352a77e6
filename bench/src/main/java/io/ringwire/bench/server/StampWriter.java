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
package io.ringwire.bench.server;

import io.ringwire.bench.client.Stamp;

import java.nio.ByteBuffer;

/**
 * Writes the {@link Stamp} of messages in place. Messages with one time in a row cost one conversion. Owner: the
 * serving thread.
 */
final class StampWriter
{
    private final byte[] digits = new byte[Stamp.LENGTH];
    private long writtenNs = Stamp.NONE;

    void write(final ByteBuffer buffer, final int index, final long timeNs)
    {
        if (timeNs != writtenNs)
        {
            writtenNs = timeNs;
            long rest = timeNs;
            for (int i = Stamp.LENGTH - 1; i >= 0; i--)
            {
                digits[i] = (byte)('0' + rest % 10);
                rest /= 10;
            }
        }

        buffer.put(index, digits);
    }
}
