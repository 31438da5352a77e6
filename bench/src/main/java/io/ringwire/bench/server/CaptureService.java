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

import io.ringwire.samples.exchange.RecordedMessage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends recorded messages in a loop, as fast as the socket takes them, out of batches encoded once for all connections.
 */
final class CaptureService extends Service
{
    private final ByteBuffer[] batches;
    private int nextIndex;

    /**
     * @param batches see {@link #encode}; their bytes may be shared with others.
     */
    CaptureService(final List<ByteBuffer> batches)
    {
        this.batches = batches.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
    }

    /**
     * Encode messages in batches of about {@link Connection#BATCH_LENGTH} bytes.
     *
     * @param messages   at least one.
     * @param compressed true for frames of permessage-deflate.
     * @return direct buffers of whole frames.
     */
    static List<ByteBuffer> encode(final List<RecordedMessage> messages, final boolean compressed)
    {
        final List<ByteBuffer> batches = new ArrayList<>();
        final List<byte[]> payloads = messages.stream()
            .map((message) -> compressed ? Deflation.compress(message.payload()) : message.payload())
            .toList();
        int begin = 0;
        int length = 0;
        for (int i = 0; i < payloads.size(); i++)
        {
            final int payloadLength = payloads.get(i).length;
            length += FrameHeaders.length(payloadLength) + payloadLength;
            if (length >= Connection.BATCH_LENGTH || i == payloads.size() - 1)
            {
                final ByteBuffer batch = ByteBuffer.allocateDirect(length);
                for (int j = begin; j <= i; j++)
                {
                    final int opcode = messages.get(j).isBinary() ? FrameHeaders.BINARY : FrameHeaders.TEXT;
                    FrameHeaders.put(
                        batch,
                        FrameHeaders.FIN_BIT | opcode | (compressed ? FrameHeaders.RSV1_BIT : 0),
                        payloads.get(j).length);
                    batch.put(payloads.get(j));
                }

                batches.add(batch.flip());
                begin = i + 1;
                length = 0;
            }
        }

        return batches;
    }

    @Override
    long dueNs()
    {
        return 0;
    }

    @Override
    ByteBuffer next(final long nowNs)
    {
        final ByteBuffer batch = batches[nextIndex];
        nextIndex = nextIndex + 1 == batches.length ? 0 : nextIndex + 1;
        return batch.rewind();
    }
}
