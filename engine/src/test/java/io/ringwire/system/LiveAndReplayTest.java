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
import io.ringwire.api.SessionState;
import io.ringwire.config.DeflatePolicy;
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
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

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
        assertReplayIsAs(live);
    }

    /**
     * A header has come and no byte behind it; parts that are compressed, which the handler gets as one.
     */
    @Test
    void shouldTellEventsWhereTheyWereTold() throws IOException
    {
        launch(context(ThreadingMode.INLINE).journal(new JournalPolicy().directory(directory)));
        final ReplayHash live = new ReplayHash();
        for (final boolean compressed : new boolean[] {false, true})
        {
            final SessionConfig config = userCode(handler, live).uri(venue.uri("/")).name("venue " + compressed)
                .deflate(new DeflatePolicy().enabled(compressed));
            final RawConnection connection = connect(config);
            final long before = handler.count("state LIVE");
            connection.upgradeWith(compressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
            pump.until("live", () -> handler.count("state LIVE") > before);
            final byte[] text = compressed ? deflated("parted") : "parted".getBytes(StandardCharsets.ISO_8859_1);
            final int firstLength = compressed ? 3 : 0;
            final String payload = new String(text, StandardCharsets.ISO_8859_1);
            final String opening = !compressed ? "\u0001\u0000" :
                "\u0041\u0002" + payload.substring(0, 2) + "\u0000\u0001" + payload.charAt(2);
            connection.write("\u0082\u0001" + (compressed ? "c" : "p") + opening);
            untilHandlerSaw(compressed ? "binary c" : "binary p");
            session.close(1000, "");
            assertThat(connection.readFrame().firstByte()).isEqualTo(0x88);
            untilState(SessionState.DRAINING);
            connection.write("\u0080" + (char)(text.length - firstLength) + payload.substring(firstLength));
            pump.until("parted", () -> handler.count("text parted") == (compressed ? 2 : 1));
            connection.write("\u0088\u0002\u0003\u00e8");
            connection.close();
            untilState(SessionState.CLOSED);
        }

        assertReplayIsAs(live);
    }

    private static byte[] deflated(final String text)
    {
        final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        final byte[] bytes = new byte[64];
        final int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, length - 4);
    }

    private void assertReplayIsAs(final ReplayHash live) throws IOException
    {
        engine.close();
        for (int i = 0; i < 2; i++)
        {
            replayed.log().clear();
            final ReplayHash hash = new ReplayHash();
            try (Replay replay = new Replay(JournalReader.open(directory), (name) -> userCode(replayed, hash))
                .speed(Replay.MAX_SPEED))
            {
                replay.run();
                assertThat(replay.skipped()).isZero();
            }

            assertThat(replayed.log()).isEqualTo(handler.log());
            assertThat(hash.calls()).isEqualTo(live.calls());
            assertThat(hash.value()).isEqualTo(live.value());
        }
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
