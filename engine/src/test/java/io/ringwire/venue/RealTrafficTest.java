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
package io.ringwire.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringwire.AllocatedBytes;
import io.ringwire.Captures;
import io.ringwire.Seed;
import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.coinbase.CoinbaseDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialects on what the venues really sent, against rules that are written on trees.
 */
class RealTrafficTest
{
    private static final int MUTATIONS = 5_000;
    private static final int MAX_MUTATED_LENGTH = 2_000;
    private static final int WINDOWS = 5;
    private static final int WARM_UP_MESSAGES = 50_000;
    private static final String NOISE = "{}[]\",:\\-0e ";

    private final ObjectMapper library = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A dialect, the rules on trees, and how many messages of which kind its capture holds. */
    enum Venue
    {
        BINANCE(new BinanceDialect(), TreeOracle::binance, Map.of(MessageKind.STREAM, 265)),
        COINBASE(new CoinbaseDialect(), TreeOracle::coinbase,
            Map.of(MessageKind.STREAM, 9_943, MessageKind.SUBSCRIPTION, 3)),
        DERIBIT(new DeribitDialect(), TreeOracle::deribit, Map.of(MessageKind.STREAM, 135, MessageKind.REPLY, 1)),
        KRAKEN(new KrakenV1Dialect(), TreeOracle::krakenV1,
            Map.of(MessageKind.STREAM, 4_279, MessageKind.HEARTBEAT, 31, MessageKind.SUBSCRIPTION, 10,
                MessageKind.DATA, 1));

        private final Dialect dialect;
        private final Function<JsonNode, Judged> oracle;
        private final Map<MessageKind, Integer> counts;

        Venue(
            final Dialect dialect,
            final Function<JsonNode, Judged> oracle,
            final Map<MessageKind, Integer> counts)
        {
            this.dialect = dialect;
            this.oracle = oracle;
            this.counts = counts;
        }

        List<String> messages()
        {
            return Captures.messagesOf(name().toLowerCase());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldJudgeEveryMessage(final Venue venue) throws JsonProcessingException
    {
        final Map<MessageKind, Integer> counts = new EnumMap<>(MessageKind.class);
        for (final String message : venue.messages())
        {
            final Judged judged = Judged.of(venue.dialect, message);
            assertThat(judged).as(message).isEqualTo(venue.oracle.apply(library.readTree(message)));
            counts.merge(judged.kind(), 1, Integer::sum);
        }

        assertThat(counts).isEqualTo(venue.counts);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotMisreadABrokenMessage(final Venue venue)
    {
        final SplittableRandom random = Seed.random(getClass());
        final List<byte[]> messages = venue.messages().stream()
            .map((message) -> message.getBytes(StandardCharsets.UTF_8))
            .filter((message) -> message.length <= MAX_MUTATED_LENGTH)
            .toList();
        int whole = 0;
        for (int i = 0; i < MUTATIONS; i++)
        {
            final byte[] mutated = mutate(messages.get(random.nextInt(messages.size())), random);
            final Judged judged = Judged.of(venue.dialect, mutated);
            final String text = new String(mutated, StandardCharsets.UTF_8);
            final JsonNode tree = parse(text);
            if (tree != null && text.indexOf('\\') < 0 && text.indexOf('\uFFFD') < 0)
            {
                assertThat(judged).as(text).isEqualTo(venue.oracle.apply(tree));
                whole++;
            }
        }

        assertThat(whole).isGreaterThan(MUTATIONS / 20);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotAllocate(final Venue venue)
    {
        final List<UnsafeBuffer> messages = venue.messages().stream()
            .map((message) -> new UnsafeBuffer(message.getBytes(StandardCharsets.UTF_8)))
            .toList();
        final UnsafeBuffer[] buffers = messages.toArray(new UnsafeBuffer[0]);
        final Verdict verdict = new Verdict();
        for (int judged = 0; judged < WARM_UP_MESSAGES; judged += buffers.length)
        {
            judgeAll(venue.dialect, buffers, verdict);
        }

        assertThat(AllocatedBytes.median(0, WINDOWS, 1, () -> judgeAll(venue.dialect, buffers, verdict))).isZero();
    }

    @Test
    void shouldChainTheBooksOfDeribit()
    {
        final Map<String, Long> last = new HashMap<>();
        int links = 0;
        for (final String message : Venue.DERIBIT.messages())
        {
            final Judged judged = Judged.of(Venue.DERIBIT.dialect, message);
            if (judged.channel().startsWith("book."))
            {
                assertThat(judged.snapshot()).isEqualTo(!last.containsKey(judged.channel()));
                final Long before = last.put(judged.channel(), judged.sequence());
                assertThat(judged.previous()).isEqualTo(before == null ? Verdict.NO_SEQUENCE : before);
                links += before == null ? 0 : 1;
            }
        }

        assertThat(last).hasSize(10);
        assertThat(links).isEqualTo(36);
    }

    @Test
    void shouldChainTheBooksOfBinance()
    {
        final Map<String, Long> last = new HashMap<>();
        int links = 0;
        for (final String message : Venue.BINANCE.messages())
        {
            final Judged judged = Judged.of(Venue.BINANCE.dialect, message);
            if (judged.channel().endsWith("@depth@100ms"))
            {
                final Long before = last.put(judged.channel(), judged.sequence());
                assertThat(judged.first()).isEqualTo(before == null ? judged.first() : before + 1);
                links += before == null ? 0 : 1;
            }
        }

        assertThat(last).hasSize(4);
        assertThat(links).isEqualTo(173);
    }

    /**
     * Channels other than full leave numbers out, and a ticker repeats the number of its match.
     */
    @Test
    void shouldNeverCountBackAtCoinbase()
    {
        final Map<String, Long> last = new HashMap<>();
        for (final String message : Venue.COINBASE.messages())
        {
            final Judged judged = Judged.of(Venue.COINBASE.dialect, message);
            if (judged.sequence() != Verdict.NO_SEQUENCE)
            {
                final Long before = last.put(judged.channel(), judged.sequence());
                assertThat(judged.sequence()).as(message).isGreaterThanOrEqualTo(before == null ? 0 : before);
            }
        }

        assertThat(last).hasSize(10);
    }

    private static void judgeAll(final Dialect dialect, final UnsafeBuffer[] buffers, final Verdict verdict)
    {
        for (int i = 0; i < buffers.length; i++)
        {
            dialect.classify(buffers[i], 0, buffers[i].capacity(), Opcode.TEXT, verdict.reset());
        }
    }

    private JsonNode parse(final String text)
    {
        try
        {
            final JsonNode tree = library.readTree(text);
            return tree.isMissingNode() ? null : tree;
        }
        catch (final JsonProcessingException ex)
        {
            return null;
        }
    }

    private static byte[] mutate(final byte[] message, final SplittableRandom random)
    {
        final byte[] mutated = random.nextInt(8) == 0 ?
            Arrays.copyOf(message, random.nextInt(message.length + 1)) : message.clone();
        final int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && mutated.length > 0; i++)
        {
            mutated[random.nextInt(mutated.length)] = switch (random.nextInt(4))
            {
                case 0 -> (byte)NOISE.charAt(random.nextInt(NOISE.length()));
                case 1 -> (byte)random.nextInt(256);
                case 2 -> (byte)('0' + random.nextInt(10));
                default -> (byte)('a' + random.nextInt(26));
            };
        }

        return mutated;
    }
}
