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
package io.ringwire.venue.kraken;

import io.ringwire.json.JsonWriter;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Subscriptions of version 2: the method {@code subscribe} with a {@code req_id}, answered by a message of the same
 * method that bears it.
 */
final class KrakenV2Subscriptions extends KrakenSubscriptions
{
    private static final Set<String> PRIVATE_CHANNELS = Set.of("executions", "balances", "level3");

    KrakenV2Subscriptions(final Supplier<String> tokens)
    {
        super(tokens);
    }

    @Override
    String request(final String verb, final long requestId, final KrakenChannel channel)
    {
        final JsonWriter message = new JsonWriter().beginObject()
            .field("method", verb)
            .name("params").beginObject()
            .field("channel", channel.name());
        if (!channel.symbol().isEmpty())
        {
            message.field("symbol", List.of(channel.symbol()));
        }

        channel.number(message);
        if (PRIVATE_CHANNELS.contains(channel.name()))
        {
            message.field("token", token());
        }

        return message.endObject().field("req_id", requestId).endObject().toString();
    }

    @Override
    String reasonName()
    {
        return "error";
    }
}
