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
import com.google.gson.stream.JsonToken;
import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.venue.JsonRpcDialect;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.coinbase.CoinbaseDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import io.ringwire.venue.kraken.KrakenV2Dialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a dialect adds to a message that comes in: it is judged, and its channel and sequence are found. The messages
 * are what venues really sent, but those of Kraken in version 2 and the tickers for JSON-RPC, which are made. One
 * operation is one message; how long they are is printed. Beside it stands Gson's streaming reader, which finds the
 * fields that name kind, channel and sequence, and judges nothing.
 */
@State(Scope.Thread)
public class DialectBenchmark extends JsonSettings
{
    private static final Set<String> FIELDS = Set.of("id", "method", "channel", "change_id", "stream", "e", "s", "u",
        "type", "product_id", "sequence", "event", "reqid");
    private static final Set<String> PARENTS = Set.of("params", "data");

    @Param({ "binance", "coinbase", "deribit", "kraken", "krakenV2", "jsonRpc" })
    private String venue;

    @Param("../shared/data/captures")
    private String captures;

    private final Verdict verdict = new Verdict();
    private Messages messages;
    private Dialect dialect;

    /**
     * Make or read the messages.
     *
     * @throws IOException if there is no capture.
     */
    @Setup
    public void open() throws IOException
    {
        dialect = switch (venue)
        {
            case "binance" -> new BinanceDialect();
            case "coinbase" -> new CoinbaseDialect();
            case "deribit" -> new DeribitDialect();
            case "kraken" -> new KrakenV1Dialect();
            case "krakenV2" -> new KrakenV2Dialect();
            case "jsonRpc" -> new JsonRpcDialect();
            default -> throw new IllegalArgumentException("no such venue: " + venue);
        };

        messages = switch (venue)
        {
            case "krakenV2" -> Messages.krakenBooks();
            case "jsonRpc" -> Messages.tickers();
            default -> Messages.captured(captures, venue);
        };
    }

    /**
     * Judge the next message.
     *
     * @return the verdict.
     */
    @Benchmark
    public Verdict classify()
    {
        final UnsafeBuffer message = messages.next();
        dialect.classify(message, 0, message.capacity(), Opcode.TEXT, verdict.reset());
        return verdict;
    }

    /**
     * Gson's.
     *
     * @return how many of the fields there were.
     * @throws IOException if the message is no JSON.
     */
    @Benchmark
    public int gson() throws IOException
    {
        final UnsafeBuffer message = messages.next();
        final byte[] bytes = new byte[message.capacity()];
        message.getBytes(0, bytes);
        return fields(new JsonReader(new StringReader(new String(bytes, StandardCharsets.UTF_8))));
    }

    /**
     * Of an object, and of those in it that have such fields; of an array the strings, as Kraken has it in version 1.
     */
    private static int fields(final JsonReader reader) throws IOException
    {
        int found = 0;
        final boolean isArray = reader.peek() == JsonToken.BEGIN_ARRAY;
        if (isArray)
        {
            reader.beginArray();
        }
        else
        {
            reader.beginObject();
        }

        while (reader.hasNext())
        {
            final String name = isArray ? "" : reader.nextName();
            final JsonToken type = reader.peek();
            if (type == JsonToken.BEGIN_OBJECT && PARENTS.contains(name))
            {
                found += fields(reader);
            }
            else if (type == JsonToken.STRING && (isArray || FIELDS.contains(name)) ||
                type == JsonToken.NUMBER && FIELDS.contains(name))
            {
                found += reader.nextString().isEmpty() ? 0 : 1;
            }
            else
            {
                reader.skipValue();
            }
        }

        if (isArray)
        {
            reader.endArray();
        }
        else
        {
            reader.endObject();
        }

        return found;
    }
}
