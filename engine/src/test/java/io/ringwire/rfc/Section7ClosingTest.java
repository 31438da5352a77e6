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

import io.ringwire.api.Session;

/**
 * RFC 6455 sections 7.1 to 7.3, the client closing first: what the server had under way is delivered still, its close
 * frame ends it, the client sends nothing more, and the server ends TCP (section 7.1.1).
 */
class Section7ClosingTest extends WireTest
{
    @Override
    String client(final Session session)
    {
        session.close(3001, "done");
        return "close 3001";
    }

    @Override
    String checklist()
    {
        return """
            answered with the same code : 88 02 0bb9 -> closed 3001
            answered with the same code and reason : 88 06 0bb9 646f6e65 -> closed 3001 done
            answered with another code : 88 02 03e8 -> closed 1000
            answered without status : 88 00 -> closed 1005
            message ahead of the answer : 81 01 61 88 02 0bb9 -> text a, closed 3001
            fragmented message ahead of the answer : 01 01 61 80 01 62 88 02 0bb9 -> text ab, closed 3001
            ping ahead of the answer : 89 01 70 88 02 0bb9 -> closed 3001
            unfinished message ahead of the answer : 01 01 61 88 02 0bb9 -> closed 3001
            message behind the answer : 88 02 0bb9! 81 01 61 -> closed 3001
            broken rule instead of the answer : 81 01 61 83! 00 -> text a, error 1002
            answer with a code that must not be sent : 88 02 03ee! -> error 1002
            """;
    }
}
