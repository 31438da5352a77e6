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

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.json.JsonType;
import io.ringwire.venue.JsonRpcDialect;
import io.ringwire.venue.VerdictFields;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.behind;
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isEqual;
import static io.ringwire.json.JsonScanner.isString;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.typeOf;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * Deribit: JSON-RPC 2.0, with events in notifications of the method {@code subscription} and signs of life in those of
 * the method {@code heartbeat}. Keeps no state: one object may serve many sessions.
 * <p>
 * The channel of an event is {@code params.channel}. In channels of books ({@code book.*}) the sequence is
 * {@code data.change_id}, which follows {@code data.prev_change_id}; a message of type {@code snapshot} is the whole
 * book, and so is each message of a grouped channel, which has no type (an assumption: the venue's pages could not be
 * checked). Other channels have no sequence. The error 10028, too_many_requests, says that we sent too much; the venue
 * also ends the session then.
 */
public final class DeribitDialect implements Dialect
{
    /** The error code of the venue that says that we sent too much. */
    static final long TOO_MANY_REQUESTS = 10_028;

    private static final JsonNames FIELDS = new JsonNames("params", "method", "id", "error");
    private static final int PARAMS = 0;
    private static final int METHOD = 1;
    private static final int ID = 2;
    private static final int ERROR = 3;

    private static final JsonNames BOOK_FIELDS = new JsonNames("change_id", "prev_change_id", "type");
    private static final int CHANGE = 0;
    private static final int PREVIOUS_CHANGE = 1;
    private static final int TYPE = 2;

    private static final String BOOK = "book.";

    private final SubscriptionDialect subscriptions = new DeribitSubscriptions();
    private final HeartbeatDialect heartbeats = new DeribitHeartbeats();

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        if (opcode != Opcode.TEXT)
        {
            return;
        }

        final int limit = offset + length;
        int id = MALFORMED;
        int method = MALFORMED;
        int params = MALFORMED;
        int error = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            int end = MALFORMED;
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case PARAMS ->
                    {
                        params = value;
                        end = params(buffer, value, limit, verdict.reset());
                    }
                    case METHOD -> method = value;
                    case ID -> id = value;
                    case ERROR -> error = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, end < 0 ? valueEnd(buffer, value, limit) : end, limit);
        }

        final boolean isWhole = isWhole(buffer, key, limit);
        if (isWhole && isString(buffer, method, limit, "subscription") && !VerdictFields.isGiven(buffer, id, limit))
        {
            verdict.kind(MessageKind.STREAM);
            return;
        }

        verdict.reset();
        if (isWhole)
        {
            JsonRpcDialect.judge(buffer, limit, id, method, error, verdict);
            verdict.rateLimited(integer(buffer, field(buffer, error, limit, "code"), limit) == TOO_MANY_REQUESTS);
            if (verdict.kind() == MessageKind.DATA && isString(buffer, method, limit, "heartbeat"))
            {
                final int type = field(buffer, params, limit, "type");
                verdict.kind(isString(buffer, type, limit, "test_request") ?
                    MessageKind.HEARTBEAT_DEMAND : MessageKind.HEARTBEAT);
            }
        }
    }

    @Override
    public long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        return text(buffer, field(buffer, offset, limit, "method"), limit);
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return subscriptions;
    }

    @Override
    public HeartbeatDialect heartbeats()
    {
        return heartbeats;
    }

    /**
     * Read the channel and, of a book, its numbers.
     *
     * @return index behind the object, {@link io.ringwire.json.JsonScanner#MALFORMED} if it is none.
     */
    private static int params(final DirectBuffer buffer, final int object, final int limit, final Verdict verdict)
    {
        int data = MALFORMED;
        int key = firstKey(buffer, object, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                if (isEqual(buffer, key, limit, "channel"))
                {
                    VerdictFields.channel(buffer, value, limit, verdict);
                }
                else if (isEqual(buffer, key, limit, "data"))
                {
                    data = value;
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (isBook(buffer, verdict))
        {
            book(buffer, data, limit, verdict);
        }

        return behind(key);
    }

    private static void book(final DirectBuffer buffer, final int data, final int limit, final Verdict verdict)
    {
        boolean isSnapshot = typeOf(buffer, data, limit) == JsonType.OBJECT;
        int key = firstKey(buffer, data, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (BOOK_FIELDS.indexOf(buffer, key, limit))
                {
                    case CHANGE -> verdict.sequence(integer(buffer, value, limit));
                    case PREVIOUS_CHANGE -> verdict.previousSequence(integer(buffer, value, limit));
                    case TYPE -> isSnapshot = isString(buffer, value, limit, "snapshot");
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        verdict.snapshot(isSnapshot);
    }

    private static boolean isBook(final DirectBuffer buffer, final Verdict verdict)
    {
        final int length = BOOK.length();
        if (verdict.channelLength() < length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(verdict.channelOffset() + i) != BOOK.charAt(i))
            {
                return false;
            }
        }

        return true;
    }
}
