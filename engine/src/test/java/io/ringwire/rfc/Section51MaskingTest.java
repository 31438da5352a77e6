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
 * RFC 6455 section 5.1: a server must not mask, and a client closes with 1002 if it does. That the client masks is
 * asserted whenever one of its frames is read.
 */
class Section51MaskingTest extends WireTest
{
    @Override
    String checklist()
    {
        return """
            masked text : 81 85! 37fa213d 7f9f4d5158 -> error 1002
            masked binary, behind a message : 81 01 61 82 81! 00000000 61 -> text a, error 1002
            masked with a key of zeros : 81 81! 00000000 61 81 01 62 -> error 1002
            masked and empty : 81 80! 00000000 -> error 1002
            masked ping : 89 80! 00000000 -> error 1002
            masked pong : 8a 82! 01020304 6162 -> error 1002
            masked close : 88 82! 00000000 03e8 -> error 1002
            masked fragment : 01 81! 00000000 61 -> error 1002
            masked continuation : 01 01 61 80 81! 00000000 62 -> error 1002
            masked with a 16-bit length : 82 fe! 0100 00000000 00*256 -> error 1002
            masked with a 64-bit length : 82 ff! 0000000000010000 00000000 -> error 1002
            """;
    }
}
