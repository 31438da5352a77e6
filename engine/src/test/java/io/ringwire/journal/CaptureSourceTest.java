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
package io.ringwire.journal;

import io.ringwire.Captures;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.Dialect;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.coinbase.CoinbaseDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CaptureSourceTest
{
    @TempDir
    private Path folder;

    /** Those that there are captures of. */
    enum Venue
    {
        BINANCE(new BinanceDialect(), "stream.binance.com:9443"),
        COINBASE(new CoinbaseDialect(), "ws-feed.pro.coinbase.com:443"),
        DERIBIT(new DeribitDialect(), "www.deribit.com:443"),
        KRAKEN(new KrakenV1Dialect(), "ws.kraken.com:443");

        private final Dialect dialect;
        private final String session;

        Venue(final Dialect dialect, final String session)
        {
            this.dialect = dialect;
            this.session = session;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverEveryMessageOfACaptureInOrder(final Venue venue) throws IOException
    {
        final Path file = Captures.fileOf(venue.name().toLowerCase());
        final List<String> expected = Captures.messagesOf(venue.name().toLowerCase());
        final long[] hashes = new long[2];
        for (int i = 0; i < hashes.length; i++)
        {
            final List<String> got = new ArrayList<>();
            try (Replay replay = new Replay(new CaptureSource(file), (name) -> new SessionConfig()
                .dialect(venue.dialect)
                .heartbeat(new HeartbeatPolicy().intervalNs(0))
                .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                    got.add(buffer.getStringWithoutLengthUtf8(offset, length)))).speed(Replay.MAX_SPEED))
            {
                replay.run();
                hashes[i] = replay.hash();
                assertThat(replay.skipped()).isZero();
                assertThat(replay.session(venue.session)).isNotNull();
            }

            assertThat(got).isEqualTo(expected);
        }

        assertThat(hashes[0]).isEqualTo(hashes[1]);
    }

    @Test
    void shouldReplayAnImportedCaptureAsItself() throws IOException
    {
        final Path file = write("ws://x:1/a <-> 1700000000\nws://x:1/a <- 1700000000.1: {}\n1700000000.2: {}\n");
        final Path journal = folder.resolve("journal");
        try (CaptureSource source = new CaptureSource(file))
        {
            assertThat(JournalImport.copy(source, journal)).isEqualTo(8);
        }

        assertThat(hashOf(JournalReader.open(journal))).isEqualTo(hashOf(new CaptureSource(file)));
    }

    @Test
    void shouldOpenASessionForEachUrl() throws IOException
    {
        final CallLog log = new CallLog();
        final List<String> out = new ArrayList<>();
        final Path file = write("""
            ws://x:1/a <-> 1.5
            ws://x:1/a <- 1.6: {"a":1}
            1700000000.000000002: one: two
            ws://x:1/b <-> 1700000000.1
            1700000000.000000003: \u00e9

            ws://x:1/a <-> 1700000001
            1700000000.000000004: again
            """);
        try (Replay replay = new Replay(new CaptureSource(file), log::config).speed(Replay.MAX_SPEED).observer(
            new ReplayObserver()
            {
                @Override
                public void onOutbound(
                    final Session session,
                    final int opcode,
                    final DirectBuffer buffer,
                    final int offset,
                    final int length,
                    final int flags,
                    final long timeNs)
                {
                    out.add(session.name() + " " + buffer.getStringWithoutLengthUtf8(offset, length) + " " + timeNs);
                }
            }))
        {
            replay.run();
        }

        assertThat(log.messages()).containsExactly(
            "x:1/1 message 1 @2 end one: two",
            "x:1-2/1 message 1 @3 end \u00e9",
            "x:1/2 message 1 @4 end again");
        assertThat(log.calls()).contains("x:1 closed 1006 as captured", "x:1 state LIVE/2");
        assertThat(out).containsExactly("x:1 {\"a\":1} 1600000000");
    }

    @Test
    void shouldNameASessionAfterTheFileWhereThereIsNoUrl() throws IOException
    {
        final CallLog log = new CallLog();
        try (Replay replay = new Replay(new CaptureSource(write("1700000000: x\n")), log::config)
            .speed(Replay.MAX_SPEED))
        {
            replay.run();
        }

        assertThat(log.messages()).containsExactly("test.capture/1 message " + Opcode.TEXT + " @0 end x");
    }

    @ParameterizedTest
    @ValueSource(strings = { "what is this", "ws://x <-> 1: text", "ws://x <- 1", "ws://x - 1: a", "1.2.3: a", "1" })
    void shouldNameTheLineThatIsNotOfTheFormat(final String line) throws IOException
    {
        final Path file = write("1.0: fine\n" + line + "\n");
        try (CaptureSource source = new CaptureSource(file))
        {
            assertThatThrownBy(() ->
            {
                while (source.next())
                {
                    assertThat(source.length()).isPositive();
                }
            }).isInstanceOf(IOException.class).hasMessageStartingWith(file + ":2: not 'SECONDS: TEXT'");
        }
    }

    @Test
    void shouldRefuseWhatIsNoFileOrNoText() throws IOException
    {
        assertThatThrownBy(() -> new CaptureSource(folder.resolve("none"))).isInstanceOf(IOException.class)
            .hasMessage("no capture at " + folder.resolve("none") + ": there is no such file");
        final Path file = Files.write(folder.resolve("x.capture"), new byte[]{'1', ':', ' ', (byte)0xff, '\n'});
        try (CaptureSource source = new CaptureSource(file))
        {
            assertThatThrownBy(source::next).isInstanceOf(IOException.class).hasMessage(file + ":1: not UTF-8");
        }
    }

    private static long hashOf(final RecordSource source) throws IOException
    {
        try (Replay replay = new Replay(source, new CallLog()::config).speed(Replay.MAX_SPEED))
        {
            replay.run();
            assertThat(replay.records()).isEqualTo(8);
            return replay.hash();
        }
    }

    private Path write(final String text) throws IOException
    {
        return Files.write(folder.resolve("test.capture"), text.getBytes(StandardCharsets.UTF_8));
    }
}
