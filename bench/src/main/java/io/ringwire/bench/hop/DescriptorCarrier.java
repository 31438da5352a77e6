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
package io.ringwire.bench.hop;

import io.ringwire.api.Opcode;
import io.ringwire.config.BufferPolicy;
import io.ringwire.ring.MessageDescriptor;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.RingConsumer;
import org.agrona.DirectBuffer;

/**
 * The engine's own ring, as the engine uses it: published once for a batch, released message by message.
 */
final class DescriptorCarrier implements Carrier
{
    private static final int EPOCH = 1;

    private final MessageRing ring;
    private final RingConsumer consumer;

    DescriptorCarrier(final int memoryLength)
    {
        ring = new MessageRing(new BufferPolicy().ringCapacity(), memoryLength);
        consumer = ring.addConsumer();
    }

    @Override
    public boolean offer(final DirectBuffer src, final int offset, final int length)
    {
        if (!ring.begin(length))
        {
            return false;
        }

        ring.append(src, offset, length);
        ring.commit(Opcode.TEXT, EPOCH, 0);
        return true;
    }

    @Override
    public void flush()
    {
        ring.publish(0);
    }

    @Override
    public int poll(final Receiver receiver)
    {
        final long available = consumer.available();
        final long first = consumer.next();
        for (long sequence = first; sequence <= available; sequence++)
        {
            final MessageDescriptor descriptor = consumer.descriptor(sequence);
            receiver.onMessage(consumer.buffer(), descriptor.offset(), descriptor.length());
            consumer.release(sequence);
        }

        return (int)(available - first + 1);
    }

    @Override
    public void close()
    {
        ring.close();
    }
}
