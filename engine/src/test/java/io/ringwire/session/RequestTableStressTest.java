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

import io.ringwire.Seed;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RequestTableStressTest
{
    private static final int SENDERS = 3;
    private static final int REQUESTS = 20_000;
    private static final int RACES = 20_000;
    private static final int IDS = 20;
    private static final int CAPACITY = 16;
    private static final int INTEGER = Verdict.NO_TEXT_ID;

    private static final List<Key> KEYS = keys();

    private final RequestTable table = new RequestTable(CAPACITY);
    private final AtomicLong nowNs = new AtomicLong();
    private volatile int epoch = 1;
    private final AtomicInteger cancels = new AtomicInteger();
    private volatile boolean sent;
    private Key replied; // owner: the ending thread

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldEndEveryAcceptedRequestExactlyOnce(final boolean closesEarly) throws Exception
    {
        final SplittableRandom random = Seed.random(getClass());
        final ExecutorService executor = Executors.newFixedThreadPool(SENDERS + 1);
        try
        {
            final Future<Void> ending = executor.submit(ending(random.split(), closesEarly));
            final List<Future<List<Probe>>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++)
            {
                senders.add(executor.submit(sender(random.split())));
            }

            final List<Probe> probes = new ArrayList<>();
            for (final Future<List<Probe>> sender : senders)
            {
                probes.addAll(sender.get());
            }

            sent = true;
            ending.get();
            assertThat(probes).hasSizeGreaterThan(1000).allMatch(Probe::isRight);
            assertThat(probes.stream().filter((probe) -> probe.outcome == ReplyOutcome.CANCELLED).count())
                .as("ended as cancelled").isEqualTo(cancels.get());
            assertThat(table.inFlight()).isZero();
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldNotLoseAReplyThatRacesWithTheConfirmation() throws Exception
    {
        final AtomicLong ended = new AtomicLong();
        final RequestTable.Ending ignored = (id, outcome, startNs, handler) -> {};
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        try
        {
            final Future<Integer> lost = executor.submit(() ->
            {
                int count = 0;
                for (long id = 0; id < RACES; id++)
                {
                    while (!table.contains(id, null, 0, INTEGER)) // ends when the sender registers it
                    {
                        Thread.onSpinWait();
                    }

                    count += table.reply(id, null, 0, INTEGER, ReplyOutcome.REPLY, ignored) ? 0 : 1;
                    ended.set(id + 1);
                }

                return count;
            });
            for (long id = 0; id < RACES; id++)
            {
                table.confirm(
                    table.register(id, null, 0, INTEGER, 1, 0, Long.MAX_VALUE, new Probe(KEYS.get(0))));
                while (ended.get() == id && !lost.isDone()) // ends when the other thread has tried
                {
                    Thread.onSpinWait();
                }
            }

            assertThat(lost.get()).as("replies not matched").isZero();
            assertThat(table.inFlight()).isZero();
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    private Callable<List<Probe>> sender(final SplittableRandom random)
    {
        return () ->
        {
            final List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++)
            {
                final Key key = KEYS.get(random.nextInt(KEYS.size()));
                final Probe probe = new Probe(key);
                final long token = table.register(
                    key.id, key.text, 0, key.length, epoch, nowNs.get(), random.nextInt(1, 1000), probe);
                if (token < 0)
                {
                    Thread.yield();
                    continue;
                }

                probes.add(probe);
                if (random.nextInt(10) > 0 || !table.withdraw(token))
                {
                    final ReplyOutcome outcome = table.confirm(token);
                    if (outcome != null)
                    {
                        probe.end(outcome);
                    }
                }
                else
                {
                    probe.withdrawn = true;
                }

                final Key other = KEYS.get(random.nextInt(KEYS.size()));
                if (random.nextInt(4) == 0 && table.cancel(other.id, other.text, 0, other.length, null))
                {
                    cancels.incrementAndGet();
                }
            }

            return probes;
        };
    }

    private Callable<Void> ending(final SplittableRandom random, final boolean closesEarly)
    {
        return () ->
        {
            for (int i = 0; !sent && !(closesEarly && i == REQUESTS); i++)
            {
                final int choice = random.nextInt(100);
                if (choice == 0)
                {
                    final int lost = epoch;
                    epoch = lost + 1;
                    table.onConnectionLost(lost, nowNs.get(), this::onEnd);
                }
                else if (choice < 20)
                {
                    table.sweep(nowNs.addAndGet(100), this::onEnd);
                }
                else
                {
                    replied = KEYS.get(random.nextInt(KEYS.size()));
                    table.reply(replied.id, replied.text, 0, replied.length, ReplyOutcome.REPLY, this::onEnd);
                }
            }

            table.close(nowNs.get(), this::onEnd);
            return null;
        };
    }

    private void onEnd(final long id, final ReplyOutcome outcome, final long startNs, final ReplyHandler handler)
    {
        final Probe probe = (Probe)handler;
        probe.isMixedUp |= id != probe.key.id || outcome == ReplyOutcome.REPLY && replied != probe.key;
        probe.end(outcome);
    }

    /**
     * Integers, the same as strings, and long strings that differ in their last byte.
     */
    private static List<Key> keys()
    {
        final List<Key> keys = new ArrayList<>();
        for (int id = 0; id < IDS; id++)
        {
            final byte[] digits = Integer.toString(id).getBytes(StandardCharsets.US_ASCII);
            final byte[] longest = new byte[RequestKeys.MAX_TEXT_LENGTH];
            longest[longest.length - 1] = (byte)id;
            keys.add(new Key(id, null, INTEGER));
            keys.add(new Key(id, new UnsafeBuffer(digits), digits.length));
            keys.add(new Key(id, new UnsafeBuffer(longest), longest.length));
        }

        return keys;
    }

    private record Key(long id, DirectBuffer text, int length)
    {
    }

    private static final class Probe implements ReplyHandler
    {
        private final Key key;
        private final AtomicInteger ends = new AtomicInteger();
        private volatile ReplyOutcome outcome;
        private boolean withdrawn;
        private volatile boolean isMixedUp;

        Probe(final Key key)
        {
            this.key = key;
        }

        void end(final ReplyOutcome outcome)
        {
            this.outcome = outcome;
            ends.incrementAndGet();
        }

        boolean isRight()
        {
            return !isMixedUp && ends.get() == (withdrawn ? 0 : 1);
        }

        @Override
        public void onReply(
            final Session session,
            final long correlationId,
            final ReplyOutcome outcome,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long rttNs)
        {
            throw new AssertionError("the table does not call it");
        }
    }
}
