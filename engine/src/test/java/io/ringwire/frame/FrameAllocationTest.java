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
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.ringwire.ForkedJvm;
import io.ringwire.api.Opcode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes allocated by the thread that decodes, validates, encodes, masks and draws mask keys: none in the median window
 * after warm-up, in this JVM and in one without escape analysis, so that none is by construction. The total may hold
 * what the JVM itself leaves on the thread once.
 */
class FrameAllocationTest
{
    private static final int MESSAGES_PER_WINDOW = 10_000;
    private static final int WARM_UP_WINDOWS = 20;
    private static final int WINDOWS = 31;
    private static final long MAX_TOTAL_BYTES = 32 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final FrameDecoder decoder = new FrameDecoder(1 << 17, 1 << 20, true);
    private final MaskKeys maskKeys = new MaskKeys();
    private final EchoingSink sink = new EchoingSink(maskKeys);
    private final UnsafeBuffer stream = serverStream();

    /**
     * Runs the measure in a JVM of its own.
     *
     * @param args none.
     */
    public static void main(final String[] args)
    {
        final long[] windows = new FrameAllocationTest().measure();
        System.out.println("allocated bytes by window: " + Arrays.toString(windows));
        System.exit(isFree(windows) ? 0 : 1);
    }

    @Test
    void shouldNotAllocate()
    {
        final long[] windows = measure();
        assertThat(isFree(windows)).as(Arrays.toString(windows)).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNotAllocateWithoutEscapeAnalysis() throws Exception
    {
        ForkedJvm.run(0, "test.options", List.of("-XX:-DoEscapeAnalysis"), FrameAllocationTest.class);
    }

    private static boolean isFree(final long[] windows)
    {
        final long[] sorted = windows.clone();
        Arrays.sort(sorted);
        return 0 == sorted[sorted.length / 2] && Arrays.stream(sorted).sum() <= MAX_TOTAL_BYTES;
    }

    private long[] measure()
    {
        final long[] windows = new long[WINDOWS];
        for (int i = 0; i < WARM_UP_WINDOWS; i++)
        {
            window();
        }
        for (int i = 0; i < WINDOWS; i++)
        {
            windows[i] = window();
        }
        return windows;
    }

    private long window()
    {
        final long before = threads.getCurrentThreadAllocatedBytes();
        final long end = sink.messages + MESSAGES_PER_WINDOW;
        for (int pieceLength = 1; sink.messages < end; pieceLength = pieceLength % 700 + 1)
        {
            decodeInPieces(pieceLength);
            decodeInPieces(stream.capacity());
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void decodeInPieces(final int pieceLength)
    {
        int begin = 0;
        int end = 0;
        while (begin < stream.capacity())
        {
            end = Math.min(end + pieceLength, stream.capacity());
            begin += decoder.decode(stream, begin, end - begin, sink);
        }
    }

    private static UnsafeBuffer serverStream()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
        int length = 0;
        for (int i = 0; i < 8; i++)
        {
            length = putFrame(buffer, length, 0x81, "a".repeat(128 + i));
            length = putFrame(buffer, length, 0x81, "price é € 😀".repeat(i));
            length = putFrame(buffer, length, 0x82, "b".repeat(i));
            length = putFrame(buffer, length, 0x01, "first é");
            length = putFrame(buffer, length, 0x89, "ping");
            length = putFrame(buffer, length, 0x80, "last");
            length = putFrame(buffer, length, 0x8A, "");
        }
        return new UnsafeBuffer(buffer, 0, length);
    }

    private static int putFrame(final UnsafeBuffer buffer, final int offset, final int firstByte, final String text)
    {
        final byte[] payload = text.getBytes(UTF_8);
        int position = offset;
        buffer.putByte(position++, (byte)firstByte);
        if (payload.length > FrameFormat.MAX_SHORT_LENGTH)
        {
            buffer.putByte(position++, (byte)FrameFormat.LENGTH_16_FOLLOWS);
            buffer.putByte(position++, (byte)(payload.length >>> 8));
        }
        buffer.putByte(position++, (byte)payload.length);
        buffer.putBytes(position, payload);
        return position + payload.length;
    }

    /**
     * Answers what it gets, and refuses every seventh time.
     */
    private static final class EchoingSink implements FrameSink
    {
        private final UnsafeBuffer out = new UnsafeBuffer(new byte[4096]);
        private final MaskKeys maskKeys;
        private int offers;
        private long messages;

        EchoingSink(final MaskKeys maskKeys)
        {
            this.maskKeys = maskKeys;
        }

        @Override
        public boolean onMessage(
            final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean endOfBatch)
        {
            if (0 == ++offers % 7)
            {
                return false;
            }
            FrameEncoder.encode(out, 0, opcode, endOfBatch, maskKeys.nextKey(), buffer, offset, length);
            messages++;
            return true;
        }

        @Override
        public boolean onFrameBegin(
            final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
        {
            return 0 != ++offers % 7;
        }

        @Override
        public void onFramePayload(final DirectBuffer buffer, final int offset, final int length)
        {
            FrameEncoder.encode(out, 0, Opcode.BINARY, true, maskKeys.nextKey(), buffer, offset, length);
        }

        @Override
        public void onMessageEnd(final int opcode, final boolean endOfBatch)
        {
            messages++;
        }

        @Override
        public void onPing(final DirectBuffer buffer, final int offset, final int length)
        {
            FrameEncoder.encodePong(out, 0, maskKeys.nextKey(), buffer, offset, length);
        }

        @Override
        public void onPong(final DirectBuffer buffer, final int offset, final int length)
        {
            FrameEncoder.encodePing(out, 0, maskKeys.nextKey(), buffer, offset, length);
            FrameEncoder.encodeClose(out, 0, maskKeys.nextKey(), 1000, buffer, offset, length);
        }

        @Override
        public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("no close in the stream");
        }

        @Override
        public void onProtocolError(final int closeCode, final String reason)
        {
            throw new AssertionError(reason);
        }
    }
}
