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
package io.ringwire.frame;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import io.ringwire.api.Opcode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes allocated by the thread that compresses a message, frames it, decodes the frame and inflates it: none in the
 * median window after warm-up. {@code java.util.zip} on direct buffers allocates nothing either.
 */
class DeflateAllocationTest
{
    private static final int MESSAGES_PER_WINDOW = 500;
    private static final int WARM_UP_WINDOWS = 20;
    private static final int WINDOWS = 21;
    private static final long MAX_TOTAL_BYTES = 32 * 1024;
    private static final int MAX_LENGTH = 1 << 20;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final FrameDecoder decoder = new FrameDecoder(MAX_LENGTH, MAX_LENGTH, true);
    private final MaskKeys maskKeys = new MaskKeys();
    private final CountingSink sink = new CountingSink();
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[1 << 16]);
    private final UnsafeBuffer message = new UnsafeBuffer(
        "{\"channel\":\"ticker\",\"bid\":64211.5,\"note\":\"é € 😀\"}".repeat(100).getBytes(UTF_8));

    @ParameterizedTest
    @CsvSource({"true, 15", "false, 15", "true, 9"})
    void shouldNotAllocate(final boolean contextTakeover, final int windowBits)
    {
        try (MessageDeflater deflater = new MessageDeflater(1, contextTakeover, windowBits);
            MessageInflater inflater = new MessageInflater(MAX_LENGTH, contextTakeover))
        {
            decoder.reset(inflater);
            final long[] windows = new long[WINDOWS];
            for (int i = -WARM_UP_WINDOWS; i < WINDOWS; i++)
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                window(deflater);
                windows[Math.max(i, 0)] = threads.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(sink.messages).isEqualTo((WARM_UP_WINDOWS + WINDOWS) * MESSAGES_PER_WINDOW);
            Arrays.sort(windows);
            assertThat(windows[WINDOWS / 2]).as(Arrays.toString(windows)).isZero();
            assertThat(Arrays.stream(windows).sum()).isLessThanOrEqualTo(MAX_TOTAL_BYTES);
        }
    }

    private void window(final MessageDeflater deflater)
    {
        for (int i = 0; i < MESSAGES_PER_WINDOW; i++)
        {
            final int length = 1 + i * 51 % message.capacity();
            final int deflatedLength = deflater.deflate(message, 0, length, true);
            final int frameLength = unmaskedFrame(deflater.buffer(), deflatedLength);
            for (int position = 0; position < frameLength;)
            {
                final int step = Math.min(1 + i % 200, frameLength - position);
                position += decoder.decode(wire, position, step, sink);
            }
        }
    }

    /**
     * Encoded as a client does, and then turned into the frame of a server: masked with zeros, without the mask bit.
     */
    private int unmaskedFrame(final DirectBuffer payload, final int length)
    {
        FrameEncoder.encodeCompressed(wire, 0, Opcode.BINARY, true, maskKeys.nextKey(), payload, 0, length);
        final int headerLength = FrameEncoder.headerLength(length) - FrameFormat.MASK_KEY_LENGTH;
        wire.putByte(1, (byte)(wire.getByte(1) & FrameFormat.LENGTH_BITS));
        wire.putBytes(headerLength, payload, 0, length);
        return headerLength + length;
    }

    /**
     * Refuses every seventh time.
     */
    private static final class CountingSink implements FrameSink
    {
        private int offers;
        private int messages;

        @Override
        public boolean onMessage(
            final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean endOfBatch)
        {
            if (0 == ++offers % 7)
            {
                return false;
            }
            messages++;
            return true;
        }

        @Override
        public boolean onFrameBegin(
            final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
        {
            throw new AssertionError("plain frame");
        }

        @Override
        public void onFramePayload(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("plain frame");
        }

        @Override
        public void onMessageEnd(final int opcode, final boolean endOfBatch)
        {
            throw new AssertionError("plain frame");
        }

        @Override
        public void onPing(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("ping");
        }

        @Override
        public void onPong(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("pong");
        }

        @Override
        public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("close");
        }

        @Override
        public void onProtocolError(final int closeCode, final String reason)
        {
            throw new AssertionError(reason);
        }
    }
}
