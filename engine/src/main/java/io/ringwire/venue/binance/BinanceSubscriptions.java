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
package io.ringwire.venue.binance;

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.json.JsonWriter;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Streams of Binance, by their names as in {@code btcusdt@depth@100ms}. The venue accepts or refuses a request as a
 * whole; a connection carries 1,024 streams at most.
 */
final class BinanceSubscriptions implements SubscriptionDialect
{
    private static final int MAX_STREAMS = 200; // the venue names no limit of one request

    @Override
    public int maxChannelsPerRequest()
    {
        return MAX_STREAMS;
    }

    @Override
    public String subscribe(final long requestId, final List<String> channels)
    {
        return request(requestId, "SUBSCRIBE", channels);
    }

    @Override
    public String unsubscribe(final long requestId, final List<String> channels)
    {
        return request(requestId, "UNSUBSCRIBE", channels);
    }

    @Override
    public void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        if (kind == MessageKind.REPLY)
        {
            answer.acceptAll();
        }
        else if (kind == MessageKind.ERROR_REPLY) // an error without an id is about something else
        {
            final BinanceAnswer error = BinanceAnswer.of(buffer, offset, length);
            if (error.isRateLimited())
            {
                answer.tryLater(error.reason());
            }
            else
            {
                answer.rejectAll(error.reason());
            }
        }
    }

    private static String request(final long requestId, final String method, final List<String> channels)
    {
        return new JsonWriter().beginObject()
            .field("method", method)
            .field("params", channels)
            .field("id", requestId)
            .endObject()
            .toString();
    }
}
