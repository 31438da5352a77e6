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
package io.ringwire.venue;

import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives answers of venues to dialects and logins and writes down what they make of them.
 */
public final class Answers implements SubscriptionAnswer
{
    private static final String BEFORE = "{\"id\":1}";

    private final List<String> open;
    private final boolean isUnsubscribe;
    private final List<String> events = new ArrayList<>();

    private Answers(final boolean isUnsubscribe, final String... open)
    {
        this.open = new ArrayList<>(List.of(open));
        this.isUnsubscribe = isUnsubscribe;
    }

    /** What becomes of open channels that were asked for. */
    public static List<String> to(
        final SubscriptionDialect dialect, final MessageKind kind, final String message, final String... open)
    {
        return new Answers(false, open).take(dialect, kind, message);
    }

    /** What becomes of open channels that are to be given up. */
    public static List<String> toUnsubscribe(
        final SubscriptionDialect dialect, final MessageKind kind, final String message, final String... open)
    {
        return new Answers(true, open).take(dialect, kind, message);
    }

    /** What a login makes of an answer. */
    public static LoginOutcome to(final Authenticator login, final MessageKind kind, final String message)
    {
        final byte[] bytes = (BEFORE + message).getBytes(StandardCharsets.UTF_8);
        return login.onAnswer(kind, new UnsafeBuffer(bytes), BEFORE.length(), bytes.length - BEFORE.length());
    }

    @Override
    public List<String> open()
    {
        return open;
    }

    @Override
    public boolean isUnsubscribe()
    {
        return isUnsubscribe;
    }

    @Override
    public void accept(final String channel)
    {
        if (open.remove(channel))
        {
            events.add("+" + channel);
        }
    }

    @Override
    public void acceptAll()
    {
        List.copyOf(open).forEach(this::accept);
    }

    @Override
    public void reject(final String channel, final String reason)
    {
        if (open.remove(channel))
        {
            events.add("-" + channel + " " + reason);
        }
    }

    @Override
    public void rejectAll(final String reason)
    {
        List.copyOf(open).forEach((channel) -> reject(channel, reason));
    }

    @Override
    public void tryLater(final String reason)
    {
        events.add("later " + reason);
    }

    private List<String> take(final SubscriptionDialect dialect, final MessageKind kind, final String message)
    {
        final byte[] bytes = (BEFORE + message).getBytes(StandardCharsets.UTF_8);
        dialect.onAnswer(kind, new UnsafeBuffer(bytes), BEFORE.length(), bytes.length - BEFORE.length(), this);
        return events;
    }
}
