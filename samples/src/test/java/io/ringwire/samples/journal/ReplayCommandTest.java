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
package io.ringwire.samples.journal;

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.Captures;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;
import io.ringwire.samples.exchange.Capture;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.RecordedMessage;
import io.ringwire.samples.exchange.RecordedMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ReplayCommandTest
{
    private static final String CAPTURE =
        "ws://x:1/a <-> 1700000000\nws://x:1/a <- 1700000000.1: {}\n1700000000.2: one\n1700000000.3: two\n";

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldPrintTheSameHashEachTimeAndOfTheImportedJournal() throws IOException
    {
        final Path file = Files.writeString(folder.resolve("x.capture"), CAPTURE);
        final Path journal = folder.resolve("journal");

        assertThat(run("replay", file.toString())).as(err::toString).isZero();
        final String hash = hash();
        assertThat(out.toString()).contains("2 messages of 6 bytes and 3 events out of 9 records");
        assertThat(run("replay", file.toString())).isZero();
        assertThat(hash()).isEqualTo(hash);
        assertThat(run("journal", journal.toString(), "--import", file.toString())).as(err::toString).isZero();
        assertThat(err.toString()).contains("9 records of " + file + " added to " + journal);
        assertThat(run("replay", journal.toString())).as(err::toString).isZero();
        assertThat(hash()).isEqualTo(hash);
        assertThat(run("replay", journal.toString(), "--from", "2023-11-14T22:13:20.3Z")).isZero();
        assertThat(out.toString()).contains("1 messages of 3 bytes");
    }

    @Test
    void shouldRefuseInOneLine() throws IOException
    {
        final Path broken = Files.writeString(folder.resolve("x.capture"), "1: fine\nbroken\n");

        assertThat(run("replay", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("ringwire: " + folder.resolve("none") + ": there is no such folder\n");
        assertThat(run("replay", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is no journal").hasLineCount(1);
        assertThat(run("replay", broken.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("ringwire: " + broken + ":2: not").hasLineCount(1);
        assertThat(run("replay", broken.toString(), "--speed", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("'0' is not a factor above zero").hasLineCount(1);
        final Path good = Files.writeString(folder.resolve("y.capture"), CAPTURE + "ws://y <-> 1\n1: x\n");
        assertThat(run("replay", good.toString(), "--serve", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("choose a session with --session=x:1, y:80").hasLineCount(1);
        assertThat(run("replay", good.toString(), "--serve", "0", "--session", "z")).isEqualTo(2);
        assertThat(err.toString()).contains("--session=z is none of x:1, y:80").hasLineCount(1);
        assertThat(run("replay", good.toString(), "--session", "z")).isEqualTo(1);
        assertThat(err.toString()).contains("--session=z is none of x:1, y:80").hasLineCount(1);
        assertThat(run("replay", good.toString(), "--serve", "70000", "--session", "y:80")).isEqualTo(2);
        assertThat(err.toString()).contains("port=70000 is none").hasLineCount(1);
        assertThat(run("replay", good.toString(), "--serve", "0", "--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds=0 goes with --serve and is above zero").hasLineCount(1);
        assertThat(run("replay", good.toString(), "--seconds", "1")).isEqualTo(2);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final String port = Integer.toString(taken.getLocalPort());
            assertThat(run("replay", good.toString(), "--serve", port, "--session", "y:80")).isEqualTo(1);
            assertThat(err.toString()).startsWith("ringwire: cannot listen on port " + port + ": ").hasLineCount(1);
        }

        assertThat(run("journal", folder.resolve("journal").toString(), "--import", broken.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("ringwire: " + broken + ":2: not").hasLineCount(1);
        assertThat(folder.resolve("journal")).as("half of a capture is not added").doesNotExist();
    }

    @Test
    void shouldServeEveryMessageToAnEngine() throws Exception
    {
        final Path file = Captures.file("coinbase.capture");
        final List<RecordedMessage> expected = Capture.read(file).messages();
        final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        final ExchangeConfig config = new ExchangeConfig().recording(() -> open(file), Double.POSITIVE_INFINITY);
        try (LocalExchange exchange = LocalExchange.launch(config);
            Engine engine = Engine.launch(new EngineContext()))
        {
            engine.connect(new SessionConfig()
                .uri(exchange.uri("/any/path"))
                .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                    final byte[] copy = new byte[length];
                    buffer.getBytes(offset, copy);
                    received.add(copy);
                })
                .listener(new SessionListener()
                {
                    @Override
                    public void onClosed(final Session session, final int closeCode, final String reason)
                    {
                        session.close();
                        end.complete(closeCode + " " + reason);
                    }
                }));
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("1000 end of recording");
        }

        assertThat(received).hasSameSizeAs(expected);
        for (final RecordedMessage message : expected)
        {
            assertThat(received.remove()).isEqualTo(message.payload());
        }
    }

    @Test
    void shouldServeFromTheCommandLine() throws IOException
    {
        final Path file = Files.writeString(folder.resolve("x.capture"), CAPTURE);

        assertThat(run("replay", file.toString(), "--serve", "0", "--seconds", "1")).as(err::toString).isZero();
        assertThat(out.toString()).startsWith("ws://127.0.0.1:");
    }

    @Test
    void shouldRecordWhatItReplaysThen()
    {
        final String events;
        final Path journal = folder.resolve("journal");
        try (LocalExchange exchange = LocalExchange.launch())
        {
            assertThat(run("record", exchange.uri("/echo"), "-o", journal.toString(), "--seconds", "1",
                "--send", "hello", "--send", "you", "--mode", "inline")).as(err::toString).isZero();
            assertThat(out.toString()).contains("recorded 2 messages of 8 bytes");
            events = out.toString().replaceFirst("(?s).* and (\\d+) events into .*", "$1");
        }

        assertThat(run("replay", journal.toString())).as(err::toString).isZero();
        assertThat(out.toString()).contains("2 messages of 8 bytes and " + events + " events");
    }

    @Test
    void shouldSayWhyItDoesNotRecord() throws IOException
    {
        final Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("record", "ws://127.0.0.1:1/", "-o", folder.resolve("j").toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("ringwire: ws://127.0.0.1:1/: ").hasLineCount(1);
        assertThat(run("record", "ws://127.0.0.1:1/", "-o", file.toString())).isNotZero();
        assertThat(err.toString()).contains("journal.directory=" + file).hasLineCount(1);
        assertThat(run("record", "ws://127.0.0.1:1/")).isEqualTo(2);
        assertThat(run("record", "ws://127.0.0.1:1/", "-o", "x", "--dialect", "none")).isEqualTo(2);
    }

    private static RecordedMessages open(final Path file)
    {
        try
        {
            return new RecordedMessages(new Recording(file).open());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private String hash()
    {
        return out.toString().lines().filter((line) -> line.startsWith("hash ")).findFirst().orElseThrow();
    }

    private int run(final String... args)
    {
        out.reset();
        err.reset();
        return new Ringwire(new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))).run(args);
    }
}
