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
package io.ringwire.rfc;

/**
 * RFC 6455 section 5.2: reserved bits, opcodes and the three forms of the length. The limits of the session are
 * {@value Wire#MAX_LENGTH} bytes; what is longer is answered with 1009 (section 10.4) at the header.
 */
class Section52FramingTest extends WireTest
{
    private static final String LENGTHS =
        """
        text : 81 05 48656c6c6f -> text Hello
        binary : 82 03 00ff7f -> binary 00ff7f
        empty messages : 81 00 82 00 81 00 -> text, binary, text
        three in a row : 81 01 61 82 01 00 81 01 62 -> text a, binary 00, text b
        length 125 : 81 7d 61*125 82 00 -> text a*125, binary
        length 126 : 81 7e 007e 61*126 82 00 -> text a*126, binary
        length 127 : 81 7e 007f 61*127 -> text a*127
        length 128 : 82 7e 0080 aa*128 -> binary aa*128
        length 255 : 82 7e 00ff aa*255 -> binary aa*255
        length 256 : 82 7e 0100 aa*256 -> binary aa*256
        length 32767 : 82 7e 7fff aa*32767 -> binary aa*32767
        length 32768 : 82 7e 8000 aa*32768 -> binary aa*32768
        length 65535 : 82 7e ffff aa*65535 -> binary aa*65535
        length 65536 : 81 7f 0000000000010000 61*65536 81 00 -> text a*65536, text
        length 65537 : 81 7f 0000000000010001 61*65537 -> text a*65537
        length of exactly the limit : 82 7f 0000000000011170 aa*70000 -> binary aa*70000
        one byte over the limit : 82 7f 0000000000011171! aa*8 -> error 1009
        fragment over the limit : 02 7f 0000000000011171! aa*8 -> error 1009
        length 2^31 : 82 7f 0000000080000000! -> error 1009
        length 2^32 : 82 7f 0000000100000000! -> error 1009
        length 2^32 + 1 : 82 7f 0000000100000001! 61 -> error 1009
        length 2^63 - 1 : 82 7f 7fffffffffffffff! 61 -> error 1009
        length 2^63 : 82 7f 8000000000000000! 61 -> error 1002
        length 2^64 - 1 : 82 7f ffffffffffffffff! 61 -> error 1002
        top bit and a small length : 82 7f 8000000000010000! 61 -> error 1002
        16 bits for 0 : 82 7e 0000! 81 00 -> error 1002
        16 bits for 1 : 81 7e 0001! 61 -> error 1002
        16 bits for 125 : 81 7e 007d! 61*125 -> error 1002
        64 bits for 0 : 82 7f 0000000000000000! -> error 1002
        64 bits for 125 : 81 7f 000000000000007d! 61*125 -> error 1002
        64 bits for 126 : 81 7f 000000000000007e! 61*126 -> error 1002
        64 bits for 65535 : 81 7f 000000000000ffff! 61*8 -> error 1002
        """;

    private static final String BITS_AND_OPCODES =
        """
        RSV1 : c1! 01 61 -> error 1002
        RSV2 : a1! 01 61 -> error 1002
        RSV3 : 91! 01 61 -> error 1002
        RSV1 and RSV2 : e1! 01 61 -> error 1002
        all of them : f2! 01 61 -> error 1002
        RSV1 on a ping : c9! 00 -> error 1002
        RSV2 on a pong : aa! 00 -> error 1002
        RSV3 on a close : 98! 02 03e8 -> error 1002
        RSV1 on a first fragment : 41! 01 61 80 00 -> error 1002
        RSV1 on a continuation : 01 01 61 c0! 01 61 -> error 1002
        RSV2 on a continuation : 01 01 61 20! 01 61 -> error 1002
        RSV1 behind a message : 81 01 61 c1! 01 62 -> text a, error 1002
        opcode 3 : 83! 00 -> error 1002
        opcode 4 : 84! 01 61 -> error 1002
        opcode 5 : 85! 01 61 -> error 1002
        opcode 6 : 86! 00 -> error 1002
        opcode 7 : 87! 00 -> error 1002
        opcode b : 8b! 00 -> error 1002
        opcode c : 8c! 01 61 -> error 1002
        opcode d : 8d! 00 -> error 1002
        opcode e : 8e! 00 -> error 1002
        opcode f : 8f! 00 -> error 1002
        opcode 3 as a fragment : 03! 00 -> error 1002
        opcode b as a fragment : 0b! 00 -> error 1002
        opcode 3 inside a message : 01 01 61 83! 00 -> error 1002
        opcode f inside a message : 01 01 61 8f! 00 -> error 1002
        opcode 7 behind a message : 82 01 aa 87! 00 -> binary aa, error 1002
        """;

    @Override
    String checklist()
    {
        return LENGTHS + BITS_AND_OPCODES;
    }
}
