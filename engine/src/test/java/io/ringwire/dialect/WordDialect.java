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
package io.ringwire.dialect;

import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The language of the tests' venue: words between blanks, of which the first says what the message is and the second is
 * an id, if there is one. {@code ok 7 a b}, {@code err 7 no}, {@code LOGIN ok}, {@code SUBS a b} (all that is
 * subscribed), {@code ERR a no}, {@code BYE}, {@code tick a 12}, and anything else is data.
 */
public final class WordDialect implements Dialect, SubscriptionDialect
{
    private final int maxChannels;

    public WordDialect(final int maxChannels)
    {
        this.maxChannels = maxChannels;
    }

    public WordDialect()
    {
        this(100);
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return this;
    }

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final String[] words = words(buffer, offset, length);
        verdict.kind(kindOf(words[0]));
        switch (verdict.kind())
        {
            case REPLY, ERROR_REPLY -> verdict.correlationId(Long.parseLong(words[1]));
            case STREAM -> verdict.sequence(Long.parseLong(words[2]));
            default ->
            {
                // nothing more is in it for the engine
            }
        }
    }

    public static MessageKind kindOf(final String word)
    {
        return switch (word)
        {
            case "ok" -> MessageKind.REPLY;
            case "err" -> MessageKind.ERROR_REPLY;
            case "LOGIN" -> MessageKind.LOGIN;
            case "SUBS" -> MessageKind.SUBSCRIPTION;
            case "ERR" -> MessageKind.ERROR;
            case "BYE" -> MessageKind.SHUTDOWN;
            case "tick" -> MessageKind.STREAM;
            default -> MessageKind.DATA;
        };
    }

    @Override
    public int maxChannelsPerRequest()
    {
        return maxChannels;
    }

    @Override
    public String subscribe(final long requestId, final List<String> channels)
    {
        if (channels.contains("throw"))
        {
            throw new IllegalStateException("no such channel");
        }

        return "sub " + requestId + " " + String.join(" ", channels);
    }

    @Override
    public String unsubscribe(final long requestId, final List<String> channels)
    {
        return "unsub " + requestId + " " + String.join(" ", channels);
    }

    @Override
    public void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        final String[] words = words(buffer, offset, length);
        switch (words[0])
        {
            case "ok" -> acknowledge(words, answer);
            case "SUBS" ->
            {
                final List<String> all = List.of(words).subList(1, words.length);
                answer.open().stream().filter((name) -> all.contains(name) != answer.isUnsubscribe())
                    .forEach(answer::accept);
            }
            case "ERR" -> answer.reject(words[1], words[2]);
            default ->
            {
                if (words[2].equals("later"))
                {
                    answer.tryLater("too much at once");
                }
                else
                {
                    answer.rejectAll(words[2]);
                }
            }
        }
    }

    private static void acknowledge(final String[] words, final SubscriptionAnswer answer)
    {
        for (int i = 2; i < words.length; i++)
        {
            if (words[i].startsWith("!"))
            {
                answer.reject(words[i].substring(1), "unknown");
            }
            else
            {
                answer.accept(words[i]);
            }
        }

        if (words.length == 2)
        {
            answer.acceptAll();
        }
    }

    public static String[] words(final DirectBuffer buffer, final int offset, final int length)
    {
        return buffer.getStringWithoutLengthAscii(offset, length).split(" ");
    }
}
