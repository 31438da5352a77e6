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
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events for Java Flight Recorder, read back from a recording.
 */
class FlightRecordingTest extends SystemTest
{
    private static Recording recording;

    @TempDir
    private Path folder;

    @BeforeAll
    static void record()
    {
        recording = new Recording();
        recording.start(); // without settings: the events as they declare themselves
    }

    @AfterAll
    static void stop()
    {
        recording.close();
    }

    @Test
    void shouldTellAttemptsToConnectWithTheirPhasesAndTheDelayBetweenThem() throws IOException
    {
        launch();
        session = engine.connect(config().uri(venue.uri("/feed?token=s3cret")).name("connects"));
        final RawConnection refused = venue.accept(pump);
        untilState(SessionState.UPGRADING);
        clock.advanceMs(7);
        refused.readRequest();
        refused.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        passBackoff();
        final RawConnection connection = venue.accept(pump);
        clock.advanceMs(3);
        connection.upgrade();
        untilState(SessionState.LIVE);

        final List<RecordedEvent> attempts = events("io.ringwire.Connect", "connects");
        assertThat(attempts).hasSize(2);
        final RecordedEvent failed = attempts.get(0);
        assertThat(failed.getBoolean("live")).isFalse();
        assertThat(failed.getString("reason")).contains("503");
        assertThat(failed.getString("endpoint")).contains(venue.uri("/feed")).doesNotContain("token");
        assertThat(failed.getDuration("upgrade")).isEqualTo(Duration.ofMillis(7));
        assertThat(failed.getDuration("tls")).isZero();
        assertThat(failed.getDuration()).isPositive();
        final RecordedEvent live = attempts.get(1);
        assertThat(live.getBoolean("live")).isTrue();
        assertThat(live.getInt("epoch")).isOne();
        assertThat(live.getInt("attempts")).isEqualTo(2);
        assertThat(live.getDuration("upgrade")).as("of this attempt").isLessThan(Duration.ofMillis(4));

        final RecordedEvent delay = events("io.ringwire.Reconnect", "connects").get(0);
        assertThat(delay.getInt("attempts")).isOne();
        assertThat(delay.getDuration("delay")).isPositive();
        assertThat(delay.getString("reason")).contains("503");
        assertThat(attempts + "" + delay).doesNotContain("s3cret");
    }

    @Test
    void shouldTellWhoClosedAConnectionAndWhy() throws IOException
    {
        launch();
        end("\u0088\u0005\u0003\u00e9bye", connectLive(config().name("closes")));
        untilHandlerSaw("closed 1001");
        passBackoff();
        end("\u0083\u0000", acceptLive()); // a reserved opcode
        untilHandlerSaw("closed 1002");
        passBackoff();
        acceptLive().close();
        untilHandlerSaw("closed 1006");
        passBackoff();
        final RawConnection last = acceptLive();
        session.close(1000, "done");
        last.readClose();
        last.write("\u0088\u0002\u0003\u00e8");
        last.close();
        untilState(SessionState.CLOSED);

        final List<RecordedEvent> closes = events("io.ringwire.Close", "closes");
        assertThat(closes.stream().map((event) -> event.getInt("closeCode") + " " + event.getString("closedBy")))
            .containsExactly("1001 peer", "1002 engine", "1006 peer", "1000 user");
        assertThat(closes.get(0).getString("reason")).contains("bye");
        assertThat(closes.stream().map((event) -> event.getInt("epoch"))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shouldTellHowLongReadingWasStopped() throws IOException
    {
        launch();
        final RawConnection connection =
            connectLive(config().name("pauses").buffers(new BufferPolicy().ringCapacity(8)));
        connection.write("\u0081\u0001x".repeat(50) + "\u0081\u0001y");
        untilHandlerSaw("text y");
        pump.settle();
        assertThat(session.metrics().pauses()).isPositive();
        final List<RecordedEvent> pauses = events("io.ringwire.BackPressure", "pauses");
        assertThat(pauses).hasSize((int)session.metrics().pauses());
        assertThat(pauses.get(0).getDuration()).isPositive();
    }

    @Test
    void shouldTellHowManyMessagesWereDropped() throws IOException
    {
        launch();
        final RawConnection connection = connectLive(config().name("drops")
            .buffers(new BufferPolicy().ringCapacity(8)).backpressure(BackpressurePolicy.DROP_NEWEST));
        connection.write("\u0081\u0001x".repeat(50));
        untilHandlerSaw("gap ");
        assertThat(session.metrics().messagesDropped()).isPositive();
        assertThat(events("io.ringwire.Gap", "drops").stream().mapToLong((event) -> event.getLong("messages")).sum())
            .isEqualTo(session.metrics().messagesDropped());
    }

    @Test
    void shouldTellOfASlowHandlerAndOfNoOther() throws IOException
    {
        launch();
        final RawConnection connection = connectLive(config().name("slow").messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                clock.advanceMs(buffer.getByte(offset) == 's' ? 5 : 0);
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            }));
        for (final String text : new String[] {"fast", "slow", "again fast"})
        {
            connection.writeText(text);
            untilHandlerSaw("text " + text);
        }

        final List<RecordedEvent> calls = events("io.ringwire.SlowHandler", "slow");
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).getInt("calls")).isOne();
        assertThat(calls.get(0).getDuration("callTime")).isEqualTo(Duration.ofMillis(5));
        assertThat(calls.get(0).getDuration()).as("by the clock of JFR").isPositive();
        assertThat(calls.get(0).getEventType().getCategoryNames()).containsExactly("Ringwire");
    }

    private static void end(final String bytes, final RawConnection connection)
    {
        connection.write(bytes);
        connection.readClose();
        connection.close();
    }

    private List<RecordedEvent> events(final String type, final String session) throws IOException
    {
        final Path file = folder.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter((event) -> event.getEventType().getName().equals(type))
            .filter((event) -> session.equals(event.getString("session")))
            .toList();
    }
}
