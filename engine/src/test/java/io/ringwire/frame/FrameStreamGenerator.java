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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

import io.ringwire.api.Opcode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Makes up what a server could send: mostly legal streams of whole and fragmented messages, compressed ones among them
 * if that is agreed, with control frames between them, some frames that break one rule, and some streams damaged
 * afterwards.
 */
final class FrameStreamGenerator
{
    private static final int[] CODE_POINTS = {'a', 'z', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10FFFF};
    private static final int[] CLOSE_CODES = {
        1000, 1001, 1003, 1004, 1005, 1006, 1007, 1014, 1015, 2999, 3000, 4999, 5000, 0, 40_000};

    private final SplittableRandom random;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    /** Null without compression. */
    private final JdkDeflate deflate;
    private final boolean contextTakeover;

    FrameStreamGenerator(final SplittableRandom random)
    {
        this(random, null, false);
    }

    /**
     * For connections with compression; the compressor stays the caller's.
     */
    FrameStreamGenerator(final SplittableRandom random, final JdkDeflate deflate, final boolean contextTakeover)
    {
        this.random = random;
        this.deflate = deflate;
        this.contextTakeover = contextTakeover;
    }

    byte[] next()
    {
        stream.reset();
        if (null != deflate)
        {
            deflate.forgetSent();
        }
        final int messages = 1 + random.nextInt(5);
        for (int i = 0; i < messages; i++)
        {
            message();
            maybeControl();
        }
        if (chance(30))
        {
            close();
        }

        return chance(40) ? damaged(stream.toByteArray()) : stream.toByteArray();
    }

    private void message()
    {
        if (chance(4))
        {
            brokenFrame();
        }

        final boolean text = random.nextBoolean();
        final byte[] message = text && !chance(3) ? text(length()) : bytes(length());
        final boolean compressed = null != deflate && chance(70);
        final byte[] payload = compressed ? deflated(message) : message;
        final int frames = chance(60) ? 1 : 2 + random.nextInt(3);
        int position = 0;
        for (int i = 1; i <= frames; i++)
        {
            final int length = i == frames ? payload.length - position : random.nextInt(payload.length - position + 1);
            final int opcode = i > 1 ? FrameFormat.OPCODE_CONTINUATION :
                (text ? Opcode.TEXT : Opcode.BINARY) | (compressed ? FrameFormat.RSV1_BIT : 0);
            frame(i == frames ? FrameFormat.FIN_BIT | opcode : opcode, payload, position, length);
            position += length;
            if (i < frames)
            {
                maybeControl();
            }
        }
    }

    /**
     * Mostly as a good sender does it: in one or more blocks, with or without an empty one at the end, or as no bytes
     * at all, which no sender should.
     */
    private byte[] deflated(final byte[] message)
    {
        if (!contextTakeover && !chance(3))
        {
            deflate.forgetSent();
        }
        if (chance(2))
        {
            return bytes(0);
        }

        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int blocks = chance(80) ? 1 : 2 + random.nextInt(2);
        int position = 0;
        for (int i = 1; i <= blocks; i++)
        {
            final int end = i == blocks ? message.length : random.nextInt(position, message.length + 1);
            out.writeBytes(deflate.deflate(Arrays.copyOfRange(message, position, end)));
            if (i < blocks)
            {
                out.writeBytes(JdkDeflate.TAIL);
            }
            position = end;
        }
        return out.toByteArray();
    }

    private void maybeControl()
    {
        if (chance(20))
        {
            final byte[] payload = bytes(chance(5) ? 126 : chance(10) ? 125 : random.nextInt(12));
            final int opcode = random.nextBoolean() ? FrameFormat.OPCODE_PING : FrameFormat.OPCODE_PONG;
            frame(FrameFormat.FIN_BIT | opcode, payload, 0, payload.length);
        }
    }

    private void close()
    {
        final byte[] reason = chance(10) ? bytes(random.nextInt(5)) : text(random.nextInt(10));
        final int code = chance(60) ? CLOSE_CODES[0] : CLOSE_CODES[random.nextInt(CLOSE_CODES.length)];
        final byte[] payload =
            ByteBuffer.allocate(2 + reason.length).putShort((short)code).put(reason).array();
        frame(FrameFormat.FIN_BIT | FrameFormat.OPCODE_CLOSE, payload, 0, random.nextInt(payload.length + 1));
    }

    private void brokenFrame()
    {
        final byte[] payload = bytes(random.nextInt(8));
        switch (random.nextInt(5))
        {
            case 0:
                frame(random.nextInt(256), payload, 0, payload.length);
                break;

            case 1:
                stream.write(0x81);
                stream.write(FrameFormat.MASK_BIT | payload.length);
                stream.writeBytes(bytes(4 + payload.length));
                break;

            case 2:
                stream.write(0x82);
                stream.write(FrameFormat.LENGTH_16_FOLLOWS);
                stream.writeBytes(ByteBuffer.allocate(2).putShort((short)payload.length).array());
                stream.writeBytes(payload);
                break;

            case 3:
                stream.write(0x82);
                stream.write(FrameFormat.LENGTH_64_FOLLOWS);
                stream.writeBytes(ByteBuffer.allocate(8).putLong(random.nextLong() >>> random.nextInt(64)).array());
                break;

            default:
                stream.writeBytes(payload);
                break;
        }
    }

    private void frame(final int firstByte, final byte[] payload, final int offset, final int length)
    {
        stream.write(firstByte);
        if (length <= FrameFormat.MAX_SHORT_LENGTH)
        {
            stream.write(length);
        }
        else if (length <= FrameFormat.MAX_MEDIUM_LENGTH)
        {
            stream.write(FrameFormat.LENGTH_16_FOLLOWS);
            stream.writeBytes(ByteBuffer.allocate(2).putShort((short)length).array());
        }
        else
        {
            stream.write(FrameFormat.LENGTH_64_FOLLOWS);
            stream.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        stream.write(payload, offset, length);
    }

    private byte[] damaged(final byte[] original)
    {
        byte[] result = original;
        for (int i = random.nextInt(3); i >= 0 && result.length > 0; i--)
        {
            final int at = random.nextInt(result.length);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(result, 0, at);
            int kept = at + 1;
            switch (random.nextInt(5))
            {
                case 0:
                    out.write(result[at] ^ 1 << random.nextInt(8));
                    break;

                case 1:
                    out.write(random.nextInt(256));
                    break;

                case 2:
                    break;

                case 3:
                    out.write(random.nextInt(256));
                    kept = at;
                    break;

                default:
                    kept = result.length;
                    break;
            }
            out.write(result, kept, result.length - kept);
            result = out.toByteArray();
        }
        return result;
    }

    private int length()
    {
        final int kind = random.nextInt(1000);
        return kind < 900 ? random.nextInt(24) :
            kind < 970 ? 120 + random.nextInt(12) :
            kind < 998 ? random.nextInt(1000) : 65_530 + random.nextInt(12);
    }

    private byte[] bytes(final int length)
    {
        final byte[] result = new byte[length];
        random.nextBytes(result);
        return result;
    }

    private byte[] text(final int length)
    {
        final StringBuilder result = new StringBuilder(length);
        final int asciiPercent = random.nextInt(101);
        while (result.length() < length)
        {
            result.appendCodePoint(chance(asciiPercent) ? 'x' : CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return result.toString().getBytes(UTF_8);
    }

    private boolean chance(final int percent)
    {
        return random.nextInt(100) < percent;
    }
}
