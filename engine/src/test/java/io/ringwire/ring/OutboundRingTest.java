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

import io.ringwire.api.MessageClaim;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OutboundRingTest
{
    private static final int TEXT = 1;
    private static final int SESSION_ID = 42;
    private static final int EPOCH = 3;

    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final UnsafeBuffer src = new UnsafeBuffer(new byte[OutboundRing.MIN_CAPACITY]);
    private final MessageClaim claim = new MessageClaim();
    private final List<String> drained = new ArrayList<>();
    private final OutboundRing.RecordHandler handler = (type, sessionId, epoch, buffer, offset, length) ->
        drained.add(type + "/" + sessionId + "/" + epoch + "/" + buffer.getStringWithoutLengthAscii(offset, length));

    @Test
    void shouldNameTheCapacityThatIsNotAPowerOfTwo()
    {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundRing(3000)).withMessageContaining("3000");
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundRing(1024)).withMessageContaining("1024");
    }

    @Test
    void shouldFitAnyCloseFrameIntoTheSmallestRing()
    {
        assertThat(ring.maxPayloadLength()).isGreaterThanOrEqualTo(125);
    }

    @Test
    void shouldDrainWhatWasWritten()
    {
        assertThat(ring.isEmpty()).isTrue();
        assertThat(write("hello")).isTrue();
        assertThat(write("")).isTrue();
        assertThat(ring.isEmpty()).isFalse();

        assertThat(ring.drain(handler, 1)).isEqualTo(1);
        assertThat(drained).containsExactly("1/42/3/hello");
        assertThat(ring.drain(handler, 10)).isEqualTo(1);
        assertThat(drained).containsExactly("1/42/3/hello", "1/42/3/");
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldHoldBackWhatFollowsAnOpenClaim()
    {
        assertThat(ring.tryClaim(TEXT, SESSION_ID, EPOCH, 2, claim, this::endClaim)).isTrue();
        assertThat(write("after")).isTrue();
        assertThat(ring.drain(handler, 10)).isZero();
        assertThat(ring.isEmpty()).isFalse();

        claim.buffer().putStringWithoutLengthAscii(claim.offset(), "ab");
        claim.commit();
        assertThat(ring.drain(handler, 10)).isEqualTo(2);
        assertThat(drained).containsExactly("1/42/3/ab", "1/42/3/after");
    }

    @Test
    void shouldDropAnAbortedClaim()
    {
        assertThat(ring.tryClaim(TEXT, SESSION_ID, EPOCH, 2, claim, this::endClaim)).isTrue();
        claim.abort();
        assertThat(write("after")).isTrue();
        assertThat(ring.drain(handler, 10)).isEqualTo(1);
        assertThat(drained).containsExactly("1/42/3/after");
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseWhenFullAndDrainAcrossTheWrapInOneCall()
    {
        final String payload = "x".repeat(100);
        int written = 0;
        while (write(payload))
        {
            written++;
        }

        assertThat(written).isGreaterThan(10);
        assertThat(ring.tryClaim(TEXT, SESSION_ID, EPOCH, 100, claim, this::endClaim)).isFalse();
        assertThat(claim.buffer()).isNull();

        assertThat(ring.drain(handler, written / 2)).isEqualTo(written / 2);
        int more = 0;
        while (write(payload))
        {
            more++;
        }

        assertThat(more).isPositive();
        assertThat(ring.drain(handler, Integer.MAX_VALUE)).isEqualTo(written - written / 2 + more);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldLeaveNoClaimBehindWhenArgumentsAreWrong()
    {
        final int tooLong = ring.maxPayloadLength() + 1;
        assertThatIllegalArgumentException().isThrownBy(
            () -> ring.write(TEXT, SESSION_ID, EPOCH, src, 0, tooLong)).withMessageContaining("" + tooLong);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.write(TEXT, SESSION_ID, EPOCH, src, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.write(0, SESSION_ID, EPOCH, src, 0, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(
            () -> ring.write(TEXT, SESSION_ID, EPOCH, src, src.capacity(), 1));

        assertThat(ring.tryClaim(TEXT, SESSION_ID, EPOCH, 1, claim, this::endClaim)).isTrue();
        assertThatIllegalStateException().isThrownBy(
            () -> ring.tryClaim(TEXT, SESSION_ID, EPOCH, 1, claim, this::endClaim));
        claim.abort();

        assertThat(ring.drain(handler, 10)).isZero();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldKeepTheOrderOfEachOfManyProducers() throws InterruptedException
    {
        final int producerCount = 4;
        final int messageCount = 100_000;
        final AtomicBoolean stopped = new AtomicBoolean();
        final Thread[] producers = new Thread[producerCount];
        for (int i = 0; i < producerCount; i++)
        {
            final int sessionId = i;
            producers[i] = new Thread(() -> produce(sessionId, messageCount, stopped));
            producers[i].start();
        }

        final int[] next = new int[producerCount];
        final OutboundRing.RecordHandler checker = (type, sessionId, epoch, buffer, offset, length) ->
        {
            final int value = next[sessionId]++ * 4 / 3;
            final int expectedLength = Integer.BYTES + value % 60;
            if (type != (value & 1) + 1 || epoch != value || length != expectedLength || buffer.getInt(offset) != value)
            {
                stopped.set(true);
                throw new AssertionError("session " + sessionId + " expected " + value + " got " + epoch);
            }
        };

        final int total = producerCount * messageCount * 3 / 4;
        int count = 0;
        while (count < total)
        {
            final int drained = ring.drain(checker, 64);
            if (0 == drained)
            {
                Thread.yield();
            }

            count += drained;
        }

        for (final Thread producer : producers)
        {
            producer.join();
        }

        ring.drain(checker, 1);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(next).containsOnly(messageCount * 3 / 4);
    }

    /**
     * Of four values, one is claimed and aborted, one is claimed and committed, two are written.
     */
    private void produce(final int sessionId, final int messageCount, final AtomicBoolean stopped)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final MessageClaim claim = new MessageClaim();
        final MessageClaim.Owner owner = this::endClaim;
        for (int value = 0; value < messageCount && !stopped.get(); value++)
        {
            final int type = (value & 1) + 1;
            final int length = Integer.BYTES + value % 60;
            if (value % 4 >= 2)
            {
                while (!ring.tryClaim(type, sessionId, value, length, claim, owner) && !stopped.get())
                {
                    Thread.yield();
                }

                claim.buffer().putInt(claim.offset(), value);
                if (value % 4 == 3)
                {
                    claim.abort();
                }
                else
                {
                    claim.commit();
                }
            }
            else
            {
                buffer.putInt(0, value);
                while (!ring.write(type, sessionId, value, buffer, 0, length) && !stopped.get())
                {
                    Thread.yield();
                }
            }
        }
    }

    private void endClaim(final int offset, final int length, final boolean commit)
    {
        ring.endClaim(offset, commit);
    }

    private boolean write(final String payload)
    {
        final int length = src.putStringWithoutLengthAscii(0, payload);

        return ring.write(TEXT, SESSION_ID, EPOCH, src, 0, length);
    }
}
