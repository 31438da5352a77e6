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

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonScanner;
import io.ringwire.venue.JsonRpcDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What it costs the IO thread to find out what a message is: a ticker as Deribit sends it, of about 750 bytes, which
 * has no id, so that all of it has to be seen. The tickers differ in their numbers and so in the lengths of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend =
    {
        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "-Dagrona.disable.bounds.checks=true",
        "-XX:+UseParallelGC"
    })
public class DialectBenchmark
{
    private static final int MESSAGES = 64;

    private final UnsafeBuffer[] messages = new UnsafeBuffer[MESSAGES];
    private final Dialect deribit = new DeribitDialect();
    private final Dialect jsonRpc = new JsonRpcDialect();
    private final Verdict verdict = new Verdict();
    private int next;

    /**
     * Make the messages.
     */
    @Setup
    public void open()
    {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MESSAGES; i++)
        {
            final byte[] bytes = ticker(random).getBytes(StandardCharsets.US_ASCII);
            messages[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
            messages[i].putBytes(0, bytes);
        }

        System.out.println("bytes of the first message: " + messages[0].capacity());
    }

    /**
     * Look for the id at the top of a message.
     *
     * @return that there is none.
     */
    @Benchmark
    public int findId()
    {
        final UnsafeBuffer message = messages[next++ & MESSAGES - 1];
        return JsonScanner.field(message, 0, message.capacity(), "id");
    }

    /**
     * Judge a message by JSON-RPC 2.0.
     *
     * @return the verdict.
     */
    @Benchmark
    public Verdict judgeJsonRpc()
    {
        return judge(jsonRpc);
    }

    /**
     * Judge a message by the rules of Deribit, and find its channel.
     *
     * @return the verdict.
     */
    @Benchmark
    public Verdict judgeDeribit()
    {
        return judge(deribit);
    }

    private Verdict judge(final Dialect dialect)
    {
        final UnsafeBuffer message = messages[next++ & MESSAGES - 1];
        dialect.classify(message, 0, message.capacity(), Opcode.TEXT, verdict.reset());
        return verdict;
    }

    private static String ticker(final SplittableRandom random)
    {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":" +
            "\"ticker.BTC-24SEP21-34000-P.raw\",\"data\":{\"underlying_price\":" + price(random) +
            ",\"underlying_index\":\"BTC-24SEP21\",\"timestamp\":" + (1_626_993_722_929L + random.nextInt(100_000)) +
            ",\"stats\":{\"volume\":" + price(random) + ",\"price_change\":0.0,\"low\":0.001,\"high\":" +
            price(random) + "},\"state\":\"open\",\"settlement_price\":" + price(random) + ",\"open_interest\":" +
            price(random) + ",\"min_price\":0.0001,\"max_price\":" + price(random) + ",\"mark_price\":" +
            price(random) + ",\"mark_iv\":" + price(random) + ",\"last_price\":" + price(random) +
            ",\"interest_rate\":0.0,\"instrument_name\":\"BTC-24SEP21-34000-P\",\"index_price\":" + price(random) +
            ",\"greeks\":{\"vega\":" + price(random) + ",\"theta\":-" + price(random) + ",\"rho\":-" +
            price(random) + ",\"gamma\":0.0,\"delta\":-0.00162},\"estimated_delivery_price\":" + price(random) +
            ",\"bid_iv\":0.0,\"best_bid_price\":" + price(random) + ",\"best_bid_amount\":" + price(random) +
            ",\"best_ask_price\":" + price(random) + ",\"best_ask_amount\":" + price(random) +
            ",\"ask_iv\":" + price(random) + "}}}";
    }

    private static double price(final SplittableRandom random)
    {
        return random.nextInt(5_000_000 >> random.nextInt(16)) / 100.0;
    }
}
