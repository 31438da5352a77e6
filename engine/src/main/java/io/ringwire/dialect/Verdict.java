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
package io.ringwire.dialect;

/**
 * What a {@link Dialect} found out about one message. Made once and filled again for each; offsets are of the buffer
 * that was judged and end with it. Not safe for use by several threads.
 */
public final class Verdict
{
    /** The message bears no sequence number. */
    public static final long NO_SEQUENCE = Long.MIN_VALUE;

    /** Of {@link #idLength()}: the id is an integer, or there is none. */
    public static final int NO_TEXT_ID = -1;

    private MessageKind kind = MessageKind.DATA;
    private long correlationId;
    private int idOffset;
    private int idLength = NO_TEXT_ID;
    private int channelOffset;
    private int channelLength;
    private long sequence = NO_SEQUENCE;
    private long firstSequence = NO_SEQUENCE;
    private long previousSequence = NO_SEQUENCE;
    private boolean snapshot;
    private boolean rateLimited;

    /**
     * Forget the message before: kind {@link MessageKind#DATA} and nothing else known.
     *
     * @return this.
     */
    public Verdict reset()
    {
        kind = MessageKind.DATA;
        correlationId = 0;
        idOffset = 0;
        idLength = NO_TEXT_ID;
        channelOffset = 0;
        channelLength = 0;
        sequence = NO_SEQUENCE;
        firstSequence = NO_SEQUENCE;
        previousSequence = NO_SEQUENCE;
        snapshot = false;
        rateLimited = false;
        return this;
    }

    /** {@return what the message is} */
    public MessageKind kind()
    {
        return kind;
    }

    /**
     * Say what the message is.
     *
     * @param kind of it.
     * @return this.
     */
    public Verdict kind(final MessageKind kind)
    {
        this.kind = kind;
        return this;
    }

    /** {@return the integer id of the request that is answered; meaningless if {@link #hasTextId()}} */
    public long correlationId()
    {
        return correlationId;
    }

    /**
     * The request that is answered has an integer id.
     *
     * @param correlationId the id.
     * @return this.
     */
    public Verdict correlationId(final long correlationId)
    {
        this.correlationId = correlationId;
        idLength = NO_TEXT_ID;
        return this;
    }

    /** {@return is the id of the request a string, and not an integer} */
    public boolean hasTextId()
    {
        return idLength != NO_TEXT_ID;
    }

    /** {@return where the string id starts in the buffer, behind its quote} */
    public int idOffset()
    {
        return idOffset;
    }

    /** {@return length of the string id in bytes, or {@link #NO_TEXT_ID}} */
    public int idLength()
    {
        return idLength;
    }

    /**
     * The request that is answered has a string id. Its bytes are compared as they stand with those that the sender of
     * the request gave, so they are handed raw, with whatever escapes the venue wrote; a dialect whose venue may write
     * one id in several ways has to answer for what the sender can give.
     *
     * @param offset of its first byte in the buffer, behind the quote.
     * @param length in bytes.
     * @return this.
     */
    public Verdict textId(final int offset, final int length)
    {
        idOffset = offset;
        idLength = length;
        return this;
    }

    /** {@return where the name of the channel starts in the buffer} */
    public int channelOffset()
    {
        return channelOffset;
    }

    /** {@return length of the name of the channel in bytes, 0 if the message names none} */
    public int channelLength()
    {
        return channelLength;
    }

    /**
     * The message belongs to a channel, symbol or product: what its sequence counts in.
     *
     * @param offset of the name in the buffer.
     * @param length of the name in bytes.
     * @return this.
     */
    public Verdict channel(final int offset, final int length)
    {
        channelOffset = offset;
        channelLength = length;
        return this;
    }

    /** {@return the number of the message, the last if it covers a range, or {@link #NO_SEQUENCE}} */
    public long sequence()
    {
        return sequence;
    }

    /**
     * The message has a number.
     *
     * @param sequence the number, the last if it covers a range.
     * @return this.
     */
    public Verdict sequence(final long sequence)
    {
        this.sequence = sequence;
        return this;
    }

    /** {@return the first number of the range that the message covers, or {@link #NO_SEQUENCE} if it covers none} */
    public long firstSequence()
    {
        return firstSequence;
    }

    /**
     * The message covers a range of numbers that ends with {@link #sequence()}.
     *
     * @param firstSequence the first.
     * @return this.
     */
    public Verdict firstSequence(final long firstSequence)
    {
        this.firstSequence = firstSequence;
        return this;
    }

    /** {@return the number of the message that this one follows, or {@link #NO_SEQUENCE} if it does not say} */
    public long previousSequence()
    {
        return previousSequence;
    }

    /**
     * The message names the number of the one before it.
     *
     * @param previousSequence the number.
     * @return this.
     */
    public Verdict previousSequence(final long previousSequence)
    {
        this.previousSequence = previousSequence;
        return this;
    }

    /** {@return is it a whole picture, with which a channel starts anew} */
    public boolean isSnapshot()
    {
        return snapshot;
    }

    /**
     * Is the message a whole picture, with which its channel starts anew?
     *
     * @param snapshot true if it is.
     * @return this.
     */
    public Verdict snapshot(final boolean snapshot)
    {
        this.snapshot = snapshot;
        return this;
    }

    /** {@return does the venue say that we sent too much} */
    public boolean isRateLimited()
    {
        return rateLimited;
    }

    /**
     * Does the venue say that we sent too much?
     *
     * @param rateLimited true if it does.
     * @return this.
     */
    public Verdict rateLimited(final boolean rateLimited)
    {
        this.rateLimited = rateLimited;
        return this;
    }
}
