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

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;

/**
 * Agrona's ring for one consumer: no journal could read along. Each message is shown as it is written.
 */
final class OneToOneCarrier implements Carrier
{
    private static final int TYPE = 1;

    private final OneToOneRingBuffer ring;
    private final MessageHandler handler = (type, buffer, offset, length) ->
        this.receiver.onMessage(buffer, offset, length);
    private Receiver receiver; // owner: consumer

    OneToOneCarrier(final int memoryLength)
    {
        ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(memoryLength + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    @Override
    public boolean offer(final DirectBuffer src, final int offset, final int length)
    {
        return ring.write(TYPE, src, offset, length);
    }

    @Override
    public void flush()
    {
        // nothing is held back
    }

    @Override
    public int poll(final Receiver receiver)
    {
        this.receiver = receiver;
        return ring.read(handler);
    }

    @Override
    public void close()
    {
        BufferUtil.free(ring.buffer());
    }
}
