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

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.journal.JournalReader;
import io.ringwire.journal.Replay;
import io.ringwire.journal.ReplayHash;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session on a real socket in INLINE mode, and the replay of what was recorded of it: the same user code gets the
 * same calls.
 */
class LiveAndReplayTest extends VenueTest
{
    private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"go\"}";
    private static final String REPLY = "{\"id\":7,\"result\":1}";

    @TempDir
    private Path directory;
    private final RecordingHandler replayed = new RecordingHandler();

    @Test
    void shouldMakeTheSameCallsTwice() throws IOException
    {
        final EngineContext context = context(ThreadingMode.INLINE).journal(new JournalPolicy().directory(directory));
        launch(context);
        final ReplayHash live = new ReplayHash();
        final RawConnection connection =
            connectLive(userCode(handler, live).name("venue").uri(venue.uri("/")));
        connection.write("\u0081\u0003one\u0081\u0003two\u0082\u0001b");
        connection.write("\u0001\u0002th\u0089\u0001p\u0000\u0001r\u0080\u0002ee");
        connection.write("\u0081\u0004" + "send");
        untilHandlerSaw("text send");
        connection.write("\u0081" + (char)REPLY.length() + REPLY + "\u0081" + (char)REPLY.length() + REPLY);
        untilHandlerSaw("unmatched " + REPLY);
        engine.close();

        final ReplayHash[] inner = new ReplayHash[1];
        try (Replay replay = new Replay(JournalReader.open(directory), (name) ->
        {
            inner[0] = new ReplayHash();
            return userCode(replayed, inner[0]);
        }).speed(Replay.MAX_SPEED))
        {
            replay.run();
            assertThat(replay.skipped()).isZero();
        }

        assertThat(replayed.log()).isEqualTo(handler.log());
        assertThat(inner[0].calls()).isEqualTo(live.calls());
        assertThat(inner[0].value()).isEqualTo(live.value());
    }

    private SessionConfig userCode(final RecordingHandler target, final ReplayHash hash)
    {
        final UnsafeBuffer request = new UnsafeBuffer(REQUEST.getBytes(StandardCharsets.UTF_8));
        final ReplyHandler onReply = (session, id, outcome, buffer, offset, length, rttNs) ->
            target.onGap(session, id * 100 + outcome.ordinal());
        return new SessionConfig()
            .dialect(new JsonRpcDialect())
            .listener(hash.events(target))
            .messageHandler(hash.messages(new RequestingHandler(target, request, hash.replies(onReply))));
    }

    /** Makes a request when it is told to. */
    private record RequestingHandler(RecordingHandler target, UnsafeBuffer request, ReplyHandler onReply)
        implements MessageHandler
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
            if (buffer.getStringWithoutLengthUtf8(offset, length).equals("send"))
            {
                final long result =
                    session.request(7, request, 0, request.capacity(), TimeUnit.MINUTES.toNanos(1), onReply);
                assertThat(result).isPositive();
            }

            target.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        }

        @Override
        public void onUnmatchedReply(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long receiveTimeNs)
        {
            target.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
        }
    }
}
