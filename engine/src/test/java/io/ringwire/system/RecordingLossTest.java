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

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.JournalPolicy.WhenFull;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.session.SessionEvent;
import io.ringwire.stats.CountersFileReader;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static io.ringwire.io.IoAgent.ROLE;
import static io.ringwire.tape.RecordKind.INBOUND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a journal holds when the tape, or the ring of a session, is full. In INVOKER mode the journal runs when the IO
 * has had its turn, so that a read that is longer than the tape surely finds no room.
 */
class RecordingLossTest extends SystemTest
{
    private static final int SMALL_TAPE = 64 * 1024;
    private static final int MESSAGES = 5000;

    private final CountDownLatch held = new CountDownLatch(1);
    @TempDir
    private Path directory;

    @AfterEach
    void letGo()
    {
        held.countDown();
    }

    @Test
    void shouldSayWhereAndHowManyWereLost()
    {
        launch(ThreadingMode.INVOKER, WhenFull.DROP);
        flood();
        engine.close();

        final Recording recording = new Recording(directory);
        final List<String> texts = recording.texts(INBOUND);
        assertThat(recording.lost()).isPositive();
        assertThat(texts.size() + recording.lost()).isEqualTo(MESSAGES);
        int next = 0;
        for (final Recording.Entry entry : recording.entries)
        {
            if (entry.kind() == RecordKind.LOST)
            {
                next += (int)entry.number();
            }
            else if (entry.kind() == INBOUND)
            {
                assertThat(entry.text()).isEqualTo(numbered(next++));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldLoseNothingWhereTheEngineWaits(final ThreadingMode mode)
    {
        launch(mode, WhenFull.WAIT);
        flood();
        engine.close();

        final Recording recording = new Recording(directory);
        assertThat(recording.lost()).isZero();
        assertThat(recording.texts(INBOUND)).isEqualTo(numbered());
    }

    @Test
    void shouldLoseAMessageThatIsLongAsAWhole()
    {
        launch(ThreadingMode.INVOKER, WhenFull.DROP);
        final RawConnection connection = connectLive(roomy());
        final List<String> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++)
        {
            final String text = (i + ",").repeat(12_500);
            sent.add(text);
            connection.write(RawConnection.frame(0x01, text.getBytes(StandardCharsets.US_ASCII)));
            connection.write(RawConnection.frame(0x89, new byte[] { 'p' }));
            connection.write(RawConnection.frame(0x80, new byte[] { '.' }));
        }

        connection.writeText("end");
        untilHandlerSaw("text end");
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        engine.close();

        final Recording recording = new Recording(directory);
        final List<String> texts = new ArrayList<>(recording.texts(INBOUND));
        assertThat(recording.lost()).isPositive();
        assertThat(texts).hasSizeLessThan(sent.size());
        assertThat(texts.remove(texts.size() - 1)).isEqualTo("behind");
        texts.remove("end");
        assertThat(texts).allMatch((text) -> sent.contains(text.substring(0, text.length() - 1)) && text.endsWith("."));
        assertThat(recording.messages(INBOUND).get(0).records()).isGreaterThan(2);
        assertThat(recording.of(INBOUND).stream().anyMatch((entry) -> entry.has(RecordLayout.ABANDONED))).isTrue();
    }

    @Test
    void shouldRecordOnceWhatIsOfferedToAFullRingAgainAndAgain() throws Exception
    {
        launch(ThreadingMode.DEDICATED, WhenFull.DROP);
        final RawConnection connection = connectLive(held(BackpressurePolicy.STOP_READING));
        final Thread writer = new Thread(() ->
        {
            for (int i = 0; i < 300; i++)
            {
                connection.writeText(numbered(i));
            }
        });
        writer.start();
        pump.until("paused", () -> session.metrics().pauses() > 0);
        pump.settle();
        held.countDown();
        pump.until("all delivered", () -> session.metrics().messagesDelivered() == 300);
        writer.join();
        engine.close();

        final Recording recording = new Recording(directory);
        assertThat(recording.texts(INBOUND)).isEqualTo(numbered().subList(0, 300));
        assertThat(recording.lost()).isZero();
    }

    @Test
    void shouldHoldWhatTheHandlerDidNotGetAndSaySo()
    {
        launch(ThreadingMode.DEDICATED, WhenFull.DROP);
        final RawConnection connection = connectLive(held(BackpressurePolicy.DROP_NEWEST));
        for (int i = 0; i < 100; i++)
        {
            if (i % 3 == 0)
            {
                connection.write(RawConnection.frame(0x01, (i + "-").getBytes(StandardCharsets.US_ASCII)));
                connection.write(RawConnection.frame(0x80, new byte[] { '.' }));
            }
            else
            {
                connection.writeText(i + "-.");
            }
        }

        connection.write(RawConnection.frame(0x89, new byte[] { 'e' }));
        connection.readFrame();
        held.countDown();
        untilHandlerSaw("gap ");
        connection.writeText("100-.");
        untilHandlerSaw("text 100-.");
        engine.close();

        final Recording recording = new Recording(directory);
        assertThat(recording.texts(INBOUND)).hasSize(101);
        final List<String> delivered = recording.messages(INBOUND).stream()
            .filter((message) -> !message.last().has(RecordLayout.DROPPED)).map(Recording.Message::text).toList();
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text ")))
            .containsExactlyElementsOf(delivered.stream().map((text) -> "text " + text).toList());
        assertThat(recording.events().stream().filter((event) -> event instanceof SessionEvent.Gap)
            .mapToLong((event) -> ((SessionEvent.Gap)event).messages()).sum()).isEqualTo(101 - delivered.size());
    }

    @Test
    void shouldKeepWhatIsOnTheTapeWhereTheClosingThreadIsInterrupted()
    {
        final AtomicInteger segments = new AtomicInteger();
        launch(context(ThreadingMode.DEDICATED)
            .eventLog((level, source, message, cause) ->
            {
                if (source.equals("journal") && segments.getAndIncrement() > 0)
                {
                    untilTheEngineEndsIts(ROLE);
                }
            })
            .journal(new JournalPolicy().directory(directory).rollBytes(1024 * 1024)));
        final RawConnection connection = connectLive(roomy());
        final String text = "0123456789".repeat(6000);
        for (int i = 0; i < 120; i++)
        {
            connection.writeText(text);
        }

        pump.until("all delivered", () -> session.metrics().messagesDelivered() == 120);
        Thread.currentThread().interrupt();
        engine.close();
        assertThat(Thread.interrupted()).isTrue();

        final Recording recording = new Recording(directory);
        assertThat(recording.texts(INBOUND)).hasSize(120);
        assertThat(recording.entries.get(recording.entries.size() - 1).kind()).isEqualTo(RecordKind.STOPPED);
    }

    @Test
    void shouldCountInTheFileOfTheEngineWhatIsInTheJournal() throws Exception
    {
        launch(context(ThreadingMode.INVOKER).observation(new ObservationPolicy().directory(directory)).journal(
            new JournalPolicy().directory(directory.resolve("journal")).tapeLength(SMALL_TAPE)));
        flood();
        pump.settle();
        final Map<String, Long> counts = new HashMap<>();
        try (CountersFileReader file = CountersFileReader.open(engine.countersFile()))
        {
            file.counters().forEach((id, label) -> counts.put(label, file.counters().getCounterValue(id)));
        }

        engine.close();
        final Recording recording = new Recording(directory.resolve("journal"));
        final int records = counts.get("journal-records engine").intValue();
        final List<Recording.Entry> counted = recording.entries.subList(0, records);
        assertThat(counts.get("journal-bytes engine")).isEqualTo(
            counted.stream().mapToLong((entry) -> RecordLayout.HEADER_LENGTH + entry.payload().length).sum());
        assertThat(counts.get("journal-lost engine")).isPositive();
        assertThat(recording.texts(INBOUND)).hasSize(MESSAGES - counts.get("journal-lost engine").intValue());
        assertThat(counts.get("journal-errors engine")).isZero();
    }

    /**
     * The journal's thread: until the closing thread has come to this one, or interrupts it.
     */
    private void untilTheEngineEndsIts(final String role)
    {
        final Thread io = engine.threads().stream().filter((thread) -> thread.getName().equals(role)).findFirst()
            .orElseThrow();
        while (io.isAlive())
        {
            Thread.onSpinWait(); // ends: the engine is closed
        }

        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)); // an interrupt would come here
    }

