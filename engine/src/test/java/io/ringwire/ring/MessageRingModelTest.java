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

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Random operations on a ring and on a model of it: a queue of byte arrays for each consumer, and for every byte of the
 * arena how many consumers still need it. The model does not know how the ring finds room: it knows what must not be
 * overwritten, and when room must be found.
 */
class MessageRingModelTest
{
    private static final int OPERATIONS = 100_000;
    private static final int PHASE_LENGTH = 500;
    private static final Map<Seen, Integer> SEEN = new EnumMap<>(Seen.class);

    private enum Seen
    {
        RING_FULL, ARENA_FULL, BEGIN_REFUSED, EXTEND_REFUSED, WRAPPED, RELOCATED, EMPTY_MESSAGE, LONGEST_MESSAGE, EVENT
    }

    @RepeatedTest(16)
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldAgreeWithTheModel()
    {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("MessageRingModelTest -Dseed=" + seed);
        SEEN.clear();

        final Random random = new Random(seed);
        for (final int descriptorCount : new int[]{ 1, 2, 8, 64 })
        {
            for (final int arenaLength : new int[]{ 16, 64, 512, 4096 })
            {
                try (Run run = new Run(random, descriptorCount, arenaLength, 1 + random.nextInt(2)))
                {
                    for (int i = 0; i < OPERATIONS / 16; i++)
                    {
                        run.step(i);
                    }

                    run.finish();
                }
                catch (final AssertionError | RuntimeException ex)
                {
                    throw new AssertionError(
                        "seed=" + seed + " descriptors=" + descriptorCount + " arena=" + arenaLength, ex);
                }
            }
        }

        assertThat(SEEN).as("what came about").containsOnlyKeys(Seen.values());
    }

    private static final class Entry
    {
        final byte[] bytes;
        final Object event;
        final int offset;
        final int tag;
        int holders;

        Entry(final byte[] bytes, final Object event, final int offset, final int tag, final int holders)
        {
            this.bytes = bytes;
            this.event = event;
            this.offset = offset;
            this.tag = tag;
            this.holders = holders;
        }
    }

    private static final class Reader
    {
        final RingConsumer consumer;
        final ArrayDeque<Entry> held = new ArrayDeque<>();

        Reader(final RingConsumer consumer)
        {
            this.consumer = consumer;
        }
    }

    private static final class Run implements AutoCloseable
    {
        private final Random random;
        private final MessageRing ring;
        private final int arenaLength;
        private final Reader[] readers;
        private final int[] needed;
        private final ArrayDeque<Entry> live = new ArrayDeque<>();
        private final UnsafeBuffer src;
        private int neededBytes;
        private int nextOffset;
        private long committed;
        private long published;
        private byte[] open;
        private int openOffset;
        private int filled;
        private int readChance;

        Run(final Random random, final int descriptorCount, final int arenaLength, final int consumers)
        {
            this.random = random;
            this.arenaLength = arenaLength;
            ring = new MessageRing(descriptorCount, arenaLength);
            readers = new Reader[consumers];
            Arrays.setAll(readers, (i) -> new Reader(ring.addConsumer()));
            needed = new int[arenaLength];
            src = new UnsafeBuffer(new byte[arenaLength]);
        }

        void step(final int operation)
        {
            if (operation % PHASE_LENGTH == 0)
            {
                readChance = 5 + random.nextInt(80);
            }

            if (random.nextInt(100) < readChance)
            {
                read(readers[Math.min(readers.length - 1, random.nextInt(3))]);
            }
            else if (random.nextInt(4) == 0)
            {
                publish();
            }
            else if (null == open)
            {
                openOrOffer();
            }
            else
            {
                workOnClaim();
            }
        }

        void finish()
        {
            if (null != open)
            {
                ring.abort();
                open = null;
            }

            publish();
            for (final Reader reader : readers)
            {
                while (!reader.held.isEmpty())
                {
                    release(reader, 1);
                }
            }

            assertThat(ring.occupancy()).isZero();
            assertThat(live).isEmpty();
            assertThat(ring.begin(ring.maxMessageLength())).isTrue();
            ring.abort();
        }

        @Override
        public void close()
        {
            ring.close();
        }

        private void openOrOffer()
        {
            final boolean full = live.size() == ring.capacity();
            if (full)
            {
                seen(Seen.RING_FULL);
            }

            if (random.nextInt(10) == 0)
            {
                final Object event = new Object();
                assertThat(ring.offerEvent(event, tag(), tag() * 3L)).isEqualTo(!full);
                if (!full)
                {
                    seen(Seen.EVENT);
                    committed(new byte[0], event, nextOffset);
                }

                return;
            }

            final int length = length(ring.maxMessageLength());
            final boolean begun = ring.begin(length);
            checkVerdict(begun, full, length, Seen.BEGIN_REFUSED);
            if (begun)
            {
                open = new byte[length];
                openOffset = ring.claimOffset();
                filled = 0;
                checkClaimIsFree();
            }
        }

        private void workOnClaim()
        {
            final int choice = random.nextInt(16);
            if (choice == 0)
            {
                ring.abort();
                open = null;
            }
            else if (choice < 4)
            {
                extend(length(ring.maxMessageLength() - open.length));
            }
            else if (choice < 10)
            {
                append(random.nextInt(open.length - filled + 1));
            }
            else
            {
                append(random.nextInt(8) == 0 ? 0 : open.length - filled);
                final int tag = tag();
                ring.commit(tag & 0xF, tag, tag * 3L);
                final byte[] bytes = Arrays.copyOf(open, filled);
                open = null;
                seenLength(bytes.length);
                committed(bytes, null, openOffset);
            }
        }

