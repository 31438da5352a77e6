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
 * RFC 6455 section 5.4: fragments, control frames between them, and what must not stand between them.
 */
class Section54FragmentationTest extends WireTest
{
    @Override
    String checklist()
    {
        return """
            two fragments : 01 03 48656c 80 02 6c6f -> text Hello
            three fragments : 02 01 01 00 01 02 80 01 03 -> binary 010203
            one byte each : 01 01 61 00 01 62 00 01 63 00 01 64 80 01 65 -> text abcde
            empty first : 01 00 80 01 61 -> text a
            empty middle : 01 01 61 00 00 80 01 62 -> text ab
            empty last : 01 01 61 80 00 -> text a
            all empty : 01 00 00 00 80 00 -> text
            all empty, binary : 02 00 80 00 82 01 aa -> binary, binary aa
            whole messages around : 81 01 61 01 01 62 80 01 63 81 01 64 -> text a, text bc, text d
            one fragmented behind the other : 01 01 61 80 01 62 02 01 01 80 01 02 -> text ab, binary 0102
            ping between : 01 03 48656c 89 01 70 80 02 6c6f -> text Hello | pong 70
            empty ping between : 01 01 61 89 00 80 01 62 -> text ab | pong
            pong between : 01 01 61 8a 01 70 80 01 62 -> text ab
            two pings between : 01 01 61 89 01 70 00 01 62 89 01 71 80 01 63 -> text abc | pong 70?, pong 71
            ping ahead and behind : 89 01 70 01 01 61 80 01 62 89 01 71 -> text ab | pong 70?, pong 71
            ping inside a code point : 01 01 c3 89 01 70 80 01 a9 -> text é | pong 70
            longest ping between : 01 01 61 89 7d 70*125 80 01 62 -> text ab | pong 70*125
            close between : 01 01 61 88 02 03e8! 80 01 62 -> closed 1000
            close without status between : 02 01 61 88 00! 80 01 62 -> closed 1005
            medium fragment : 02 7e 0080 aa*128 80 01 aa -> binary aa*129
            sum of exactly the limit : 02 7e 8000 aa*32768 80 7e 9170 aa*37232 -> binary aa*70000
            sum over the limit : 02 7e 8000 aa*32768 80 7e 9171! aa*4 -> error 1009
            sum over the limit, not the last : 02 7e 8000 aa*32768 00 7e 9171! aa*4 -> error 1009
            sum that would overflow : 02 01 aa 80 7f 7fffffffffffffff! -> error 1009
            continuation first : 80! 01 61 -> error 1002
            continuation first, not the last : 00! 01 61 -> error 1002
            empty continuation first : 80! 00 -> error 1002
            continuation behind a message : 81 01 61 80! 01 62 -> text a, error 1002
            continuation behind a fragmented message : 01 01 61 80 01 62 80! 01 63 -> text ab, error 1002
            continuation behind a ping : 89 00 80! 00 -> error 1002 | pong
            text inside a message : 01 01 61 81! 01 62 -> error 1002
            binary inside a message : 01 01 61 82! 01 62 -> error 1002
            second start : 01 01 61 01! 01 62 -> error 1002
            second start of the other kind : 02 01 61 01! 01 62 -> error 1002
            text inside a message, behind a ping : 01 00 89 00 81! 00 -> error 1002 | pong
            fragmented ping : 09! 01 61 80 01 62 -> error 1002
            fragmented pong : 0a! 00 -> error 1002
            fragmented close : 08! 02 03e8 -> error 1002
            fragmented ping inside a message : 01 01 61 09! 00 -> error 1002
            """;
    }
}
