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

/**
 * The wire format of a frame (RFC 6455 section 5.2), network byte order.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-------+-+-------------+-------------------------------+
 *  |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
 *  |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
 *  |N|V|V|V|       |S|             |   (if payload len==126/127)   |
 *  | |1|2|3|       |K|             |                               |
 *  +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
 *  |          Masking-key (4 bytes, client to server only)         |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class FrameFormat
{
    static final int FIN_BIT = 0x80;
    static final int RSV_BITS = 0x70;
    static final int RSV1_BIT = 0x40;
    static final int OPCODE_BITS = 0x0F;
    static final int MASK_BIT = 0x80;
    static final int LENGTH_BITS = 0x7F;

    static final int OPCODE_CONTINUATION = 0x0;
    static final int OPCODE_CLOSE = 0x8;
    static final int OPCODE_PING = 0x9;
    static final int OPCODE_PONG = 0xA;

    /** The largest length that stands in the second byte itself; also the largest control payload (section 5.5). */
    static final int MAX_SHORT_LENGTH = 125;
    static final int MAX_MEDIUM_LENGTH = 0xFFFF;
    static final int LENGTH_16_FOLLOWS = 126;
    static final int LENGTH_64_FOLLOWS = 127;

    static final int MASK_KEY_LENGTH = 4;
    static final int CLOSE_CODE_LENGTH = 2;

    private FrameFormat()
    {
    }

    /**
     * Length of an unmasked header whose length field is encoded minimally.
     */
    static int unmaskedHeaderLength(final int payloadLength)
    {
        return payloadLength <= MAX_SHORT_LENGTH ? 2 : payloadLength <= MAX_MEDIUM_LENGTH ? 4 : 10;
    }
}
