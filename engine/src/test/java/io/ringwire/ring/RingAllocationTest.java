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

import io.ringwire.AllocatedBytes;
import io.ringwire.api.MessageClaim;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The middle one of many windows of messages allocates not a byte. Single windows may show what the JVM itself leaves
 * behind while it loads and compiles.
 */
class RingAllocationTest
{
    private static final int WARM_UP_WINDOWS = 10;
    private static final int WINDOWS = 31;
    private static final int WINDOW_LENGTH = 10_000;

    private final UnsafeBuffer src = new UnsafeBuffer(new byte[128]);
    private long sum;

    @Test
    void shouldHopThroughTheMessageRingWithoutAllocating()
    {
        final Object event = new Object();
        try (MessageRing ring = new MessageRing(64, 4096))
        {
            final RingConsumer consumer = ring.addConsumer();
            assertThat(AllocatedBytes.median(
                WARM_UP_WINDOWS, WINDOWS, WINDOW_LENGTH, () -> hop(ring, consumer, event))).isZero();
            assertThat(sum).isPositive();
        }
    }

    @Test
    void shouldHopThroughTheOutboundRingWithoutAllocating()
    {
        final OutboundRing ring = new OutboundRing(4096);
        final MessageClaim claim = new MessageClaim();
        final MessageClaim.Owner owner = (offset, length, commit) -> ring.endClaim(offset, commit);
        final OutboundRing.RecordHandler handler =
            (type, sessionId, epoch, buffer, offset, length) -> sum += buffer.getLong(offset);

        assertThat(AllocatedBytes.median(
            WARM_UP_WINDOWS, WINDOWS, WINDOW_LENGTH, () -> hop(ring, claim, owner, handler))).isZero();
        assertThat(sum).isPositive();
    }

    private void hop(final MessageRing ring, final RingConsumer consumer, final Object event)
    {
        src.putLong(0, 1);
        while (ring.begin(64))
        {
            ring.append(src, 0, 64);
            if (!ring.extend(37))
            {
                ring.abort();
                break;
            }

            ring.append(src, 64, 37);
            ring.commit(1, 1, 1);
        }

        ring.offerEvent(event, 1, 1);
        ring.publish(0);

        final long available = consumer.available();
        for (long sequence = consumer.next(); sequence <= available; sequence++)
        {
            final MessageDescriptor descriptor = consumer.descriptor(sequence);
            if (null == descriptor.event())
            {
                sum += consumer.buffer().getLong(descriptor.offset());
            }
        }

        consumer.release(available);
    }

    private void hop(
        final OutboundRing ring,
        final MessageClaim claim,
        final MessageClaim.Owner owner,
        final OutboundRing.RecordHandler handler)
    {
        src.putLong(0, 1);
        ring.write(1, 1, 1, src, 0, 100);
        if (ring.tryClaim(1, 1, 1, 8, claim, owner))
        {
            claim.buffer().putLong(claim.offset(), 1);
            claim.commit();
        }

        if (ring.tryClaim(1, 1, 1, 8, claim, owner))
        {
            claim.abort();
        }

        ring.drain(handler, 10);
    }
}
