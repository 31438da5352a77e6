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
package io.ringwire.peer;

import io.ringwire.system.LeakWatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;

/**
 * One server of the npm package {@code ws} for the tests of a class.
 */
@Timeout(120)
@ExtendWith(LeakWatcher.class)
abstract class WsTest
{
    static NodeServer server; // owner: the thread of the tests, which run one after the other

    @BeforeAll
    static void start() throws IOException
    {
        server = NodeServer.plain("127.0.0.1");
    }

    @AfterAll
    static void stop()
    {
        if (server != null)
        {
            server.close();
        }
    }

    @BeforeEach
    void mark()
    {
        server.awaitEnds();
        server.mark();
    }
}
