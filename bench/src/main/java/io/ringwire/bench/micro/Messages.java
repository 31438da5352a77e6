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

import io.ringwire.samples.exchange.Capture;
import io.ringwire.samples.exchange.RecordedMessage;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Messages to measure with, each in direct memory of its own length, given out in turn. Not thread safe.
 */
final class Messages
{
    private static final int MADE = 64;

    private final UnsafeBuffer[] messages;
    private int next;

    private Messages(final String name, final List<byte[]> texts)
    {
        messages = texts.stream().map(Messages::inDirectMemory).toArray(UnsafeBuffer[]::new);
        final double meanLength = texts.stream().mapToInt((text) -> text.length).average().orElseThrow();
        System.out.printf("%s: %d messages of %.1f bytes on average%n", name, messages.length, meanLength);
    }

    /**
     * What a venue sent.
     *
     * @param directory of the captures.
     * @param venue     that the capture is named after.
     * @return its messages.
     * @throws IOException if the capture cannot be read.
     */
    static Messages captured(final String directory, final String venue) throws IOException
    {
        final Path file = Path.of(directory, venue + ".capture");
        if (!Files.isRegularFile(file))
        {
            throw new IOException("skipped: no recorded traffic at " + file + "; name another directory with " +
                "-p captures=DIR");
        }

        return new Messages(venue, Capture.read(file).messages().stream()
            .map(RecordedMessage::payload).toList());
    }

    /**
     * Tickers as Deribit sends them.
     *
     * @return the messages, about 750 bytes each.
     */
    static Messages tickers()
    {
        return made("ticker", Messages::ticker);
    }

    /**
     * Updates of a book as Kraken sends them in version 2.
     *
     * @return the messages, about 200 bytes each.
     */
    static Messages krakenBooks()
    {
        return made("krakenV2", Messages::krakenBook);
    }

    UnsafeBuffer next()
    {
        final UnsafeBuffer message = messages[next++];
        next = next == messages.length ? 0 : next;
        return message;
    }

    private static Messages made(final String name, final Function<SplittableRandom, String> maker)
    {
        final SplittableRandom random = new SplittableRandom(1);
        return new Messages(name, IntStream.range(0, MADE)
            .mapToObj((i) -> maker.apply(random).getBytes(StandardCharsets.US_ASCII)).toList());
    }

    private static UnsafeBuffer inDirectMemory(final byte[] text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(text.length));
        buffer.putBytes(0, text);
        return buffer;
    }

    private static String krakenBook(final SplittableRandom random)
    {
        return "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":" +
            price(random) + ",\"qty\":" + price(random) + "}],\"asks\":[" + (random.nextBoolean() ? "" :
            "{\"price\":" + price(random) + ",\"qty\":" + price(random) + "}") + "],\"checksum\":" +
            random.nextInt(1 << 30) + ",\"timestamp\":\"2023-10-06T17:35:55.440295Z\"}]}";
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
