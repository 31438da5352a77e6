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
 * RFC 6455 sections 5.6 and 8.1: text is UTF-8, a message as a whole. What is not is answered with 1007 at its first
 * byte that no text could have there, with the rest of its code point, frame and message still to come.
 */
class Section56TextTest extends WireTest
{
    @Override
    String checklist()
    {
        return """
            two bytes : 81 02 c3a9 -> text é
            three bytes : 81 03 e282ac -> text €
            four bytes : 81 04 f09f9880 -> text 😀
            smallest of each length : 81 0a 00 c280 e0a080 f0908080 -> text \u0000\u0080\u0800\ud800\udc00
            U+007F, U+07FF, U+10FFFF : 81 07 7f dfbf f48fbfbf -> text \u007f\u07ff\udbff\udfff
            around the surrogates : 81 06 ed9fbf ee8080 -> text \ud7ff\ue000
            noncharacters are legal : 81 06 efbfbe efbfbf -> text \ufffe\uffff
            byte order mark is kept : 81 04 efbbbf 61 -> text \ufeffa
            code point over two fragments : 01 01 c3 80 01 a9 -> text é
            code point over four fragments : 01 01 f0 00 01 9f 00 01 98 80 01 80 -> text 😀
            code point around an empty fragment : 01 02 61e2 00 00 80 02 82ac -> text a€
            code point around a ping : 01 03 f09f98 89 01 ff 80 01 80 -> text 😀 | pong ff
            any byte is binary : 82 04 c0affeff -> binary c0affeff
            any byte is binary, in fragments : 02 01 ff 00 01 c0 80 01 fe -> binary ffc0fe
            text behind binary : 82 01 c3 81 01 61 -> binary c3, text a
            continuation byte first : 81 01 80! -> error 1007
            byte fe : 81 03 61 fe! 61 -> error 1007
            byte ff : 81 04 6161 ff! 61 -> error 1007
            overlong c0 : 81 05 c0! af616161 -> error 1007
            overlong c1 : 81 02 c1! bf -> error 1007
            overlong e0 : 81 03 e09f! 80 -> error 1007
            overlong f0 : 81 04 f08f! 8080 -> error 1007
            first surrogate : 81 03 eda0! 80 -> error 1007
            last surrogate : 81 03 edbf! bf -> error 1007
            above U+10FFFF : 81 04 f490! 8080 -> error 1007
            byte f5 : 81 04 f5! 808080 -> error 1007
            ASCII inside a code point : 81 04 e28261! 61 -> error 1007
            lead byte inside a code point : 81 04 c3c3! a961 -> error 1007
            frame ends inside a code point : 81 03 61e282! -> error 1007
            message ends inside a code point : 01 01 61 80 01 c3! -> error 1007
            message ends empty inside a code point : 01 01 c3 80 00! -> error 1007
            bad, and the rest far away : 81 7e 7000 6162 ff! -> error 1007
            bad in a fragment that goes on : 01 7e 7000 61*20 ff! 61*3 -> error 1007
            bad in a second fragment : 01 01 61 00 05 62c328! 6161 80 00 -> error 1007
            bad over a fragment border : 01 01 c3 80 03 28! 6161 -> error 1007
            surrogate over a fragment border : 01 01 ed 00 03 a0! 80 61 -> error 1007
            bad over two fragment borders : 01 01 f0 00 01 9f 00 02 28! 61 -> error 1007
            bad behind an empty fragment : 01 01 e2 00 00 00 01 28! 80 00 -> error 1007
            bad behind a ping : 01 01 e2 89 00 80 02 28! 61 -> error 1007 | pong
            bad at byte 9 : 81 0a 61*8 ff! 61 -> error 1007
            bad at byte 33 : 81 22 61*32 80! 61 -> error 1007
            bad behind ASCII and a code point : 81 28 61*31 c3a9 61*5 c1! 61 -> error 1007
            bad behind a good message : 81 02 c3a9 81 03 c328! 61 -> text é, error 1007
            good message behind an unfinished one's end : 01 01 61 80 01 62 81 01 ff! -> text ab, error 1007
            """;
    }
}
