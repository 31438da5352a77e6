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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MessageRingTest
{
    private static final int DESCRIPTORS = 4;
    private static final int ARENA_LENGTH = 64;
    private static final int OPCODE = 2;
    private static final int EPOCH = 7;

    private final MessageRing ring = new MessageRing(DESCRIPTORS, ARENA_LENGTH);
    private final RingConsumer consumer = ring.addConsumer();
    private final UnsafeBuffer src = new UnsafeBuffer(new byte[ARENA_LENGTH]);
    private long timeNs = 1_000;

    @AfterEach
    void close()
    {
        ring.close();
        ring.close();
    }

    @Test
    void shouldNameTheValueThatIsNotAPowerOfTwo()
    {
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageRing(3, 64)).withMessageContaining("3");
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageRing(0, 64)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageRing(4, 65)).withMessageContaining("65");
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageRing(4, 8)).withMessageContaining("8");
    }

    @Test
    void shouldShowAMessageOnlyOncePublished()
    {
        assertThat(ring.begin(3)).isTrue();
        src.putStringWithoutLengthAscii(0, "abc");
        ring.append(src, 0, 1);
        ring.append(src, 1, 2);
        ring.commit(OPCODE, EPOCH, timeNs);

        assertThat(consumer.available()).isEqualTo(-1);
        assertThat(ring.hasUnpublished()).isTrue();
        assertThat(ring.occupancy()).isZero();

        assertThat(ring.publish(timeNs + 1)).isTrue();
        assertThat(ring.publish(timeNs + 2)).isFalse();
        assertThat(ring.hasUnpublished()).isFalse();
        assertThat(ring.occupancy()).isEqualTo(1);
        assertThat(consumer.available()).isZero();
        assertThat(consumer.next()).isZero();

        final MessageDescriptor descriptor = consumer.descriptor(0);
        assertThat(consumer.buffer().getStringWithoutLengthAscii(descriptor.offset(), descriptor.length()))
            .isEqualTo("abc");
        assertThat(descriptor.opcode()).isEqualTo(OPCODE);
        assertThat(descriptor.epoch()).isEqualTo(EPOCH);
        assertThat(descriptor.receiveTimeNs()).isEqualTo(timeNs);
        assertThat(descriptor.decodedTimeNs()).as("of the first publish").isEqualTo(timeNs + 1);
        assertThat(descriptor.event()).isNull();

        consumer.release(0);
        assertThat(consumer.next()).isEqualTo(1);
        assertThat(ring.occupancy()).isZero();
    }

    @Test
    void shouldRefuseTheMessageAfterTheLastDescriptorUntilOneIsReleased()
    {
        for (int i = 0; i < DESCRIPTORS; i++)
        {
            assertThat(write(0)).isTrue();
        }

        assertThat(write(0)).isFalse();
        assertThat(ring.offerEvent("event", EPOCH, timeNs)).isFalse();
        ring.publish(0);
        assertThat(ring.occupancy()).isEqualTo(ring.capacity());
        consumer.release(0);
        assertThat(ring.offerEvent("event", EPOCH, timeNs)).isTrue();
        assertThat(write(0)).isFalse();
    }

    @Test
    void shouldSayWhetherThereIsRoomWithoutTakingIt()
    {
        while (ring.hasRoom(3))
        {
            assertThat(ring.begin(3)).isTrue();
            ring.commit(OPCODE, EPOCH, timeNs);
        }

        assertThat(ring.begin(3)).isFalse();
        assertThat(ring.hasRoom(0)).isFalse();
        assertThat(ring.offerEvent("event", EPOCH, timeNs)).isFalse();
        ring.publish(timeNs);
        consumer.release(0);
        assertThat(ring.hasRoom(0)).isTrue();
        assertThat(ring.offerEvent("event", EPOCH, timeNs)).isTrue();
    }

    @Test
    void shouldFindRoomUpToTheOldestMessageWhenTheRingIsExactlyFull()
    {
        for (int i = 0; i < DESCRIPTORS; i++)
        {
            assertThat(write(8)).isTrue();
        }

        ring.publish(0);
        consumer.release(0);
        assertThat(write(32)).isTrue();
        assertThat(write(0)).isFalse();
        ring.publish(0);
        assertThat(ring.occupancy()).isEqualTo(DESCRIPTORS);

        consumer.release(1);
        assertThat(write(17)).isFalse();
        assertThat(write(16)).isTrue();
        consumer.release(2);
        assertThat(write(9)).isFalse();
        assertThat(write(8)).isTrue();
    }

    @Test
    void shouldFillTheArenaToTheLastByte()
    {
        assertThat(write(32)).isTrue();
        assertThat(write(32)).isTrue();
        assertThat(write(0)).isTrue();
        assertThat(write(1)).isFalse();
        ring.publish(0);
        consumer.release(0);
        assertThat(write(32)).isTrue();
    }

    @Test
    void shouldMoveAnOpenClaimThatGrowsBeyondTheEndOfTheArena()
    {
        assertThat(write(32)).isTrue();
        assertThat(write(16)).isTrue();
        assertThat(ring.begin(12)).isTrue();
        assertThat(ring.claimOffset()).isEqualTo(48);
        src.putStringWithoutLengthAscii(0, "hello, world");
        ring.append(src, 0, 12);

        assertThat(ring.extend(8)).isFalse();
        assertThat(ring.claimOffset()).isEqualTo(48);
        ring.publish(0);
        consumer.release(0);
        assertThat(ring.extend(8)).isTrue();
        assertThat(ring.claimOffset()).isZero();
        ring.append(src, 0, 8);
        ring.commit(OPCODE, EPOCH, timeNs);
        ring.publish(0);

        final MessageDescriptor descriptor = consumer.descriptor(2);
        assertThat(ring.buffer().getStringWithoutLengthAscii(descriptor.offset(), descriptor.length()))
            .isEqualTo("hello, worldhello, w");
    }

    @Test
    void shouldCarryTheLongestMessageFromAnyPositionOnceAllIsReleased()
    {
        for (int position = 0; position < ARENA_LENGTH; position += 8)
        {
            for (int length = 0; length <= ring.maxMessageLength(); length++)
            {
                try (MessageRing fresh = new MessageRing(DESCRIPTORS, ARENA_LENGTH))
                {
                    final RingConsumer reader = fresh.addConsumer();
                    for (int i = 0; i < position; i += 8)
                    {
                        assertThat(fresh.begin(8)).isTrue();
                        fresh.append(src, 0, 8);
                        fresh.commit(OPCODE, EPOCH, timeNs);
                        fresh.publish(0);
                        reader.release(reader.next());
                    }

                    assertThat(fresh.begin(length)).isTrue();
                    fresh.append(src, 0, length);
                    assertThat(fresh.extend(fresh.maxMessageLength() - length)).isTrue();
                }
            }
        }
    }

    @Test
    void shouldGiveBackWhatWasClaimedAndNotAppended()
    {
        assertThat(ring.begin(32)).isTrue();
        ring.append(src, 0, 5);
        ring.commit(OPCODE, EPOCH, timeNs);
        ring.publish(0);
        assertThat(consumer.descriptor(0).length()).isEqualTo(5);

        assertThat(ring.begin(32)).isTrue();
        assertThat(ring.claimOffset()).isEqualTo(8);
        ring.abort();
        assertThat(ring.begin(0)).isTrue();
        assertThat(ring.claimOffset()).isEqualTo(8);
    }

    @Test
    void shouldCarryEventsInOrderWithMessages()
    {
        assertThat(write(1)).isTrue();
        assertThat(ring.offerEvent("closed", EPOCH, timeNs)).isTrue();
        assertThat(write(1)).isTrue();
        ring.publish(0);

        assertThat(consumer.descriptor(0).event()).isNull();
        assertThat(consumer.descriptor(1).event()).isEqualTo("closed");
        assertThat(consumer.descriptor(1).epoch()).isEqualTo(EPOCH);
        assertThat(consumer.descriptor(1).length()).isZero();
        assertThat(consumer.descriptor(2).event()).isNull();
    }

    @Test
    void shouldForgetEventsThatAreReleased()
    {
        for (int i = 0; i < 3; i++)
        {
            assertThat(ring.offerEvent("event " + i, EPOCH, timeNs)).isTrue();
            ring.publish(0);
        }

        consumer.release(1);
        assertThat(ring.offerEvent("event 3", EPOCH, timeNs)).isTrue();
        assertThat(consumer.descriptor(0).event()).isNull();
        assertThat(consumer.descriptor(1).event()).isNull();
        assertThat(consumer.descriptor(2).event()).isEqualTo("event 2");
        assertThat(consumer.descriptor(3).event()).isEqualTo("event 3");
    }

    @Test
    void shouldWaitForTheSlowestConsumer()
    {
        try (MessageRing shared = new MessageRing(1, ARENA_LENGTH))
        {
            final RingConsumer fast = shared.addConsumer();
            final RingConsumer slow = shared.addConsumer();
            assertThat(shared.offerEvent("first", EPOCH, timeNs)).isTrue();
            shared.publish(0);
            fast.release(0);
            assertThat(shared.occupancy()).isEqualTo(1);
            assertThat(shared.offerEvent("second", EPOCH, timeNs)).isFalse();
            slow.release(0);
            assertThat(shared.offerEvent("second", EPOCH, timeNs)).isTrue();
        }
    }

    @Test
    void shouldRejectCallsOutOfOrder()
    {
        assertThatIllegalStateException().isThrownBy(() -> ring.extend(1));
        assertThatIllegalStateException().isThrownBy(() -> ring.append(src, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> ring.commit(OPCODE, EPOCH, timeNs));
        assertThatIllegalStateException().isThrownBy(ring::abort);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.begin(ring.maxMessageLength() + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.begin(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.offerEvent(null, EPOCH, timeNs));

        assertThat(ring.begin(4)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> ring.begin(1));
        assertThatIllegalStateException().isThrownBy(() -> ring.offerEvent("event", EPOCH, timeNs));
        assertThatIllegalStateException().isThrownBy(ring::addConsumer);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.append(src, 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.extend(ring.maxMessageLength()));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.extend(Integer.MAX_VALUE));
    }

    private boolean write(final int length)
    {
        if (!ring.begin(length))
        {
            return false;
        }

        ring.append(src, 0, length);
        ring.commit(OPCODE, EPOCH, timeNs++);

        return true;
    }
}
