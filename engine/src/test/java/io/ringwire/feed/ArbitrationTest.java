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
package io.ringwire.feed;

import io.ringwire.Seed;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import static io.ringwire.feed.FeedFixture.MS;
import static io.ringwire.feed.FeedFixture.NO;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two sessions with the same stream, each with losses of its own.
 */
class ArbitrationTest
{
    private static final ContinuityRule BOOK = ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.STREAM);
    private static final ContinuityRule TRADES = ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.NONE);
    private static final int RUNS = 100;
    private static final int LENGTH = 400;

    private FeedFixture fixture;
    private FeedFixture.Side a;
    private FeedFixture.Side b;

    @Test
    void shouldHandOutTheFirstCopyAndFillGapsFromTheOtherSide()
    {
        use(TRADES);
        a.delta("t", 1);
        b.delta("t", 1);
        a.delta("t", 2);
        a.delta("t", 4);
        a.delta("t", 5);
        b.delta("t", 2);
        b.delta("t", 3);
        b.delta("t", 4);
        assertThat(fixture.log).containsExactly(
            "t SYNCING to LIVE", "LIVE t 1", "LIVE t 2", "LIVE t 3", "LIVE t 4", "LIVE t 5");
        assertThat(fixture.feed.channels().get(0).duplicates()).isEqualTo(3);
    }

    @Test
    void shouldReportAGapThatNoSideHasFilledInTime()
    {
        use(BOOK);
        a.snapshot("k", 1);
        a.delta("k", 3);
        fixture.nowNs += 49 * MS;
        a.delta("k", 4);
        assertThat(fixture.log).endsWith("LIVE k 1");
        fixture.nowNs += MS;
        a.delta("k", 5);
        assertThat(fixture.log).endsWith(
            "gap k 1 3", "k LIVE to STALE", "resync a k", "STALE k 3", "STALE k 4", "STALE k 5");
        b.delta("k", 3);
        b.snapshot("k", 6);
        a.snapshot("k", 6);
        a.delta("k", 7);
        assertThat(fixture.log).endsWith("STALE k 5", "k STALE to LIVE", "LIVE k 6", "LIVE k 7");
    }

    @Test
    void shouldReportAGapAtOnceWhenBothSidesArePastIt()
    {
        use(TRADES);
        a.delta("t", 1);
        b.delta("t", 1);
        a.delta("t", 3);
        b.delta("t", 3);
        assertThat(fixture.log).endsWith("LIVE t 1", "gap t 1 3", "LIVE t 3");
    }

    @Test
    void shouldReportAGapAtOnceWhenTheOtherSideIsLost()
    {
        use(BOOK);
        a.snapshot("k", 1);
        b.snapshot("k", 1);
        a.delta("k", 3);
        b.lose();
        assertThat(fixture.log).endsWith("gap k 1 3", "k LIVE to STALE", "resync a k", "STALE k 3");
    }

    @Test
    void shouldWaitForASideThatIsBehindWhenTheOneAheadIsLost()
    {
        use(TRADES);
        a.delta("t", 1);
        b.delta("t", 1);
        a.delta("t", 4);
        a.lose();
        b.delta("t", 2);
        b.delta("t", 3);
        b.delta("t", 4);
        b.delta("t", 5);
        assertThat(fixture.log).containsExactly(
            "t SYNCING to LIVE", "LIVE t 1", "LIVE t 2", "LIVE t 3", "LIVE t 4", "LIVE t 5");
    }

    @Test
    void shouldTakeASnapshotWithWhichTheVenueBeginsAnew() // Bybit: u == 1 after a restart of the service
    {
        use(BOOK);
        a.snapshot("k", 100);
        b.snapshot("k", 99);
        b.delta("k", 100);
        a.delta("k", 101);
        b.delta("k", 101);
        a.snapshot("k", 1);
        a.delta("k", 2);
        b.snapshot("k", 1);
        b.delta("k", 2);
        a.delta("k", 3);
        b.delta("k", 3);
        assertThat(fixture.log).startsWith(
            "k SYNCING to LIVE", "LIVE k 100", "LIVE k 101", "LIVE k 1", "LIVE k 2").endsWith("LIVE k 2", "LIVE k 3");
    }

    @Test
    void shouldForgetTheNumbersWhenBothSidesWereLost()
    {
        for (final ContinuityRule rule : List.of(
            ContinuityRule.of(GapStrategy.CHECKSUM, SnapshotSource.NONE), TRADES.withIntegrity(IntegrityMode.OFF)))
        {
            use(new FeedPolicy().rules((name) -> rule).dedupeWindow(2));
            a.delta("t", 10);
            a.delta("t", 20);
            a.delta("t", 30);
            a.lose();
            b.lose();
            a.live();
            b.live();
            a.delta("t", 1);
            b.delta("t", 1);
            assertThat(fixture.log).endsWith("LIVE t 30", "t LIVE to STALE", "t STALE to LIVE", "LIVE t 1");
        }
    }

    @Test
    void shouldStayLiveWhileOneSideIsConnected()
    {
        use(BOOK);
        a.snapshot("k", 1);
        b.snapshot("k", 1);
        a.lose();
        b.delta("k", 2);
        a.live();
        a.snapshot("k", 4);
        b.delta("k", 3);
        b.lose();
        a.delta("k", 5);
        a.lose();
        assertThat(fixture.log).containsExactly(
            "k SYNCING to LIVE", "LIVE k 1", "LIVE k 2", "LIVE k 3", "LIVE k 4", "LIVE k 5",
            "k LIVE to STALE");
    }

    @Test
    void shouldGiveTheOldestGapUpWhenTooMuchIsHeld()
    {
        use(new FeedPolicy().rules((name) -> TRADES).maxHeld(3));
        a.delta("t", 1);
        for (int sequence = 3; sequence <= 6; sequence++)
        {
            a.delta("t", sequence);
        }

        assertThat(fixture.log).containsExactly(
            "t SYNCING to LIVE", "LIVE t 1", "gap t 1 3", "LIVE t 3", "LIVE t 4", "LIVE t 5", "LIVE t 6");
    }

    @Test
    void shouldTakeMessagesWithoutANumberFromTheOldestSideOnly()
    {
        use(TRADES);
        b.say(TestDialect.text('d', "t", NO, NO, NO));
        a.say(TestDialect.text('d', "t", NO, NO, NO));
        a.end();
        b.say(TestDialect.text('d', "t", NO, NO, NO));
        assertThat(fixture.log).containsExactly("t SYNCING to LIVE", "LIVE t -", "LIVE t -");
    }

    @Test
    void shouldDoubtABookWithoutNumbersWhenAnotherSideTakesOver()
    {
        use(BOOK);
        a.say(TestDialect.text('s', "k", NO, NO, NO));
        b.say(TestDialect.text('s', "k", NO, NO, NO));
        b.say(TestDialect.text('d', "k", NO, NO, NO)); // thrown away as a copy, and a will not deliver it
        a.snapshot("n", 1);
        a.lose();
        assertThat(fixture.log).endsWith("n SYNCING to LIVE", "LIVE n 1", "k LIVE to STALE", "resync b k");
        b.say(TestDialect.text('s', "k", NO, NO, NO));
        a.live(); // comes back, and is not subscribed to anything yet
        b.say(TestDialect.text('d', "k", NO, NO, NO));
        a.lose();
        assertThat(fixture.log).endsWith("resync b k", "k STALE to LIVE", "LIVE k -", "LIVE k -");
    }

    @Test
    void shouldKnowCopiesByARememberedWindowWhereNumbersHaveHoles()
    {
        use(ContinuityRule.of(GapStrategy.CHECKSUM, SnapshotSource.NONE));
        a.delta("t", 10);
        a.delta("t", 30);
        b.delta("t", 10);
        b.delta("t", 20);
        b.delta("t", 30);
        a.delta("t", 40);
        assertThat(fixture.log).containsExactly(
            "t SYNCING to LIVE", "LIVE t 10", "LIVE t 30", "LIVE t 20", "LIVE t 40");
    }

    /**
     * FT14: what at least one side has delivered is handed out exactly once and in order, and what none has is reported
     * exactly once.
     */
    @Test
    void shouldMakeTheCompleteStreamOfTwoWithRandomLosses()
    {
        final SplittableRandom random = Seed.random(ArbitrationTest.class);
        for (int run = 0; run < RUNS; run++)
        {
            final boolean chained = random.nextBoolean();
            use(ContinuityRule.of(chained ? GapStrategy.CHAIN : GapStrategy.ARITHMETIC, SnapshotSource.NONE));
            final double lossA = random.nextDouble() * 0.3;
            final double lossB = random.nextDouble() * 0.3;
            final boolean overlapping = random.nextBoolean();
            play(random, chained, lossA, lossB, overlapping);
        }
    }

    private void play(
        final SplittableRandom random,
        final boolean chained,
        final double lossA,
        final double lossB,
        final boolean overlapping)
    {
        final long[] sequences = new long[LENGTH];
        for (int i = 0; i < LENGTH; i++)
        {
            sequences[i] = i == 0 ? 1 : sequences[i - 1] + (chained ? 1 + random.nextInt(5) : 1);
        }

        final boolean[][] lost = new boolean[2][LENGTH];
        for (int i = 1; i < LENGTH - 1; i++)
        {
            lost[0][i] = random.nextDouble() < lossA;
            lost[1][i] = random.nextDouble() < lossB && (overlapping || !lost[0][i]);
        }

        final int[] position = new int[2];
        while (position[0] < LENGTH || position[1] < LENGTH)
        {
            final int side = position[0] == LENGTH || position[1] < LENGTH && random.nextBoolean() ? 1 : 0;
            final int i = position[side]++;
            if (!lost[side][i])
            {
                fixture.nowNs += 1_000; // the run is shorter than the hold
                (side == 0 ? a : b).chain("t", i == 0 ? 0 : sequences[i - 1], sequences[i]);
            }
        }

        expect(sequences, lost);
    }

    private void expect(final long[] sequences, final boolean[][] lost)
    {
        final List<String> expected = new ArrayList<>(List.of("t SYNCING to LIVE"));
        long last = 0;
        boolean gap = false;
        for (int i = 0; i < LENGTH; i++)
        {
            if (lost[0][i] && lost[1][i])
            {
                gap = true;
                continue;
            }

            if (gap)
            {
                expected.add("gap t " + last + " " + sequences[i]);
                gap = false;
            }

            last = sequences[i];
            expected.add("LIVE t " + last);
        }

        assertThat(fixture.log).isEqualTo(expected);
        assertThat(fixture.errors).isEmpty();
    }

    @Test
    void shouldRememberTheLastNumbersAsASetDoes()
    {
        final SplittableRandom random = Seed.random(RecentSequences.class);
        for (int run = 0; run < 100; run++)
        {
            final int length = 1 + random.nextInt(64);
            final RecentSequences recent = new RecentSequences(length);
            final Set<Long> handedOut = new HashSet<>();
            for (int i = 0; i < 1_000; i++)
            {
                final long sequence = i + random.nextInt(2 * length);
                final boolean fresh = recent.add(sequence);
                assertThat(fresh && !handedOut.add(sequence)).as("run %d: %d twice", run, sequence).isFalse();
                assertThat(fresh || handedOut.contains(sequence) || sequence < i + length)
                    .as("run %d: %d is new and near", run, sequence).isTrue();
            }
        }
    }

    private void use(final ContinuityRule rule)
    {
        use(new FeedPolicy().rules((name) -> rule));
    }

    private void use(final FeedPolicy policy)
    {
        fixture = new FeedFixture(policy);
        a = fixture.side("a").live();
        b = fixture.side("b").live();
    }
}