    private void launch(final ThreadingMode mode, final WhenFull whenFull)
    {
        launch(context(mode).eventLog((level, source, message, cause) -> {}).journal(
            new JournalPolicy().directory(directory).tapeLength(SMALL_TAPE).whenFull(whenFull)));
    }

    /**
     * More than the tape takes, in one write.
     */
    private void flood()
    {
        final RawConnection connection = connectLive(roomy());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        numbered().forEach((text) ->
            bytes.writeBytes(RawConnection.frame(0x81, text.getBytes(StandardCharsets.US_ASCII))));
        connection.write(bytes.toByteArray());
        pump.until("all delivered", () -> session.metrics().messagesDelivered() == MESSAGES);
    }

    private SessionConfig roomy()
    {
        return config()
            .buffers(new BufferPolicy().ringCapacity(8192).arenaLength(1024 * 1024)).maxMessageLength(256 * 1024);
    }

    private SessionConfig held(final BackpressurePolicy policy)
    {
        return config()
            .backpressure(policy)
            .buffers(new BufferPolicy().ringCapacity(8).arenaLength(16 * 1024))
            .maxMessageLength(8 * 1024)
            .messageHandler(new HeldHandler(held, handler));
    }

    private static List<String> numbered()
    {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++)
        {
            texts.add(numbered(i));
        }

        return texts;
    }

    private static String numbered(final int i)
    {
        return "m" + i;
    }
}
