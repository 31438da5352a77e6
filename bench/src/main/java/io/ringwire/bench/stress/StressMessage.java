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
package io.ringwire.bench.stress;

import io.ringwire.ring.MessageDescriptor;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.RingConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages that can be told whole from torn or overwritten: all their longs, and the fields of their descriptor, say
 * the same value.
 */
final class StressMessage
{
    private static final int OPCODE = 2;
    private static final int MAX_LENGTH = 64;

    private final UnsafeBuffer src = new UnsafeBuffer(new byte[MAX_LENGTH]);

    /**
     * Begin, append and commit one message.
     *
     * @param ring   to write to, by the producing actor.
     * @param value  of the message, not 0.
     * @param length of the message, a multiple of eight.
     * @return false when the ring has no room.
     */
    boolean commit(final MessageRing ring, final int value, final int length)
    {
        if (!ring.begin(length))
        {
            return false;
        }

        for (int i = 0; i < length; i += Long.BYTES)
        {
            src.putLong(i, value);
        }

        ring.append(src, 0, length);
        ring.commit(OPCODE, value, value);

        return true;
    }

    /**
     * Whether a message is what was committed.
     *
     * @param consumer to read it by.
     * @param sequence of the message.
     * @param value    it was committed with.
     * @param length   it was committed with.
     * @return 1 when it is, 0 when any of it is something else.
     */
    static int intact(final RingConsumer consumer, final long sequence, final int value, final int length)
    {
        final MessageDescriptor descriptor = consumer.descriptor(sequence);
        boolean intact = descriptor.epoch() == value &&
            descriptor.receiveTimeNs() == value &&
            descriptor.opcode() == OPCODE &&
            descriptor.length() == length;

        for (int i = 0; intact && i < length; i += Long.BYTES)
        {
            intact = consumer.buffer().getLong(descriptor.offset() + i) == value;
        }

        return intact ? 1 : 0;
    }
}
