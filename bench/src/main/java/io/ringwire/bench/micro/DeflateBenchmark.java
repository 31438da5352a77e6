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

import io.ringwire.frame.MessageDeflater;
import io.ringwire.frame.MessageInflater;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What permessage-deflate costs the IO thread for one message of JSON, each way, with context takeover and without.
 * Inflating is measured on the payload of one message, over and over; deflating on messages that differ in their
 * numbers.
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
public class DeflateBenchmark
{
    private static final int MESSAGES = 64;
    private static final int MAX_LENGTH = 1 << 20;
    private static final int DEFAULT_WINDOW_BITS = 15;

    @Param({ "128", "1024", "16384" })
    private int length;

    @Param({ "1", "6" })
    private int level;

    @Param({ "true", "false" })
    private boolean takeover;

    private final UnsafeBuffer[] messages = new UnsafeBuffer[MESSAGES];
    private MessageDeflater deflater;
    private MessageInflater inflater;
    private UnsafeBuffer payload;
    private int next;

    /**
     * Make the messages and both codecs.
     */
    @Setup
    public void open()
    {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MESSAGES; i++)
        {
            messages[i] = message(random);
        }

        try (MessageDeflater single = new MessageDeflater(level, false, DEFAULT_WINDOW_BITS))
        {
            final int payloadLength = single.deflate(messages[0], 0, length, true);
            payload = new UnsafeBuffer(ByteBuffer.allocateDirect(payloadLength));
            payload.putBytes(0, single.buffer(), 0, payloadLength);
            System.out.println("bytes of payload without takeover: " + payloadLength);
        }

        deflater = new MessageDeflater(level, takeover, DEFAULT_WINDOW_BITS);
        inflater = new MessageInflater(MAX_LENGTH, takeover);
    }

    /**
     * Give the memory back.
     */
    @TearDown
    public void close()
    {
        deflater.close();
        inflater.close();
    }

    /**
     * Compress the next message.
     *
     * @return length of its payload.
     */
    @Benchmark
    public int deflate()
    {
        return deflater.deflate(messages[next++ & MESSAGES - 1], 0, length, true);
    }

    /**
     * Inflate one message.
     *
     * @return its length.
     */
    @Benchmark
    public int inflate()
    {
        inflater.begin();
        inflater.inflate(payload, 0, payload.capacity());
        return inflater.end();
    }

    private UnsafeBuffer message(final SplittableRandom random)
    {
        final StringBuilder json = new StringBuilder();
        while (json.length() < length)
        {
            json.append("{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":")
                .append("{\"channel\":\"book.BTC-PERPETUAL\",")
                .append("\"bid\":").append(64_000 + random.nextInt(1000)).append(".5,\"size\":")
                .append(random.nextInt(100_000)).append(",\"change_id\":").append(random.nextInt()).append("}}");
        }

        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        buffer.putBytes(0, json.substring(0, length).getBytes(StandardCharsets.US_ASCII));
        return buffer;
    }
}
