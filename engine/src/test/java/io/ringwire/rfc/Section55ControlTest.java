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
 * RFC 6455 section 5.5: close, ping and pong.
 */
class Section55ControlTest extends WireTest
{
    @Override
    String checklist()
    {
        return """
            empty ping : 89 00 -> | pong
            ping : 89 05 48656c6c6f -> | pong 48656c6c6f
            ping that is not text : 89 04 00ff80c0 -> | pong 00ff80c0
            ping of 124 : 89 7c 61*124 -> | pong 61*124
            ping of 125 : 89 7d 61*125 -> | pong 61*125
            ping between messages : 81 01 61 89 01 70 81 01 62 -> text a, text b | pong 70
            two pings : 89 01 70 89 01 71 -> | pong 70?, pong 71
            three pings : 89 01 70 89 00 89 02 7172 -> | pong 70?, pong?, pong 7172
            ping behind a pong : 8a 00 89 01 70 -> | pong 70
            ping ahead of a close : 89 01 70 88 02 03e8 -> closed 1000 | pong 70
            ping ahead of a broken rule : 89 01 70 83! 00 -> error 1002 | pong 70
            pong nobody asked for : 8a 01 70 81 01 61 -> text a
            empty pong : 8a 00 -> |
            pong of 125 : 8a 7d 61*125 81 00 -> text
            ping of 126 : 89 7e! 007e 61*126 -> error 1002
            pong of 126 : 8a 7e! 007e 61*126 -> error 1002
            close of 126 : 88 7e! 007e 03e8 61*124 -> error 1002
            ping with a 64-bit length : 89 7f! 0000000000000001 61 -> error 1002
            close with a 64-bit length : 88 7f! 0000000000000002 03e8 -> error 1002
            close without status : 88 00 -> closed 1005
            close without a reason : 88 02 03e8 -> closed 1000
            close with a reason : 88 05 03e9 627965 -> closed 1001 bye
            reason in UTF-8 : 88 09 0bb8 c3a9f09f9880 21 -> closed 3000 é😀!
            longest reason : 88 7d 03f3 61*123 -> closed 1011 a*123
            half a code : 88 01! 03 -> error 1002
            reason is not UTF-8 : 88 03 03e8 ff! -> error 1007
            reason ends inside a code point : 88 05 03e8 61e282! -> error 1007
            reason with a surrogate : 88 05 03e8 eda080! -> error 1007
            reason with an overlong form : 88 04 03e8 c0af! -> error 1007
            reason above U+10FFFF : 88 06 03e8 f4908080! -> error 1007
            longest reason, its last byte bad : 88 7d 03e8 61*122 c3! -> error 1007
            messages ahead of a close : 81 01 61 82 01 00 88 02 03e8 -> text a, binary 00, closed 1000
            message behind a close : 88 02 03e8! 81 01 61 -> closed 1000
            ping behind a close : 88 02 03e8! 89 01 70 -> closed 1000
            second close : 88 02 03e8! 88 02 03e9 -> closed 1000
            bad bytes behind a close : 88 02 03e8! ffff 83 00 -> closed 1000
            """;
    }
}
