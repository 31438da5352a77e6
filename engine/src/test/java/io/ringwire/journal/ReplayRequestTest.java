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

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.session.SessionEvent;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import static io.ringwire.journal.MadeRecords.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

class ReplayRequestTest
{
    private static final long TIMEOUT_NS = 1_000;

    private final CallLog log = new CallLog();
    private final MadeRecords records = new MadeRecords().started().live(0, "a");

    @Test
    void shouldEndARequestWithItsRecordedReply() throws IOException
    {
        records.at(300).text(0, reply(1)).at(400).text(0, "{\"id\":2,\"error\":{\"code\":1}}").text(0, reply(3));

        replay(onLive(2)).run();

        assertThat(log.calls()).containsExactly(
            "a reply 1 REPLY after 300", "a reply 2 ERROR_REPLY after 400", "a unmatched " + reply(3));
    }

    @Test
    void shouldTimeARequestOutAtItsRecordedTime() throws IOException
    {
        records.at(TIMEOUT_NS - 1).text(0, "{}").at(TIMEOUT_NS + 500).text(0, reply(1));

        final Replay replay = replay(onLive(1));
        assertThat(replay.runTo(START_NS + TIMEOUT_NS - 1)).isEqualTo(records.records().size() - 1);
        assertThat(log.calls()).isEmpty();
        assertThat(replay.runTo(START_NS + TIMEOUT_NS)).isZero();
        assertThat(log.calls()).containsExactly("a reply 1 TIMED_OUT after " + TIMEOUT_NS);
        assertThat(replay.step()).isTrue();
        assertThat(log.calls()).endsWith("a unmatched " + reply(1));
    }

    @Test
    void shouldTimeARequestOutAtTheSameTimeWhateverTheSteps() throws IOException
    {
        records.at(TIMEOUT_NS + 500).text(0, reply(1));

        replay(onLive(1)).run();

        assertThat(log.calls()).containsExactly(
            "a reply 1 TIMED_OUT after " + TIMEOUT_NS, "a unmatched " + reply(1));
    }

    @Test
    void shouldEndRequestsOfALostConnection() throws IOException
    {
        records.at(70).event(0, 1, new SessionEvent.Closed(1006, "cut"))
            .state(0, SessionState.LIVE, SessionState.BACKING_OFF, 1);

        replay(onLive(1)).run();

        assertThat(log.calls()).containsExactly("a reply 1 UNKNOWN_OUTCOME after 70");
    }

    @Test
    void shouldEndRequestsWithTheRecords() throws IOException
    {
        records.at(90).text(0, "{}");

        replay(onLive(1)).run();

        assertThat(log.calls()).containsExactly("a reply 1 UNKNOWN_OUTCOME after 90");
    }

    @Test
    void shouldCancelARequest() throws IOException
    {
        records.at(5).text(0, "{\"cancel\":1}").at(6).text(0, reply(1));

        replay(onLive(1)).run();

        assertThat(log.calls()).containsExactly("a reply 1 CANCELLED after 5", "a unmatched " + reply(1));
    }

    @Test
    void shouldHashTheEndsOfRequests() throws IOException
    {
        records.at(300).text(0, reply(1));
        final long[] hashes = new long[2];
        for (int i = 0; i < hashes.length; i++)
        {
            final ReplayHash[] hasher = new ReplayHash[1];
            final SessionConfig config = config((session) ->
                request(session, 1, hasher[0].replies(log)));
            final Replay replay = new Replay(records.source(), (name) -> config).speed(Replay.MAX_SPEED);
            hasher[0] = replay.hasher();
            replay.run();
            hashes[i] = replay.hash();
            assertThat(replay.hasher().calls()).isEqualTo(3);
        }

        assertThat(hashes[0]).isEqualTo(hashes[1]);
    }

    private Replay replay(final SessionConfig config)
    {
        return new Replay(records.source(), (name) -> config).speed(Replay.MAX_SPEED);
    }

    private SessionConfig onLive(final int requests)
    {
        return config((session) ->
        {
            for (int id = 1; id <= requests; id++)
            {
                request(session, id, log);
            }
        });
    }

    private void request(final Session session, final long id, final ReplyHandler handler)
    {
        final UnsafeBuffer message = new UnsafeBuffer(reply(id).getBytes(StandardCharsets.UTF_8));
        assertThat(session.request(id, message, 0, message.capacity(), TIMEOUT_NS, handler)).isPositive();
    }

    private SessionConfig config(final Consumer<Session> onLive)
    {
        return new SessionConfig()
            .dialect(new JsonRpcDialect())
            .messageHandler(new MessageHandler()
            {
                @Override
                public void onMessage(
                    final Session session,
                    final DirectBuffer buffer,
                    final int offset,
                    final int length,
                    final int opcode,
                    final long receiveTimeNs,
                    final boolean endOfBatch)
                {
                    if (buffer.getStringWithoutLengthUtf8(offset, length).contains("cancel"))
                    {
                        assertThat(session.cancel(1)).isTrue();
                    }
                }

                @Override
                public void onUnmatchedReply(
                    final Session session,
                    final DirectBuffer buffer,
                    final int offset,
                    final int length,
                    final long receiveTimeNs)
                {
                    log.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
                }
            })
            .listener(new SessionListener()
            {
                @Override
                public void onState(final Session session, final StateChange change)
                {
                    if (change.to() == SessionState.LIVE)
                    {
                        onLive.accept(session);
                    }
                }
            });
    }

    private static String reply(final long id)
    {
        return "{\"id\":" + id + ",\"result\":true}";
    }
}
