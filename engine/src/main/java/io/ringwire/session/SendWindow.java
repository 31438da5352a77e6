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

import io.ringwire.frame.FrameEncoder;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes a session has accepted and not yet written, so that one socket which takes nothing cannot fill the
 * outbound ring that all sessions share, and so that the session's write batch always has room for what the ring holds.
 * It also knows whether a sender is between taking room and having its place in the order of frames.
 */
public final class SendWindow
{
    private final int length;
    private final AtomicLong submitted = new AtomicLong(); // any thread
    private final AtomicLong published = new AtomicLong(); // any thread
    private final AtomicLong settled = new AtomicLong(); // IO thread, and whoever aborts a claim

    SendWindow(final int length)
    {
        this.length = length;
    }

    /**
     * The longest payload that fits.
     */
    int maxPayloadLength()
    {
        return length - FrameEncoder.MAX_HEADER_LENGTH;
    }

    /**
     * What a message takes of the window: its payload and the longest header.
     *
     * @param payloadLength of the message.
     * @return bytes.
     */
    public static int charge(final int payloadLength)
    {
        return payloadLength + FrameEncoder.MAX_HEADER_LENGTH;
    }

    /**
     * Any thread: take room for a message. The sender ends this with {@link #publish} or {@link #withdraw}.
     *
     * @param charge of the message.
     * @return the session's send position after it, or 0 if there is no room.
     */
    long submit(final int charge)
    {
        while (true)
        {
            final long position = submitted.get();
            final long next = position + charge;
            if (next - settled.get() > length)
            {
                return 0;
            }

            if (submitted.compareAndSet(position, next))
            {
                return next;
            }
        }
    }

    /**
     * Any thread: give back the room of a message that was not handed over after all.
     */
    void withdraw(final int charge)
    {
        submitted.addAndGet(-charge);
    }

    /**
     * Any thread: the message has its place in the outbound ring, or is encoded. What follows it cannot overtake it.
     */
    void publish(final int charge)
    {
        published.getAndAdd(charge);
    }

    /**
     * Any thread: was there a moment during this call at which no sender held room without a place? What is published
     * never shrinks, so it is read first: equal values mean that nobody was between the two at the second read.
     */
    boolean isPublished()
    {
        final long position = published.get();
        return submitted.get() == position;
    }

    /**
     * Messages that were published were written to the kernel, discarded or, as a claim, aborted. Any thread, mostly
     * the IO thread, once for each write.
     *
     * @param charge of all of them.
     */
    public void settle(final long charge)
    {
        settled.getAndAdd(charge);
    }

    /**
     * Any thread: bytes that messages hold now.
     */
    long used()
    {
        final long position = settled.get(); // never shrinks, so it is read first
        return submitted.get() - position;
    }

    /**
     * Does no message hold room: is all that was accepted written, discarded or aborted? Any thread.
     *
     * @return true if none does.
     */
    public boolean isEmpty()
    {
        final long position = settled.get(); // never shrinks, so it is read first
        return submitted.get() == position;
    }
}
