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
package io.ringwire.simulation;

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The simulated venue's language: words separated by blanks, the first says what it is. Each message of the venue that
 * users can see ends with a word {@code #n}, its number on the connection.
 * <pre>
 *   from the venue                          to the venue
 *   stream CHANNEL SEQUENCE #n              request ID
 *   reply ID #n, error ID #n                login ID
 *   asks ID #n (a request of its own)       subscribe ID CHANNEL..., unsubscribe ID CHANNEL...
 *   beat, demand, shutdown #n, noise #n     alive ID, setup ID
 *   done ID [+CHANNEL | -CHANNEL]... (to the engine)
 * </pre>
 */
final class SimDialect implements Dialect, SubscriptionDialect, HeartbeatDialect
{
    static final int MAX_CHANNELS = 3;

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final String[] words = buffer.getStringWithoutLengthUtf8(offset, length).split(" ");
        switch (words[0])
        {
            case "stream" -> verdict.kind(MessageKind.STREAM)
                .channel(offset + "stream ".length(), words[1].length())
                .sequence(Long.parseLong(words[2]));
            case "reply", "done" -> verdict.kind(MessageKind.REPLY).correlationId(Long.parseLong(words[1]));
            case "error", "failed" -> verdict.kind(MessageKind.ERROR_REPLY).correlationId(Long.parseLong(words[1]));
            case "asks" -> verdict.kind(MessageKind.SERVER_REQUEST).correlationId(Long.parseLong(words[1]));
            case "beat" -> verdict.kind(MessageKind.HEARTBEAT);
            case "demand" -> verdict.kind(MessageKind.HEARTBEAT_DEMAND);
            case "shutdown" -> verdict.kind(MessageKind.SHUTDOWN);
            default -> verdict.kind(MessageKind.DATA);
        }
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return this;
    }

    @Override
    public HeartbeatDialect heartbeats()
    {
        return this;
    }

    @Override
    public int maxChannelsPerRequest()
    {
        return MAX_CHANNELS;
    }

    @Override
    public String subscribe(final long requestId, final List<String> channels)
    {
        return "subscribe " + requestId + ' ' + String.join(" ", channels);
    }

    @Override
    public String unsubscribe(final long requestId, final List<String> channels)
    {
        return "unsubscribe " + requestId + ' ' + String.join(" ", channels);
    }

    @Override
    public void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        final String[] words = buffer.getStringWithoutLengthUtf8(offset, length).split(" ");
        if (kind == MessageKind.ERROR_REPLY)
        {
            answer.rejectAll("failed");
            return;
        }

        for (int i = 2; i < words.length; i++)
        {
            final String channel = words[i].substring(1);
            if (words[i].charAt(0) == '+')
            {
                answer.accept(channel);
            }
            else
            {
                answer.reject(channel, "no such channel");
            }
        }
    }

    @Override
    public String start(final long requestId, final long intervalNs)
    {
        return "setup " + requestId;
    }

    @Override
    public String ping(final long requestId)
    {
        return null;
    }

    @Override
    public String answer(final long requestId)
    {
        return "alive " + requestId;
    }
}
