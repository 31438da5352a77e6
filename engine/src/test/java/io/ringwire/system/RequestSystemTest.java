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

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.config.SessionConfig;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A system test with requests, whose ends stand in the handler's log.
 */
abstract class RequestSystemTest extends SystemTest
{
    static final long SECOND_NS = 1_000_000_000L;

    final ReplyHandler replies = this::onReply;

    SessionConfig rpc()
    {
        return config().dialect(new JsonRpcDialect());
    }

    long request(final long id)
    {
        return request(id, SECOND_NS, replies);
    }

    long request(final long id, final long timeoutNs, final ReplyHandler replyHandler)
    {
        final UnsafeBuffer text = buffer("{\"id\":" + id + "}");
        return session.request(id, text, 0, text.capacity(), timeoutNs, replyHandler);
    }

    long request(final long number, final String id)
    {
        final UnsafeBuffer text = buffer("{\"id\":\"" + id + "\"}");
        return session.request(
            number, text, 7, text.capacity() - 9, text, 0, text.capacity(), SECOND_NS, replies);
    }

    void onReply(
        final Session session,
        final long id,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        final String text = buffer == null ? "null" : buffer.getStringWithoutLengthUtf8(offset, length);
        handler.log().add("reply " + id + " " + outcome + " " + text);
    }

    /**
     * What the handler was told but for the session's steps.
     */
    List<String> messages()
    {
        return handler.log().stream().filter((entry) -> !entry.startsWith("state ")).toList();
    }

    void assertAllEnded(final int requests)
    {
        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(handler.count("reply ")).isEqualTo(requests);
    }

    /**
     * Text messages, for a single write.
     */
    static byte[] frames(final String... messages)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final String message : messages)
        {
            out.writeBytes(RawConnection.frame(0x81, message.getBytes(StandardCharsets.UTF_8)));
        }

        return out.toByteArray();
    }
}
