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

import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.session.SessionEvent;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static io.ringwire.journal.MadeRecords.ALONE;
import static io.ringwire.journal.MadeRecords.START_NS;
import static io.ringwire.journal.MadeRecords.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayTest
{
    private static final int PONG = 0xA;

    private final CallLog log = new CallLog();
    private final MadeRecords records = new MadeRecords().started();

    @Test
    void shouldMakeTheCallsThatWereMade() throws IOException
    {
        records.live(0, "a")
            .at(10).inbound(0, 1, WHOLE, "first").inbound(0, 1, ALONE, "second")
            .at(20).add(0, 1, RecordKind.INBOUND, Opcode.BINARY, ALONE, new byte[]{'b'})
            .at(30).event(0, 1, new SessionEvent.Closed(1001, "bye"))
            .state(0, SessionState.LIVE, SessionState.BACKING_OFF, 1)
            .at(40).state(0, SessionState.BACKING_OFF, SessionState.CONNECTING, 1)
            .state(0, SessionState.CONNECTING, SessionState.LIVE, 2)
            .at(50).inbound(0, 2, ALONE, "third")
            .at(60).state(0, SessionState.LIVE, SessionState.CLOSED, 2)
            .stopped();

        replayAll();

        assertThat(log.calls()).containsExactly(
            "a state CONNECTING/0",
            "a state LIVE/1",
            "a/1 message 1 @10 first",
            "a/1 message 1 @10 end second",
            "a/1 message 2 @20 end b",
            "a closed 1001 bye",
            "a state BACKING_OFF/1",
            "a state CONNECTING/1",
            "a state LIVE/2",
            "a/2 message 1 @50 end third",
            "a state CLOSED/2");
    }

    @Test
    void shouldWithholdWhatTheHandlerDidNotGet() throws IOException
    {
        records.live(0, "a")
            .inbound(0, 1, ALONE | RecordLayout.ENGINE, "of the engine")
            .inbound(0, 1, ALONE | RecordLayout.DROPPED, "no room")
            .add(0, 1, RecordKind.INBOUND, PONG, RecordLayout.FRAME_BEGIN, new byte[0])
            .add(0, 1, RecordKind.OUTBOUND, Opcode.TEXT, ALONE, new byte[]{'o'})
            .event(0, 1, new SessionEvent.Gap(1))
            .text(0, "got");

        replayAll();
        assertThat(log.calls()).endsWith("a gap 1", "a/1 message 1 @0 end got").hasSize(4);

        log.calls().clear();
        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED).includeDropped(true))
        {
            replay.run();
        }

        assertThat(log.calls()).endsWith("a/1 message 1 @0 end no room", "a/1 message 1 @0 end got").hasSize(4);
    }

    @Test
    void shouldPutPiecesTogetherAsTheLivePathDoes() throws IOException
    {
        records.live(0, "a")
            .at(1).inbound(0, 1, RecordLayout.FRAME_BEGIN, "on")
            .add(0, 1, RecordKind.INBOUND, PONG, RecordLayout.FRAME_BEGIN, new byte[]{'x'})
            .event(0, 1, new SessionEvent.HeartbeatMissed(1))
            .state(0, SessionState.LIVE, SessionState.DRAINING, 1)
            .at(2).inbound(0, 1, 0, "e ")
            .at(3).inbound(0, 1, RecordLayout.FRAME_BEGIN, "two ")
            .at(4).inbound(0, 1, RecordLayout.MESSAGE_END | RecordLayout.END_OF_BATCH, "three");

        replayAll();

        assertThat(log.calls()).endsWith("a/1 message 1 @4 end one two three", "a state DRAINING/1");
    }

    @Test
    void shouldForgetAMessageThatWasGivenUp() throws IOException
    {
        records.live(0, "a")
            .inbound(0, 1, RecordLayout.FRAME_BEGIN, "half")
            .inbound(0, 1, RecordLayout.ABANDONED, "")
            .text(0, "whole")
            .inbound(0, 1, RecordLayout.FRAME_BEGIN, "half")
            .event(0, 1, new SessionEvent.Closed(1006, "cut"))
            .inbound(0, 1, RecordLayout.FRAME_BEGIN, "half");

        replayAll();

        assertThat(log.calls()).endsWith("a/1 message 1 @0 end whole", "a closed 1006 cut");
    }

    @Test
    void shouldTellOfRecordsThatAreMissing() throws IOException
    {
        records.live(0, "a").live(1, "b").lost(7).text(0, "after");

        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED))
        {
            replay.run();

            assertThat(log.calls()).endsWith("a gap 7", "b gap 7", "a/1 message 1 @0 end after");
            assertThat(replay.lost()).isEqualTo(7);
            assertThat(replay.skipped()).isZero();
        }
    }

    @Test
    void shouldTellNobodyWhoseLastEventHasBeen() throws IOException
    {
        records.live(0, "a").state(0, SessionState.LIVE, SessionState.CLOSED, 1).lost(7);

        replayAll();

        assertThat(log.calls()).endsWith("a state CLOSED/1");
    }

    @Test
    void shouldBeInTheEpochOfItsMessagesWhereTheBeginningIsMissing() throws IOException
    {
        records.session(0, "a").inbound(0, 3, ALONE, "first")
            .state(0, SessionState.LIVE, SessionState.CONNECTING, 3)
            .inbound(0, 5, ALONE, "second");

        replayAll();

        assertThat(log.calls()).containsExactly(
            "a/3 message 1 @0 end first", "a state CONNECTING/3", "a/5 message 1 @0 end second");
    }

    @Test
    void shouldTakeStepsInsideOfAMessageBeforeThePart() throws IOException
    {
        records.live(0, "a")
            .inbound(0, 1, RecordLayout.FRAME_BEGIN, "on")
            .state(0, SessionState.LIVE, SessionState.DRAINING, 1)
            .inbound(0, 1, RecordLayout.MESSAGE_END, "e")
            .at(10).text(0, "two");

        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED).from(START_NS + 10))
        {
            replay.runTo(START_NS + 10);
            assertThat(replay.session("a").state()).isEqualTo(SessionState.DRAINING);
            assertThat(log.calls()).containsExactly("a/1 message 1 @10 end two");
        }
    }

    @Test
    void shouldCountWhatIsNoRecord() throws IOException
    {
        records.live(0, "a")
            .inbound(0, 1, 0, "piece without a beginning")
            .raw(new byte[3])
            .raw(new byte[RecordLayout.HEADER_LENGTH])
            .add(0, 1, RecordKind.EVENT, 0, 0, new byte[]{99})
            .text(0, "good");

        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED))
        {
            replay.run();

            assertThat(replay.skipped()).isEqualTo(4);
            assertThat(replay.records()).isEqualTo(records.records().size());
            assertThat(log.messages()).containsExactly("a/1 message 1 @0 end good");
        }
    }

    @Test
    void shouldLeaveSessionsOut() throws IOException
    {
        records.live(0, "a").live(1, "b").text(0, "a's").text(1, "b's");

        try (Replay replay = new Replay(records.source(), (name) -> "b".equals(name) ? log.config(name) : null)
            .speed(Replay.MAX_SPEED))
        {
            replay.run();

            assertThat(log.messages()).containsExactly("b/1 message 1 @0 end b's");
            assertThat(replay.session("a")).isNull();
            assertThat(replay.session("b").state()).isEqualTo(SessionState.LIVE);
        }
    }

    @Test
    void shouldStartAnewWithTheNextEngine() throws IOException
    {
        records.live(0, "a").text(0, "one");
        records.at(-1_000).started().live(0, "b").text(0, "two").stopped();
        records.at(5).started().live(0, "a").text(0, "three");

        replayAll();

        assertThat(log.messages()).containsExactly(
            "a/1 message 1 @0 end one", "b/1 message 1 @-1000 end two", "a/1 message 1 @5 end three");
    }

    @Test
    void shouldReplayAPart() throws IOException
    {
        records.live(0, "a").at(10).text(0, "before")
            .at(15).inbound(0, 1, RecordLayout.FRAME_BEGIN, "be")
            .at(20).inbound(0, 1, RecordLayout.MESSAGE_END, "gun")
            .at(30).text(0, "in")
            .at(31).text(0, "after");

        try (Replay replay = new Replay(records.source(), log::config)
            .speed(Replay.MAX_SPEED).from(START_NS + 20).to(START_NS + 30))
        {
            replay.run();
            assertThat(replay.session("a").epoch()).isEqualTo(1);
        }

        assertThat(log.calls()).containsExactly("a/1 message 1 @20 begun", "a/1 message 1 @30 end in");
    }

    @Test
    void shouldKeepWhatIsSentFromTheSocket() throws IOException
    {
        records.live(0, "a").text(0, "1").text(0, "2").state(0, SessionState.LIVE, SessionState.CLOSED, 1);
        final List<String> sent = new ArrayList<>();
        final List<Long> refused = new ArrayList<>();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[]{'h', 'i'});
        final SessionConfig config = new SessionConfig()
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                for (int i = 0; i < 3; i++)
                {
                    assertThat(session.send(Opcode.TEXT, message, 0, 2)).isPositive();
                }
            })
            .listener(new SessionListener()
            {
                @Override
                public void onState(final Session session, final StateChange change)
                {
                    if (change.to() != SessionState.LIVE)
                    {
                        refused.add(session.send(Opcode.TEXT, message, 0, 2));
                    }
                }
            });

        try (Replay replay = new Replay(records.source(), (name) -> config).speed(Replay.MAX_SPEED).observer(
            new ReplayObserver()
            {
                @Override
                public void onSend(
                    final Session session, final int opcode, final DirectBuffer buffer, final int at, final int length)
                {
                    sent.add(session.name() + opcode + buffer.getStringWithoutLengthUtf8(at, length));
                }
            }))
        {
            replay.run();
        }

        assertThat(sent).hasSize(6).containsOnly("a1hi");
        assertThat(refused).containsExactly(SendResult.NOT_CONNECTED, SendResult.CLOSED);
    }

    @Test
    void shouldTakeMoreSendsThanTheRingHolds() throws IOException
    {
        records.live(0, "a");
        for (int i = 0; i < 5_000; i++)
        {
            records.at(i).text(0, "x");
        }

        final UnsafeBuffer message = new UnsafeBuffer(new byte[4_096]);
        final long[] accepted = new long[1];
        try (Replay replay = new Replay(records.source(), (name) -> new SessionConfig().messageHandler(
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                accepted[0] += session.send(Opcode.BINARY, message, 0, 4_096) > 0 ? 1 : 0)).speed(Replay.MAX_SPEED))
        {
            replay.run();
        }

        assertThat(accepted[0]).isEqualTo(5_000);
    }

    @Test
    void shouldShowWhatWentOut() throws IOException
    {
        records.live(0, "a").at(9).add(0, 1, RecordKind.OUTBOUND, Opcode.TEXT, ALONE, new byte[]{'o'});
        final List<String> out = new ArrayList<>();
        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED).observer(
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
                    out.add(session.name() + opcode + buffer.getStringWithoutLengthUtf8(offset, length) + flags +
                        "@" + (timeNs - START_NS));
                }
            }))
        {
            replay.run();
        }

        assertThat(out).containsExactly("a1o" + ALONE + "@9");
    }

    @Test
    void shouldGoOnBehindAHandlerThatThrows() throws IOException
    {
        records.live(0, "a").text(0, "1").text(0, "2");
        final List<Throwable> errors = new ArrayList<>();
        try (Replay replay = new Replay(records.source(), (name) -> new SessionConfig().messageHandler(
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                throw new IllegalStateException("mine");
            })).speed(Replay.MAX_SPEED).errorHandler(errors::add))
        {
            replay.run();

            assertThat(errors).hasSize(2);
            assertThat(replay.session("a").metrics().handlerErrors()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseASpeedThatGoesNowhere()
    {
        try (Replay replay = new Replay(records.source(), log::config))
        {
            assertThatThrownBy(() -> replay.speed(0)).hasMessage("speed 0.0 is not above zero");
            assertThatThrownBy(() -> replay.speed(Double.NaN)).hasMessage("speed NaN is not above zero");
        }
    }

    @Test
    void shouldTellEveryDifferenceByTheHash() throws IOException
    {
        final long hash = hashOf(tail(10, 1, WHOLE, "abc"));

        assertThat(hashOf(tail(10, 1, WHOLE, "abc"))).isEqualTo(hash);
        assertThat(hashOf(tail(11, 1, WHOLE, "abc"))).as("time").isNotEqualTo(hash);
        assertThat(hashOf(tail(10, 1, ALONE, "abc"))).as("end of batch").isNotEqualTo(hash);
        assertThat(hashOf(tail(10, 1, WHOLE, "abd"))).as("bytes").isNotEqualTo(hash);
        assertThat(hashOf(tail(10, 1, WHOLE, "ab"))).as("length").isNotEqualTo(hash);
        assertThat(hashOf(tail(10, 1, WHOLE, "abc").text(0, ""))).as("calls").isNotEqualTo(hash);
        assertThat(hashOf(tail(10, 2, WHOLE, "abc"))).as("epoch").isNotEqualTo(hash);
    }

    private static MadeRecords tail(final long timeNs, final int epoch, final int flags, final String text)
    {
        return new MadeRecords().started().session(0, "a").state(0, SessionState.IDLE, SessionState.LIVE, epoch)
            .inbound(0, epoch, WHOLE, "start").at(timeNs).inbound(0, epoch, flags, text);
    }

    private static long hashOf(final MadeRecords records) throws IOException
    {
        try (Replay replay = new Replay(records.source(), new CallLog()::config).speed(Replay.MAX_SPEED))
        {
            replay.run();
            return replay.hash();
        }
    }

    private void replayAll() throws IOException
    {
        try (Replay replay = new Replay(records.source(), log::config).speed(Replay.MAX_SPEED))
        {
            replay.run();
            assertThat(replay.isDone()).isTrue();
            assertThat(replay.skipped()).isZero();
        }

        assertThat(log.calls()).as(Arrays.toString(log.calls().toArray())).isNotEmpty();
    }
}
