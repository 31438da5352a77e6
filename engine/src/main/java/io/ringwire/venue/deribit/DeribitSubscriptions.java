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
package io.ringwire.venue.deribit;

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import org.agrona.DirectBuffer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Channels of Deribit. A request that names a channel of the user ({@code user.*}) is private and needs a login; it may
 * name public channels, too. The venue answers with the list of channels that it accepted and leaves out the others.
 */
final class DeribitSubscriptions implements SubscriptionDialect
{
    private static final int MAX_CHANNELS = 100; // the venue's own limit could not be found

    @Override
    public int maxChannelsPerRequest()
    {
        return MAX_CHANNELS;
    }

    @Override
    public String subscribe(final long requestId, final List<String> channels)
    {
        return DeribitRequest.channels(requestId, "subscribe", channels);
    }

    @Override
    public String unsubscribe(final long requestId, final List<String> channels)
    {
        return DeribitRequest.channels(requestId, "unsubscribe", channels);
    }

    @Override
    public void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        final int limit = offset + length;
        if (kind == MessageKind.ERROR_REPLY)
        {
            final long code = DeribitRequest.errorCode(buffer, offset, limit);
            refuse(code, DeribitRequest.reason(buffer, offset, limit), answer);
        }
        else if (kind == MessageKind.REPLY && answer.isUnsubscribe())
        {
            answer.acceptAll(); // a channel that is left out was not subscribed to
        }
        else if (kind == MessageKind.REPLY)
        {
            final Set<String> accepted = accepted(buffer, offset, limit);
            for (final String channel : List.copyOf(answer.open()))
            {
                if (accepted.contains(channel))
                {
                    answer.accept(channel);
                }
                else
                {
                    answer.reject(channel, "not among the channels that the venue accepted");
                }
            }
        }
    }

    private static void refuse(final long code, final String reason, final SubscriptionAnswer answer)
    {
        if (code == DeribitDialect.TOO_MANY_REQUESTS)
        {
            answer.tryLater(reason);
        }
        else
        {
            answer.rejectAll(reason);
        }
    }

    private static Set<String> accepted(final DirectBuffer buffer, final int offset, final int limit)
    {
        final Set<String> accepted = new HashSet<>();
        int element = JsonScanner.firstElement(buffer, JsonScanner.field(buffer, offset, limit, "result"), limit);
        while (element >= 0)
        {
            accepted.add(JsonText.string(buffer, element, limit));
            element = JsonScanner.nextElement(buffer, JsonScanner.valueEnd(buffer, element, limit), limit);
        }

        return accepted;
    }
}
