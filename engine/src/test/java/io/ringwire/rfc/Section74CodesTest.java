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
 * RFC 6455 section 7.4: close codes. One that must not stand in a close frame is answered with 1002, any other with
 * itself (section 5.5.1). 1012 to 1014 are of the registry that section 11.7 founds.
 */
class Section74CodesTest extends WireTest
{
    @Override
    String checklist()
    {
        return """
            0 : 88 02 0000! -> error 1002
            1 : 88 02 0001! -> error 1002
            999 : 88 02 03e7! -> error 1002
            1000 : 88 02 03e8 -> closed 1000
            1001 : 88 02 03e9 -> closed 1001
            1002 : 88 02 03ea -> closed 1002
            1003 : 88 02 03eb -> closed 1003
            1004 is reserved : 88 02 03ec! -> error 1002
            1005 is never sent : 88 02 03ed! -> error 1002
            1006 is never sent : 88 02 03ee! -> error 1002
            1007 : 88 02 03ef -> closed 1007
            1008 : 88 02 03f0 -> closed 1008
            1009 : 88 02 03f1 -> closed 1009
            1010 : 88 02 03f2 -> closed 1010
            1011 : 88 02 03f3 -> closed 1011
            1012 : 88 02 03f4 -> closed 1012
            1013 : 88 02 03f5 -> closed 1013
            1014 : 88 02 03f6 -> closed 1014
            1015 is never sent : 88 02 03f7! -> error 1002
            1016 : 88 02 03f8! -> error 1002
            1100 : 88 02 044c! -> error 1002
            2000 : 88 02 07d0! -> error 1002
            2999 : 88 02 0bb7! -> error 1002
            3000 : 88 02 0bb8 -> closed 3000
            3001 : 88 02 0bb9 -> closed 3001
            3999 : 88 02 0f9f -> closed 3999
            4000 : 88 02 0fa0 -> closed 4000
            4999 : 88 02 1387 -> closed 4999
            5000 : 88 02 1388! -> error 1002
            32767 : 88 02 7fff! -> error 1002
            32768 : 88 02 8000! -> error 1002
            65535 : 88 02 ffff! -> error 1002
            bad code with a reason : 88 05 03ed 627965! -> error 1002
            bad code and bad reason : 88 03 0000 ff! -> error 1002
            good code with a reason : 88 06 0fa1 6c617465 -> closed 4001 late
            """;
    }
}
