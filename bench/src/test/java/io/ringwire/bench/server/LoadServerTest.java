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
package io.ringwire.bench.server;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.RingwireClient;
import io.ringwire.bench.client.Stamp;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.peer.NioClient;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class LoadServerTest
{
    private static final int SIZE_BYTES = 128;
    private static final long WARMUP = 50_000;
    private static final long MESSAGES = 500_000; // not a time: whoever is held up in it has no message, or too many
    private static final int MIN_ROUNDS = 3; // taken in turn, so that a busy machine is slow for both
    private static final int MAX_ROUNDS = 20;

    @Test
    void shouldEchoFramesAsTheyComeAndAnswerControlFrames() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri()))
        {
            client.write(hex("01 83 00000000 616263  80 81 00000000 64")); // a text message in two frames
            assertThat(client.read(8)).isEqualTo(hex("01 03 616263  80 01 64"));

            client.write(hex("8a 81 00000000 61  89 82 00000000 6869  82 80 01020304")); // a pong, a ping, an empty one
            assertThat(client.read(6)).isEqualTo(hex("8a 02 6869  82 00"));

            client.write(hex("88 82 00000000 03e8"));
            assertThat(client.read(4)).isEqualTo(hex("88 02 03e8"));
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void shouldUnmaskPayloadsOfEveryLengthInPiecesOfAnySize() throws IOException
    {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri()))
        {
            for (final int length : new int[]{1, 7, 125, 126, 1000, 65_535, 65_536, 300_001})
            {
                final byte[] payload = new byte[length];
                random.nextBytes(payload);
                final byte[] frame = masked(payload, random.nextInt());
                final int cut = random.nextInt(frame.length);
                client.write(Arrays.copyOf(frame, cut));
                client.write(Arrays.copyOfRange(frame, cut, frame.length));

                final ByteBuffer header = ByteBuffer.allocate(FrameHeaders.length(length));
                FrameHeaders.put(header, 0x82, length);
                assertThat(client.read(header.capacity())).isEqualTo(header.array());
                assertThat(client.read(length)).isEqualTo(payload);
            }
        }
    }

    @Test
    void shouldSendAFixedNumberOfStampedMessagesThenClose() throws IOException
    {
        try (LoadServer server = LoadServer.feed(0, false, new Feed(1000, 20, 100_000, true));
            BareClient client = new BareClient(server.uri()))
        {
            long lastNs = 0;
            for (int i = 0; i < 1000; i++)
            {
                assertThat(client.read(2)).isEqualTo(hex("81 14"));
                final long dueNs = Long.parseLong(new String(client.read(Stamp.LENGTH)));
                assertThat(dueNs).isLessThanOrEqualTo(System.nanoTime());
                assertThat(i == 0 ? 10_000 : dueNs - lastNs).isBetween(9_999L, 10_001L);
                lastNs = dueNs;
            }

            assertThat(client.read(4)).isEqualTo(hex("88 02 03e8"));
        }
    }

    /**
     * Whoever measures a client must know that it is not the server that is measured: of as many messages the
     * server gives and takes more a second than Ringwire does, the fastest of the clients.
     */
    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "SEND"})
    void shouldOutrunTheClient(final Workload.Kind kind) throws IOException, BenchException
    {
        final RingwireClient client = new RingwireClient(new ClientOptions(
            ThreadingMode.INLINE,
            IdleMode.BLOCK,
            Transport.AUTO,
            EngineContext.NOT_PINNED,
            EngineContext.NOT_PINNED,
            null));
        final Client floor = new NioClient();
        try (LoadServer server = LoadServer.echo(0, false))
        {
            final String path = kind == Workload.Kind.SEND ? "sink" : "feed?size=" + SIZE_BYTES;
            final Workload workload = Workload.ofOne(
                kind, server.uri() + path, SIZE_BYTES, false, Extent.ofMessages(WARMUP, MESSAGES),
                TimeUnit.SECONDS.toNanos(30));
            assertThat(floor.supports(workload)).isTrue();
            double floorRate = 0; // the best of the rounds: what the machine keeps from either is not its capacity
            double rate = 0;
            for (int round = 0; round < MIN_ROUNDS || floorRate <= rate && round < MAX_ROUNDS; round++)
            {
                floorRate = Math.max(floorRate, floor.run(workload).framesPerS());
                rate = Math.max(rate, client.run(workload).framesPerS());
            }

            assertThat(floorRate).as("best of the floor, over that of the client").isGreaterThan(rate);
        }
    }

    private static byte[] masked(final byte[] payload, final int key)
    {
        final int headerLength = FrameHeaders.length(payload.length);
        final ByteBuffer frame = ByteBuffer.allocate(headerLength + Integer.BYTES + payload.length);
        FrameHeaders.put(frame, 0x82, payload.length);
        frame.put(1, (byte)(frame.get(1) | FrameHeaders.MASK_BIT)).putInt(key);
        for (int i = 0; i < payload.length; i++)
        {
            frame.put((byte)(payload[i] ^ key >>> 24 - 8 * (i % 4)));
        }

        return frame.array();
    }

    private static byte[] hex(final String bytes)
    {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }
}
