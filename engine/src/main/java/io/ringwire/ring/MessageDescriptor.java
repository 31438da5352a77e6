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
package io.ringwire.ring;

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;

/**
 * One slot of a {@link MessageRing}: where a message lies in the arena and what is known of it, or a lifecycle event
 * that has no bytes. Slots are made once and used again.
 * <p>
 * Written by the producer only. A consumer may read it once {@link RingConsumer#available()} has reached its sequence
 * and until {@link RingConsumer#release(long)} has passed it.
 */
public final class MessageDescriptor
{
    /**
     * Absolute position of the first byte, which never wraps. The producer alone reads it, to see where the free space
     * of the arena ends.
     */
    long start;
    long receiveTimeNs;
    long decodedTimeNs;
    int offset;
    int length;
    int opcode;
    int epoch;
    MessageKind kind;
    long correlationId;
    int idOffset;
    int idLength;
    Object event;

    MessageDescriptor()
    {
    }

    /**
     * Where the message starts in {@link RingConsumer#buffer()}.
     *
     * @return offset in bytes, a multiple of eight.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * How long the message is.
     *
     * @return length in bytes, 0 for an event.
     */
    public int length()
    {
        return length;
    }

    /**
     * What the message is.
     *
     * @return opcode of its first frame (RFC 6455, section 5.2), 0 for an event.
     */
    public int opcode()
    {
        return opcode;
    }

    /**
     * Which connection of the session it came from.
     *
     * @return epoch of the session.
     */
    public int epoch()
    {
        return epoch;
    }

    /**
     * What the session's dialect says of the message.
     *
     * @return its kind, {@link MessageKind#DATA} without a dialect.
     */
    public MessageKind kind()
    {
        return kind;
    }

    /**
     * The integer id of the request that the message answers.
     *
     * @return the id, meaningless unless the kind is a reply and {@link #idLength()} is {@link Verdict#NO_TEXT_ID}.
     */
    public long correlationId()
    {
        return correlationId;
    }

    /**
     * Where the string id of the request that the message answers starts.
     *
     * @return offset in bytes from the start of the message.
     */
    public int idOffset()
    {
        return idOffset;
    }

    /**
     * How long the string id of the request that the message answers is.
     *
     * @return length in bytes, or {@link Verdict#NO_TEXT_ID}.
     */
    public int idLength()
    {
        return idLength;
    }

    /**
     * When the last bytes of the message were read from the socket, or when the event happened.
     *
     * @return time of the engine's nano clock.
     */
    public long receiveTimeNs()
    {
        return receiveTimeNs;
    }

    /**
     * When the message was shown to consumers, or the event was.
     *
     * @return time of the engine's nano clock.
     */
    public long decodedTimeNs()
    {
        return decodedTimeNs;
    }

    /**
     * The lifecycle event this slot carries.
     *
     * @return the event, or null when the slot is a message.
     */
    public Object event()
    {
        return event;
    }

    /**
     * The producer: what is known of the message.
     *
     * @param verdict of its dialect.
     * @param offset  of the message in the buffer that was judged.
     */
    void judge(final Verdict verdict, final int offset)
    {
        kind = verdict.kind();
        correlationId = verdict.correlationId();
        idOffset = verdict.idOffset() - offset;
        idLength = verdict.idLength();
    }
}
