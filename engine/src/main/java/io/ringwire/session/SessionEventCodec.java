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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.Endpoint;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Events of a session as bytes of a record, at most {@link #MAX_LENGTH} of them: a version, the kind, and its fields in
 * their order, all in little endian, text as its length and UTF-8, enums by name. Text that is longer than a field may
 * be is cut and ends with an ellipsis. Values of headers that may hold secrets are not written. Encoding is one
 * thread's; decoding is anybody's.
 */
public final class SessionEventCodec
{
    /** The longest event, in bytes: a record of the smallest tape has room for it. */
    public static final int MAX_LENGTH = 8000;

    /** What stands in place of the value of a header that may hold a secret. */
    public static final String REDACTED = "***";

    private static final byte VERSION = 1;

    private static final byte CHANGED = 1;
    private static final byte GAP = 2;
    private static final byte SUBSCRIPTION = 3;
    private static final byte RECONNECTED = 4;
    private static final byte SHUTDOWN_NOTICE = 5;
    private static final byte CLOSED = 6;
    private static final byte HEARTBEAT_MISSED = 7;
    private static final byte PROTOCOL_ERROR = 8;

    private static final int MAX_TEXT_LENGTH = 1200;
    private static final int MAX_HEADER_NAME_LENGTH = 100;
    private static final int MAX_HEADER_VALUE_LENGTH = 500;
    private static final int MIN_TOKEN_LENGTH = 32; // a venue may take a token for a subprotocol, and say it back
    private static final int HEADERS_LIMIT = 5500; // a header that starts before it ends well before MAX_LENGTH
    private static final byte[] ELLIPSIS = "\u2026".getBytes(StandardCharsets.UTF_8);

    private final Set<String> redactedHeaders;
    private MutableDirectBuffer buffer;
    private int position;

    /**
     * Make a codec.
     *
     * @param redactedHeaders names, in lower case, of headers whose values are not written.
     */
    public SessionEventCodec(final Set<String> redactedHeaders)
    {
        this.redactedHeaders = redactedHeaders;
    }

    /**
     * Write an event.
     *
     * @param event  to write.
     * @param buffer to write to, from its start on; it has room for {@link #MAX_LENGTH}, or expands.
     * @return how many bytes it took.
     */
    public int encode(final SessionEvent event, final MutableDirectBuffer buffer)
    {
        this.buffer = buffer;
        position = 0;
        putByte(VERSION);
        if (event instanceof SessionEvent.Changed changed)
        {
            putByte(CHANGED);
            put(changed.change());
        }
        else if (event instanceof SessionEvent.Gap gap)
        {
            putByte(GAP);
            putLong(gap.messages());
        }
        else if (event instanceof SessionEvent.Subscription subscription)
        {
            putByte(SUBSCRIPTION);
            putText(subscription.change().channel(), MAX_TEXT_LENGTH);
            putText(subscription.change().state().name(), MAX_TEXT_LENGTH);
            putText(subscription.change().reason(), MAX_TEXT_LENGTH);
        }
        else if (event instanceof SessionEvent.Reconnected reconnected)
        {
            putByte(RECONNECTED);
            putInt(reconnected.gap().previousEpoch());
            putLong(reconnected.gap().lastSequence());
            putLong(reconnected.gap().downtimeNs());
        }
        else
        {
            putOther(event);
        }

        return position;
    }

    /**
     * Read an event.
     *
     * @param buffer that holds it.
     * @param offset of it.
     * @param length of it in bytes.
     * @return the event.
     * @throws IllegalArgumentException in one line if the bytes are none of this version.
     */
    public static SessionEvent decode(final DirectBuffer buffer, final int offset, final int length)
    {
        final Fields fields = new Fields(buffer, offset, length);
        final byte version = fields.takeByte();
        if (version != VERSION)
        {
            throw new IllegalArgumentException("session event of version " + version + ", this is " + VERSION);
        }

        final byte kind = fields.takeByte();
        return switch (kind)
        {
            case CHANGED -> new SessionEvent.Changed(fields.takeChange());
            case GAP -> new SessionEvent.Gap(fields.takeLong());
            case SUBSCRIPTION -> new SessionEvent.Subscription(new SubscriptionChange(
                fields.takeText(), fields.takeEnum(SubscriptionState.class), fields.takeText()));
            case RECONNECTED -> new SessionEvent.Reconnected(
                new ReconnectGap(fields.takeInt(), fields.takeLong(), fields.takeLong()));
            case SHUTDOWN_NOTICE -> new SessionEvent.ShutdownNotice(fields.takeText());
            case CLOSED -> new SessionEvent.Closed(fields.takeInt(), fields.takeText());
            case HEARTBEAT_MISSED -> new SessionEvent.HeartbeatMissed(fields.takeInt());
            case PROTOCOL_ERROR -> new SessionEvent.ProtocolError(fields.takeInt(), fields.takeText());
            default -> throw new IllegalArgumentException("session event of unknown kind " + kind);
        };
    }

    private void putOther(final SessionEvent event)
    {
        if (event instanceof SessionEvent.ShutdownNotice notice)
        {
            putByte(SHUTDOWN_NOTICE);
            putText(notice.message(), MAX_TEXT_LENGTH);
        }
        else if (event instanceof SessionEvent.Closed closed)
        {
            putByte(CLOSED);
            putInt(closed.closeCode());
            putText(closed.reason(), MAX_TEXT_LENGTH);
        }
        else if (event instanceof SessionEvent.HeartbeatMissed missed)
        {
            putByte(HEARTBEAT_MISSED);
            putInt(missed.consecutiveMisses());
        }
        else if (event instanceof SessionEvent.ProtocolError error)
        {
            putByte(PROTOCOL_ERROR);
            putInt(error.closeCode());
            putText(error.reason(), MAX_TEXT_LENGTH);
        }
        else
        {
            throw new IllegalArgumentException("no code for " + event);
        }
    }

    private void put(final StateChange change)
    {
        putText(change.from().name(), MAX_TEXT_LENGTH);
        putText(change.to().name(), MAX_TEXT_LENGTH);
        putInt(change.epoch());
        putInt(change.attempt());
        putInt(change.closeCode());
        putText(change.reason(), MAX_TEXT_LENGTH);
        putLong(change.elapsedNs());
        final HandshakeResponse handshake = change.handshake();
        putByte((byte)(handshake == null ? 0 : 1));
        if (handshake != null)
        {
            putInt(handshake.status());
            putText(handshake.reason(), MAX_TEXT_LENGTH);
            putText(handshake.body(), MAX_TEXT_LENGTH);
            putHeaders(handshake.headers());
        }
    }

    private void putHeaders(final List<Map.Entry<String, String>> headers)
    {
        final int countPosition = position;
        int count = 0;
        putInt(count);
        for (final Map.Entry<String, String> header : headers)
        {
            if (position > HEADERS_LIMIT)
            {
                putText("", MAX_HEADER_NAME_LENGTH); // the rest
                putText("\u2026", MAX_HEADER_VALUE_LENGTH);
                count++;
                break;
            }

            putText(header.getKey(), MAX_HEADER_NAME_LENGTH);
            putText(shown(header.getKey(), header.getValue()), MAX_HEADER_VALUE_LENGTH);
            count++;
        }

        buffer.putInt(countPosition, count, ByteOrder.LITTLE_ENDIAN);
    }

    private String shown(final String header, final String value)
    {
        final String name = header.toLowerCase(Locale.ROOT);
        if (redactedHeaders.contains(name))
        {
            return REDACTED;
        }

        return switch (name)
        {
            case "location" -> Endpoint.withoutSecrets(value);
            case "sec-websocket-protocol" -> value.length() < MIN_TOKEN_LENGTH ? value : REDACTED;
            default -> value;
        };
    }

    private void putByte(final byte value)
    {
        buffer.putByte(position, value);
        position += Byte.BYTES;
    }

    private void putInt(final int value)
    {
        buffer.putInt(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
    }

    private void putLong(final long value)
    {
        buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
    }

    /**
     * Text that is too long is cut in front of a character.
     */
    private void putText(final String text, final int maxLength)
    {
        if (text == null)
        {
            putInt(Fields.NULL_LENGTH);
            return;
        }

        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > maxLength)
        {
            length = maxLength - ELLIPSIS.length;
            while ((bytes[length] & 0xc0) == 0x80)
            {
                length--;
            }

            System.arraycopy(ELLIPSIS, 0, bytes, length, ELLIPSIS.length);
            length += ELLIPSIS.length;
        }

        putInt(length);
        buffer.putBytes(position, bytes, 0, length);
        position += length;
    }

    /**
     * Takes one field after the other, and none from behind the end.
     */
    private static final class Fields
    {
        static final int NULL_LENGTH = -1;

        private final DirectBuffer buffer;
        private final int limit;
        private int position;

        Fields(final DirectBuffer buffer, final int offset, final int length)
        {
            this.buffer = buffer;
            position = offset;
            limit = offset + length;
        }

        byte takeByte()
        {
            return buffer.getByte(advance(Byte.BYTES));
        }

        int takeInt()
        {
            return buffer.getInt(advance(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
        }

        long takeLong()
        {
            return buffer.getLong(advance(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
        }

        String takeText()
        {
            final int length = takeInt();
            if (length == NULL_LENGTH)
            {
                return null;
            }

            final byte[] bytes = new byte[checked(length)];
            buffer.getBytes(advance(length), bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        <E extends Enum<E>> E takeEnum(final Class<E> type)
        {
            final String name = takeText();
            for (final E value : type.getEnumConstants())
            {
                if (value.name().equals(name))
                {
                    return value;
                }
            }

            throw new IllegalArgumentException(
                "session event with " + type.getSimpleName() + ' ' + name + ", which this version does not know");
        }

        StateChange takeChange()
        {
            return new StateChange(
                takeEnum(SessionState.class),
                takeEnum(SessionState.class),
                takeInt(),
                takeInt(),
                takeInt(),
                takeText(),
                takeLong(),
                takeByte() == 0 ? null : takeHandshake());
        }

        private HandshakeResponse takeHandshake()
        {
            final int status = takeInt();
            final String reason = takeText();
            final String body = takeText();
            final int count = checked(takeInt());
            final List<Map.Entry<String, String>> headers = new ArrayList<>();
            for (int i = 0; i < count; i++)
            {
                headers.add(Map.entry(takeText(), takeText()));
            }

            return new HandshakeResponse(status, reason, List.copyOf(headers), body);
        }

        private int advance(final int length)
        {
            final int start = position;
            position += checked(length);
            return start;
        }

        private int checked(final int length)
        {
            if (length < 0 || length > limit - position)
            {
                throw new IllegalArgumentException("session event is cut off or damaged");
            }

            return length;
        }
    }
}
