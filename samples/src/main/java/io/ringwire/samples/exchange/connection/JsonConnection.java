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
package io.ringwire.samples.exchange.connection;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

import java.nio.charset.StandardCharsets;

/**
 * A client that speaks JSON, one object a message.
 */
public abstract class JsonConnection extends VenueConnection
{
    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    protected JsonConnection(final Arrival arrival)
    {
        super(arrival);
    }

    @Override
    protected final void onMessage(final WebSocketFrame message)
    {
        final String text = message.content().toString(StandardCharsets.UTF_8);
        arrival().view().add(text);
        final JsonObject object;
        try
        {
            object = JsonParser.parseString(text).getAsJsonObject();
        }
        catch (final JsonParseException | IllegalStateException ex)
        {
            onMalformed("not a JSON object: " + ex.getMessage());
            return;
        }

        try
        {
            onObject(object);
        }
        catch (final IllegalStateException | UnsupportedOperationException | NumberFormatException ex)
        {
            onMalformed("a field is of the wrong type: " + ex.getMessage());
        }
    }

    /**
     * A message of the client.
     *
     * @param message to handle; what Gson throws when a field is of another type becomes {@link #onMalformed}.
     */
    protected abstract void onObject(JsonObject message);

    /**
     * A message of the client that cannot be understood.
     *
     * @param reason why.
     */
    protected abstract void onMalformed(String reason);

    /**
     * Does the venue refuse this channel?
     *
     * @param name of the channel, stream, product or pair; a refusal is counted.
     * @return true if the rules say so.
     */
    protected final boolean isRefused(final String name)
    {
        final boolean refused = rules().rejectChannels().contains(name);
        if (refused)
        {
            count(Happening.REFUSED_CHANNEL);
        }

        return refused;
    }

    /**
     * A text field.
     *
     * @param object   that holds it.
     * @param name     of the field.
     * @param fallback if there is no such field, or it is null.
     * @return its value.
     */
    protected static String text(final JsonObject object, final String name, final String fallback)
    {
        return object.has(name) && !object.get(name).isJsonNull() ? object.get(name).getAsString() : fallback;
    }
}