        private void extend(final int length)
        {
            final boolean extended = ring.extend(length);
            checkVerdict(extended, false, open.length + length, Seen.EXTEND_REFUSED);
            final int offset = ring.claimOffset();
            if (extended)
            {
                open = Arrays.copyOf(open, open.length + length);
                if (offset != openOffset)
                {
                    seen(Seen.RELOCATED);
                    assertThat(offset).isZero();
                }

                openOffset = offset;
                checkClaimIsFree();
            }

            assertThat(offset).isEqualTo(openOffset);
            for (int i = 0; i < filled; i++)
            {
                if (ring.buffer().getByte(openOffset + i) != open[i])
                {
                    fail("the open claim lost byte " + i);
                }
            }
        }

        private void append(final int length)
        {
            random.nextBytes(src.byteArray());
            src.getBytes(0, open, filled, length);
            ring.append(src, 0, length);
            filled += length;
        }

        private void committed(final byte[] bytes, final Object event, final int offset)
        {
            final Entry entry = new Entry(bytes, event, offset, tag(), readers.length);
            live.add(entry);
            need(entry, 1);
            committed++;
            for (final Reader reader : readers)
            {
                reader.held.add(entry);
            }

            if (null == event)
            {
                if (offset < nextOffset)
                {
                    seen(Seen.WRAPPED);
                }

                nextOffset = offset + BitUtil.align(bytes.length, 8) & (arenaLength - 1);
            }
        }

        private void publish()
        {
            assertThat(ring.hasUnpublished()).isEqualTo(committed != published);
            assertThat(ring.publish(0)).isEqualTo(committed != published);
            published = committed;
        }

        private void read(final Reader reader)
        {
            final long next = reader.consumer.next();
            final long available = reader.consumer.available();
            assertThat(available).isEqualTo(published - 1);

            long sequence = next;
            for (final Entry entry : reader.held)
            {
                if (sequence > available)
                {
                    break;
                }

                check(reader, sequence++, entry);
            }

            final int count = (int)(sequence - next);
            if (count > 0)
            {
                release(reader, random.nextInt(3) == 0 ? count : random.nextInt(count + 1));
            }
        }

        private void release(final Reader reader, final int count)
        {
            reader.consumer.release(reader.consumer.next() + count - 1);
            for (int i = 0; i < count; i++)
            {
                final Entry entry = reader.held.remove();
                if (--entry.holders == 0)
                {
                    assertThat(live.remove()).isSameAs(entry);
                    need(entry, -1);
                }
            }

            assertThat(ring.occupancy()).isEqualTo(live.size() - (int)(committed - published));
        }

        private void check(final Reader reader, final long sequence, final Entry entry)
        {
            final MessageDescriptor descriptor = reader.consumer.descriptor(sequence);
            final byte[] bytes = new byte[descriptor.length()];
            reader.consumer.buffer().getBytes(descriptor.offset(), bytes);
            if (!Arrays.equals(bytes, entry.bytes) ||
                descriptor.event() != entry.event ||
                descriptor.epoch() != entry.tag ||
                descriptor.receiveTimeNs() != entry.tag * 3L ||
                descriptor.opcode() != (null == entry.event ? entry.tag & 0xF : 0))
            {
                fail("sequence " + sequence + " is not what was committed");
            }
        }

        private void checkVerdict(final boolean granted, final boolean ringFull, final int length, final Seen refusal)
        {
            if (ringFull)
            {
                assertThat(granted).as("begin in a full ring").isFalse();
            }
            else if (granted)
            {
                if (neededBytes == arenaLength)
                {
                    assertThat(length).as("length granted in a full arena").isZero();
                }
            }
            else
            {
                seen(refusal);
                if (neededBytes == arenaLength)
                {
                    seen(Seen.ARENA_FULL);
                }

                assertThat(live).as("messages in the way of " + length + " bytes").isNotEmpty();
                assertThat(freeAfterTail()).as("bytes free when " + length + " were refused").isLessThan(2 * length);
            }
        }

        /**
         * From where the newest message ends, round to where the oldest starts. Twice the length always fits into it,
         * whatever has to be skipped at the end of the arena.
         */
        private int freeAfterTail()
        {
            return neededBytes == 0 ? arenaLength : (live.element().offset - nextOffset) & (arenaLength - 1);
        }

        private void checkClaimIsFree()
        {
            assertThat(openOffset % 8).isZero();
            assertThat(openOffset + open.length).isLessThanOrEqualTo(arenaLength);
            for (int i = 0; i < open.length; i++)
            {
                if (needed[openOffset + i] != 0)
                {
                    fail("claimed byte " + (openOffset + i) + " is still needed");
                }
            }
        }

        private void need(final Entry entry, final int delta)
        {
            for (int i = 0, length = BitUtil.align(entry.bytes.length, 8); i < length; i++)
            {
                needed[entry.offset + i] += delta;
                neededBytes += delta;
            }
        }

        private int length(final int max)
        {
            final int choice = random.nextInt(12);
            return choice == 0 ? 0 : choice == 1 ? max : random.nextInt((choice < 8 ? max / 4 : max) + 1);
        }

        private int tag()
        {
            return (int)committed + 1;
        }

        private void seenLength(final int length)
        {
            if (length == 0)
            {
                seen(Seen.EMPTY_MESSAGE);
            }
            else if (length == ring.maxMessageLength())
            {
                seen(Seen.LONGEST_MESSAGE);
            }
        }

        private static void seen(final Seen what)
        {
            SEEN.merge(what, 1, Integer::sum);
        }
    }
}
