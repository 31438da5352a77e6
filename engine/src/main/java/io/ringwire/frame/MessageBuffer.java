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
package io.ringwire.frame;

import java.nio.ByteBuffer;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Direct memory for one message at a time, written from its begin on. It starts small, doubles up to a bound while a
 * message needs more, and goes back to what is needed when {@value #MESSAGES_PER_PERIOD} messages in a row needed a
 * quarter of it or less. Allocates only when its size changes. Owned by the thread of the codec that writes it.
 */
final class MessageBuffer
{
    private static final int INITIAL_LENGTH = 64 * 1024;
    private static final int MESSAGES_PER_PERIOD = 64;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int minCapacity;
    private final int maxCapacity;
    private ByteBuffer memory;
    private int messages;
    private int longest;

    MessageBuffer(final int maxCapacity)
    {
        this.maxCapacity = maxCapacity;
        minCapacity = Math.min(INITIAL_LENGTH, maxCapacity);
        memory = ByteBuffer.allocateDirect(minCapacity);
        view.wrap(memory);
    }

    /**
     * To write at its position, which is the length of the message so far. Another one after {@link #grow()} and
     * {@link #clear()}.
     */
    ByteBuffer memory()
    {
        return memory;
    }

    DirectBuffer view()
    {
        return view;
    }

    int length()
    {
        return memory.position();
    }

    /**
     * Make room behind what is written. Not to be called at the bound.
     */
    void grow()
    {
        final int capacity = memory.capacity();
        resize(capacity > maxCapacity / 2 ? maxCapacity : capacity * 2);
    }

    /**
     * Begin the next message.
     */
    void clear()
    {
        longest = Math.max(longest, memory.position());
        memory.clear();
        if (++messages == MESSAGES_PER_PERIOD)
        {
            if (memory.capacity() > minCapacity && longest <= memory.capacity() / 4)
            {
                resize(Math.max(minCapacity, BitUtil.findNextPositivePowerOfTwo(longest)));
            }
            messages = 0;
            longest = 0;
        }
    }

    void free()
    {
        view.wrap(0, 0);
        BufferUtil.free(memory);
        memory = null;
    }

    private void resize(final int capacity)
    {
        final ByteBuffer old = memory;
        memory = ByteBuffer.allocateDirect(capacity).put(old.flip());
        view.wrap(memory);
        BufferUtil.free(old);
    }
}
