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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What permessage-deflate costs the IO thread for one message of JSON, each way, with context takeover and without.
 * Messages differ in their numbers, and are more than fit into the window, so that no message meets its own copy there.
 * The yardstick is zlib as the JDK has it, on arrays that are used again: what is left is ours.
 */
@State(Scope.Thread)
public class DeflateBenchmark extends MicroSettings
{
    private static final int MESSAGES_LENGTH = 256 * 1024; // of a window of 32 KiB
    private static final int MAX_LENGTH = 1 << 20;
    private static final int DEFAULT_WINDOW_BITS = 15;
    private static final int TAIL_LENGTH = 4;
    private static final byte[] TAIL = {0, 0, (byte)0xFF, (byte)0xFF}; // RFC 7692 section 7.2.2

    @Param({ "128", "1024", "16384" })
    private int length;

    @Param({ "1", "6" })
    private int level;

    @Param({ "true", "false" })
    private boolean takeover;

    private UnsafeBuffer[] messages;
    private UnsafeBuffer[] payloads;
    private byte[][] messageArrays;
    private byte[][] payloadArrays;
    private byte[] output;
    private MessageDeflater deflater;
    private MessageInflater inflater;
    private Deflater jdkDeflater;
    private Inflater jdkInflater;
    private int nextDeflated;
    private int nextInflated;

    /**
     * Make the messages and the codecs.
     */
    @Setup
    public void open()
    {
        final SplittableRandom random = new SplittableRandom(1);
        final int count = MESSAGES_LENGTH / length;
        messages = new UnsafeBuffer[count];
        Arrays.setAll(messages, (i) -> message(random));
        messageArrays = Arrays.stream(messages).map(DeflateBenchmark::bytes).toArray(byte[][]::new);
        payloads = new UnsafeBuffer[count];
        payloadArrays = new byte[count][];
        output = new byte[MAX_LENGTH];
        encode();

        deflater = new MessageDeflater(level, takeover, DEFAULT_WINDOW_BITS);
        inflater = new MessageInflater(MAX_LENGTH, takeover);
        jdkDeflater = new Deflater(level, true);
        jdkInflater = new Inflater(true);
    }

    /**
     * Give the memory back.
     */
    @TearDown
    public void close()
    {
        deflater.close();
        inflater.close();
        jdkDeflater.end();
        jdkInflater.end();
    }

    /**
     * Compress the next message.
     *
     * @return length of its payload.
     */
    @Benchmark
    public int deflate()
    {
        return deflater.deflate(messages[nextDeflated++ & messages.length - 1], 0, length, true);
    }

    /**
     * Inflate the next message.
     *
     * @return its length.
     */
    @Benchmark
    public int inflate()
    {
        final UnsafeBuffer payload = payloads[nextInflated++ & payloads.length - 1];
        inflater.begin();
        inflater.inflate(payload, 0, payload.capacity());
        return inflater.end();
    }

    /**
     * Compress the next message by the JDK.
     *
     * @return length of its payload.
     */
    @Benchmark
    public int jdkDeflate()
    {
        if (!takeover)
        {
            jdkDeflater.reset();
        }

        jdkDeflater.setInput(messageArrays[nextDeflated++ & messageArrays.length - 1]);
        return jdkDeflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH) - TAIL_LENGTH;
    }

    /**
     * Inflate the next message by the JDK.
     *
     * @return its length.
     * @throws DataFormatException never.
     */
    @Benchmark
    public int jdkInflate() throws DataFormatException
    {
        if (!takeover)
        {
            jdkInflater.reset();
        }

        jdkInflater.setInput(payloadArrays[nextInflated++ & payloadArrays.length - 1]);
        return jdkInflater.inflate(output);
    }

    /**
     * In the order in which they are inflated, over and over: the first refers to nothing before it.
     */
    private void encode()
    {
        long payloadBytes = 0;
        try (MessageDeflater encoder = new MessageDeflater(level, takeover, DEFAULT_WINDOW_BITS))
        {
            for (int i = 0; i < messages.length; i++)
            {
                final int payloadLength = encoder.deflate(messages[i], 0, length, true);
                payloads[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(payloadLength));
                payloads[i].putBytes(0, encoder.buffer(), 0, payloadLength);
                payloadArrays[i] = Arrays.copyOf(bytes(payloads[i]), payloadLength + TAIL_LENGTH);
                System.arraycopy(TAIL, 0, payloadArrays[i], payloadLength, TAIL_LENGTH);
                payloadBytes += payloadLength;
            }
        }

        System.out.println("bytes of payload, on average: " + payloadBytes / messages.length);
    }

    private static byte[] bytes(final UnsafeBuffer buffer)
    {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
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
