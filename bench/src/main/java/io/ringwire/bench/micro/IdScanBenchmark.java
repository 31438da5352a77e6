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
package io.ringwire.bench.micro;

import com.google.gson.stream.JsonReader;
import io.ringwire.json.JsonScanner;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/**
 * Looks for an id at the top of messages: of tickers as Deribit sends them, which have none, and of what venues really
 * sent. One operation is one message; how long they are is printed. Beside it stands Gson's streaming reader.
 */
@State(Scope.Thread)
public class IdScanBenchmark extends JsonSettings
{
    @Param({ "ticker", "binance", "coinbase", "deribit" })
    private String source;

    @Param("../shared/data/captures")
    private String captures;

    private Messages messages;

    /**
     * Make or read the messages.
     *
     * @throws IOException if there is no capture.
     */
    @Setup
    public void open() throws IOException
    {
        messages = source.equals("ticker") ? Messages.tickers() : Messages.captured(captures, source);
    }

    /**
     * Ours.
     *
     * @return index of the id.
     */
    @Benchmark
    public int ringwire()
    {
        final UnsafeBuffer message = messages.next();
        return JsonScanner.field(message, 0, message.capacity(), "id");
    }

    /**
     * Gson's.
     *
     * @return was there an id?
     * @throws IOException if the message is no JSON.
     */
    @Benchmark
    public boolean gson() throws IOException
    {
        final UnsafeBuffer message = messages.next();
        final byte[] bytes = new byte[message.capacity()];
        message.getBytes(0, bytes);
        final JsonReader reader = new JsonReader(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        boolean found = false;
        reader.beginObject();
        while (reader.hasNext())
        {
            found |= reader.nextName().equals("id");
            reader.skipValue();
        }

        reader.endObject();
        return found;
    }
}
