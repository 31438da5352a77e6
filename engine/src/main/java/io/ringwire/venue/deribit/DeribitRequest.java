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

import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import io.ringwire.json.JsonWriter;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The text of requests, and what their errors say. Control thread, or the login's.
 */
final class DeribitRequest
{
    private DeribitRequest()
    {
    }

    /**
     * Open a request: its parameters follow.
     */
    static JsonWriter begin(final long requestId, final String method)
    {
        return new JsonWriter().beginObject()
            .field("jsonrpc", "2.0")
            .field("id", requestId)
            .field("method", method)
            .name("params").beginObject();
    }

    static String end(final JsonWriter request)
    {
        return request.endObject().endObject().toString();
    }

    static String test(final long requestId)
    {
        return end(begin(requestId, "public/test"));
    }

    static String channels(final long requestId, final String verb, final List<String> channels)
    {
        final boolean isPrivate = channels.stream().anyMatch((channel) -> channel.startsWith("user."));
        return end(begin(requestId, (isPrivate ? "private/" : "public/") + verb).field("channels", channels));
    }

    static long errorCode(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int error = JsonScanner.field(buffer, offset, limit, "error");
        return JsonScanner.integer(buffer, JsonScanner.field(buffer, error, limit, "code"), limit);
    }

    /**
     * The code, the message and what the venue adds to it.
     */
    static String reason(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int error = JsonScanner.field(buffer, offset, limit, "error");
        final String message = JsonText.string(buffer, error, limit, "message");
        final int data = JsonScanner.field(buffer, error, limit, "data");
        final String detail = JsonText.string(buffer, data, limit, "reason");
        return errorCode(buffer, offset, limit) + " " + message + (detail == null ? "" : ": " + detail);
    }
}
