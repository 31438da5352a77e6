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
package io.ringwire.samples.exchange;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;

/**
 * A client of the local exchange that none of the engine's code is in. What does not come within ten seconds fails the
 * test. One thread.
 */
interface TestClient extends AutoCloseable
{
    void send(String text) throws Exception;

    String next() throws Exception;

    /**
     * The code of the close frame; messages before it are dropped.
     */
    int closeCode() throws Exception;

    default JsonObject nextJson() throws Exception
    {
        return JsonParser.parseString(next()).getAsJsonObject();
    }

    /**
     * The next message that contains a text; those before it are dropped.
     */
    default JsonObject nextWith(final String part) throws Exception
    {
        String message = next();
        while (!message.contains(part))
        {
            message = next();
        }

        return JsonParser.parseString(message).getAsJsonObject();
    }

    /**
     * Send a message and take the next as its answer.
     */
    default JsonObject call(final String text) throws Exception
    {
        send(text);
        return nextJson();
    }

    @Override
    void close() throws IOException;
}
