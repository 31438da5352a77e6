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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;

import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of the venues once more, on trees: what the dialects must find in the bytes.
 */
final class TreeOracle
{
    private static final long NONE = Verdict.NO_SEQUENCE;
    private static final long MAX_INTEGER = 999_999_999_999_999_999L;

    private TreeOracle()
    {
    }

    static Judged deribit(final JsonNode message)
    {
        final JsonNode params = message.path("params");
        final JsonNode data = params.path("data");
        final boolean hasId = isGiven(message.path("id"));
        final long code = number(message.path("error").path("code"));
        if (!message.isObject())
        {
            return Judged.of(MessageKind.DATA);
        }

        final boolean isLimited = code == 10_028;
        if (message.has("method"))
        {
            final String method = message.path("method").textValue();
            if (!hasId && "subscription".equals(method))
            {
                final String channel = text(params.path("channel"));
                return channel.startsWith("book.") ? new Judged(
                    MessageKind.STREAM, null, channel,
                    number(data.path("change_id")), NONE, number(data.path("prev_change_id")),
                    data.isObject() && (!data.has("type") || "snapshot".equals(data.path("type").textValue())),
                    false) : Judged.stream(channel, NONE, false);
            }

            final MessageKind kind = hasId ? MessageKind.SERVER_REQUEST :
                !"heartbeat".equals(method) ? MessageKind.DATA :
                "test_request".equals(params.path("type").textValue()) ?
                    MessageKind.HEARTBEAT_DEMAND : MessageKind.HEARTBEAT;
            return isLimited ? Judged.of(kind).limited() : Judged.of(kind);
        }

        final Judged judged = reply(message.path("id"), isGiven(message.path("error")));
        return isLimited ? judged.limited() : judged;
    }

    static Judged binance(final JsonNode message)
    {
        final long status = number(message.path("status"));
        final boolean isError = isGiven(message.path("error")) || status >= 400 || message.has("code");
        final Judged judged = isGiven(message.path("id")) || isError ? reply(message.path("id"), isError) :
            message.has("data") || message.has("event") ?
                event(message.path(message.has("data") ? "data" : "event"), text(message.path("stream")), true) :
            message.has("e") || message.has("s") || message.has("lastUpdateId") ?
                event(message, text(message.path("s")), false) : Judged.of(MessageKind.DATA);
        return status == 429 || status == 418 ? judged.limited() : judged;
    }

    static Judged coinbase(final JsonNode message)
    {
        if (!message.path("type").isTextual())
        {
            return Judged.of(MessageKind.DATA);
        }

        final String type = message.path("type").textValue();
        final MessageKind kind = switch (type)
        {
            case "subscriptions" -> MessageKind.SUBSCRIPTION;
            case "error" -> MessageKind.ERROR;
            case "heartbeat" -> MessageKind.HEARTBEAT;
            default -> MessageKind.STREAM;
        };
        return new Judged(
            kind, null, text(message.path("product_id")), number(message.path("sequence")), NONE, NONE,
            "snapshot".equals(type), false);
    }

    static Judged krakenV1(final JsonNode message)
    {
        if (message.isArray() && message.size() > 0)
        {
            return krakenData(message);
        }

        if (!message.path("event").isTextual())
        {
            return Judged.of(MessageKind.DATA);
        }

        final String event = message.path("event").textValue();
        final boolean isError = "error".equals(event) || "error".equals(message.path("status").textValue());
        final Judged reply = reply(message.path("reqid"), isError);
        return reply.id() != null ? reply : Judged.of(switch (event)
        {
            case "heartbeat", "pong" -> MessageKind.HEARTBEAT;
            case "subscriptionStatus" -> MessageKind.SUBSCRIPTION;
            default -> isError ? MessageKind.ERROR : MessageKind.DATA;
        });
    }

    private static Judged krakenData(final JsonNode message)
    {
        String channel = null;
        long sequence = NONE;
        boolean isSnapshot = false;
        for (final JsonNode element : message)
        {
            if (channel == null && element.isTextual())
            {
                channel = element.textValue();
            }
            else if (channel == null)
            {
                isSnapshot |= element.has("as") || element.has("bs");
            }
            else if (element.has("sequence"))
            {
                sequence = number(element.path("sequence"));
            }
        }

        return channel == null || message.size() == 1 ? Judged.of(MessageKind.DATA) :
            Judged.stream(channel, sequence, isSnapshot);
    }

    private static Judged event(final JsonNode event, final String channel, final boolean isNamed)
    {
        final Set<String> names = new TreeSet<>();
        event.fieldNames().forEachRemaining(names::add);
        final String type = event.path("e").textValue();
        if ("serverShutdown".equals(type))
        {
            return new Judged(MessageKind.SHUTDOWN, null, channel, NONE, NONE, NONE, false, false);
        }

        if ("depthUpdate".equals(type))
        {
            return new Judged(
                MessageKind.STREAM, null, channel,
                number(event.path("u")), number(event.path("U")), number(event.path("pu")), false, false);
        }

        final boolean isBook = !names.contains("e") && names.contains("lastUpdateId");
        final JsonNode sequence = !isNamed ? MissingNode.getInstance() :
            "trade".equals(type) ? event.path("t") :
            "aggTrade".equals(type) ? event.path("a") :
            isBook ? event.path("lastUpdateId") : MissingNode.getInstance();
        return Judged.stream(channel, number(sequence), isBook);
    }

    private static Judged reply(final JsonNode id, final boolean isError)
    {
        final Object value = id.isTextual() ? id.textValue() : number(id) == NONE ? null : (Object)number(id);
        return value != null ? Judged.of(isError ? MessageKind.ERROR_REPLY : MessageKind.REPLY, value) :
            Judged.of(isError && !isGiven(id) ? MessageKind.ERROR : MessageKind.DATA);
    }

    private static boolean isGiven(final JsonNode node)
    {
        return !node.isMissingNode() && !node.isNull();
    }

    private static String text(final JsonNode node)
    {
        return node.isTextual() ? node.textValue() : "";
    }

    private static long number(final JsonNode node)
    {
        return node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= MAX_INTEGER ?
            node.longValue() : NONE;
    }
}
