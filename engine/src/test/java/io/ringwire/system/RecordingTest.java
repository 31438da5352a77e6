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
package io.ringwire.system;

import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.WordDialect;
import io.ringwire.session.SessionEvent;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.ringwire.tape.RecordKind.EVENT;
import static io.ringwire.tape.RecordKind.INBOUND;
import static io.ringwire.tape.RecordKind.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * What a journal holds against what was on the wire, which the venue counts.
 */
class RecordingTest extends VenueTest
{
    private static final String LONG_TEXT = "0123456789".repeat(2000);
    private static final int SMALL_TAPE = 64 * 1024;

    @TempDir
    private Path directory;
    private int framesToClient;
    private int framesFromClient;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W29: as many frames in the journal as on the wire")
    void shouldHoldEveryFrameOfTheWire(final ThreadingMode mode)
    {
        launch(recorded(mode));
        session = engine.connect(config(authenticator, "a", "b")
            .name("venue").deflate(new DeflatePolicy().enabled(true).minLength(1000)));
        connection = venue.accept(pump);
        connection.upgradeWith("Sec-WebSocket-Extensions: permessage-deflate\r\nSet-Cookie: s3cret\r\n");
        beLive();
        framesFromClient = 2;
        framesToClient = 2;
        exchange();
        engine.close();

        final Recording recording = new Recording(directory);
        assertThat(recording.frames(INBOUND)).isEqualTo(framesToClient);
        assertThat(recording.frames(OUTBOUND)).isEqualTo(framesFromClient);
        assertThat(recording.texts(INBOUND).subList(2, 9))
            .containsExactly("one", "two", "Hello", "hi", "Hello", "", LONG_TEXT);
        assertThat(recording.messages(INBOUND).stream().map((message) -> message.last().has(RecordLayout.ENGINE)))
            .containsExactly(true, true, false, false, false, false, false, false, false);
        assertThat(recording.messages(INBOUND).stream().map((message) -> message.last().has(RecordLayout.COMPRESSED)))
            .containsExactly(false, false, false, false, true, false, true, true, false);
        assertThat(recording.texts(OUTBOUND).subList(2, 6))
            .containsExactly("me", "in parts", LONG_TEXT, "bye");
        assertThat(recording.messages(OUTBOUND).stream().map((message) -> message.last().has(RecordLayout.ENGINE)))
            .containsExactly(true, true, false, false, false, false);
        assertThat(recording.messages(OUTBOUND).stream().map((message) -> message.last().has(RecordLayout.COMPRESSED)))
            .containsExactly(false, false, false, false, true, false);
        assertThat(control(recording, INBOUND)).containsExactly("9 p", "9 q", "10 ", "8 \u0003\u00e8end");
        assertThat(control(recording, OUTBOUND)).containsExactly("10 p", "10 q", "8 \u0003\u00e8");
        assertLife(recording);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldPutWhatAHandlerSendsBehindWhatItAnswers(final ThreadingMode mode)
    {
        launch(recorded(mode));
        final RawConnection connection = connectLive(config().dialect(new WordDialect()).messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                s.send(opcode, buffer, offset, length);
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            }));
        final StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 10; i++)
        {
            batch.append("\u0081\u0002m").append(i);
        }

        connection.write(batch + "\u0001\u0001f\u0080\u0001g");
        untilHandlerSaw("text fg");
        for (int i = 0; i < 11; i++)
        {
            connection.readFrame();
        }

        engine.close();
        final List<String> order = new ArrayList<>();
        for (final Recording.Entry entry : new Recording(directory).entries)
        {
            if (entry.has(RecordLayout.MESSAGE_END))
            {
                order.add(entry.kind() + " " + entry.text());
            }
        }

        final List<String> answers = order.stream().filter((entry) -> entry.startsWith("OUTBOUND")).toList();
        assertThat(answers).hasSize(11).startsWith("OUTBOUND m0", "OUTBOUND m1").endsWith("OUTBOUND fg");
        for (int i = 0; i < 10; i++)
        {
            assertThat(order).containsSubsequence("INBOUND m" + i, "OUTBOUND m" + i);
            if (mode == ThreadingMode.INLINE)
            {
                assertThat(order).containsSequence("INBOUND m" + i, "OUTBOUND m" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "DEDICATED", "INVOKER" })
    void shouldHoldTheLifeOfASessionThroughAReconnect(final ThreadingMode mode)
    {
        launch(recorded(mode));
        session = engine.connect(config().uri(venue.uri("/stream?streams=a&token=s3cret"))
            .name("venue").reconnect(new ReconnectPolicy().baseNs(1)));
        RawConnection connection = acceptLive();
        connection.write(RawConnection.frame(0x01, "cut".getBytes(StandardCharsets.US_ASCII)));
        connection.write("\u0089\u0000");
        connection.readFrame();
        connection.write("\u0081\u0005ab");
        connection.close();
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        connection = acceptLive();
        connection.writeText("again");
        untilHandlerSaw("text again");
        engine.close();

        final Recording recording = new Recording(directory);
        assertThat(recording.of(RecordKind.CONNECT).stream().map(Recording.Entry::text))
            .containsOnly(venue.uri("/stream?streams=a&token=***"));
        assertThat(recording.of(RecordKind.CONNECT).stream().map(Recording.Entry::epoch)).containsExactly(1, 2);
        assertThat(recording.of(INBOUND).stream().filter((entry) -> entry.has(RecordLayout.ABANDONED))).hasSize(1);
        assertThat(recording.texts(INBOUND)).containsExactly("again");
        assertThat(recording.messages(INBOUND).get(0).last().epoch()).isEqualTo(2);
        assertThat(states(recording)).isEqualTo(handler.changes().stream().map((change) -> change.to()).toList());
        assertThat(recording.events().stream().filter((event) -> event instanceof SessionEvent.Reconnected)).hasSize(1);
    }

    @Test
    @DisplayName("W29: heartbeats are in the journal")
    void shouldHoldHeartbeatsAndTheTimesOfTheEngine()
    {
        launch(recorded(ThreadingMode.INVOKER));
        final RawConnection connection = connectLive(
            config().heartbeat(new HeartbeatPolicy().intervalNs(1_000_000_000L).timeoutNs(500_000_000L)));
        clock.advanceMs(1000);
        final RawConnection.Frame ping = connection.readFrame();
        clock.advanceMs(3);
        connection.write(RawConnection.frame(0x8a, ping.payload()));
        pump.until("pong", () -> session.metrics().pongsReceived() == 1);
        engine.close();

        final Recording recording = new Recording(directory);
        final Recording.Entry sent = recording.of(OUTBOUND).get(0);
        final Recording.Entry received = recording.of(INBOUND).get(0);
        assertThat(sent.opcode()).isEqualTo(9);
        assertThat(sent.payload()).isEqualTo(ping.payload());
        assertThat(received.payload()).isEqualTo(ping.payload());
        assertThat(received.timeNs() - sent.timeNs()).isBetween(3_000_000L, 3_100_000L);
        assertThat(received.timeNs()).isCloseTo(
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
            within(TimeUnit.HOURS.toNanos(1)));
    }

    @Test
    void shouldSayInOneLineWhyNothingCanBeRecorded() throws Exception
    {
        final Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> launch(context(ThreadingMode.DEDICATED).journal(new JournalPolicy().directory(file))))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(file.toString())
            .hasMessageNotContaining("\n");
        errors.clear();
    }

    private EngineContext recorded(final ThreadingMode mode)
    {
        return context(mode)
            .eventLog((level, source, message, cause) -> {})
            .journal(new JournalPolicy()
                .directory(directory).tapeLength(SMALL_TAPE).whenFull(JournalPolicy.WhenFull.WAIT));
    }

    /**
     * Each kind of frame, both ways.
     */
    private void exchange()
    {
        toClient(1, "81 03 6f6e65");
        toClient(3, "01 01 74 89 01 70 80 02 776f");
        fromClient(1); // the pong
        toClient(5, "41 03 f248cd 89 01 71 80 04 c9c90700 81 02 6869 c1 05 f200110000");
        fromClient(1);
        toClient(2, "c1 01 00 8a 00");
        connection.write(RawConnection.frame(0x81, LONG_TEXT.getBytes(StandardCharsets.US_ASCII)));
        framesToClient++;
        pump.until("the long one", () -> handler.saw("text " + LONG_TEXT));
        send("me");
        final UnsafeBuffer parts = buffer("in parts");
        session.sendFirst(Opcode.TEXT, parts, 0, 3);
        session.sendMiddle(parts, 3, 2);
        session.sendLast(parts, 5, 3);
        send(LONG_TEXT);
        send("bye");
        fromClient(6);
        toClient(1, "88 05 03e8 656e64");
        fromClient(1);
        connection.close();
        untilHandlerSaw("closed 1000");
    }

    private void toClient(final int frames, final String hex)
    {
        connection.writeHex(hex);
        framesToClient += frames;
    }

    private void fromClient(final int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            connection.readFrame();
        }

        framesFromClient += frames;
    }

    private void assertLife(final Recording recording)
    {
        assertThat(recording.lost()).isZero();
        assertThat(recording.entries.get(0).kind()).isEqualTo(RecordKind.STARTED);
        assertThat(recording.entries.get(0).text()).startsWith("{\"engine\":\"ringwire\",");
        assertThat(recording.entries.get(recording.entries.size() - 1).kind()).isEqualTo(RecordKind.STOPPED);
        assertThat(recording.of(RecordKind.SESSION)).hasSize(1);
        assertThat(recording.of(RecordKind.SESSION).get(0).text()).isEqualTo("venue");
        assertThat(states(recording)).isEqualTo(handler.changes().stream().map((change) -> change.to()).toList());
        assertThat(recording.of(EVENT).stream().map(Recording.Entry::text))
            .noneMatch((text) -> text.contains("s3cret"));
        for (final RecordKind direction : Arrays.asList(INBOUND, OUTBOUND))
        {
            assertThat(recording.of(direction).stream().map(Recording.Entry::epoch)).containsOnly(1);
            assertThat(recording.of(direction).stream().map(Recording.Entry::sessionId)).containsOnly(0);
        }
    }

    private static List<SessionState> states(final Recording recording)
    {
        return recording.events().stream()
            .filter((event) -> event instanceof SessionEvent.Changed)
            .map((event) -> ((SessionEvent.Changed)event).change().to()).toList();
    }

    private static List<String> control(final Recording recording, final RecordKind direction)
    {
        return recording.of(direction).stream()
            .filter((entry) -> entry.opcode() >= 8)
            .map((entry) -> entry.opcode() + " " + new String(entry.payload(), StandardCharsets.ISO_8859_1))
            .toList();
    }
}
