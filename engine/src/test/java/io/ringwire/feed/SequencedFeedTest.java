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

import io.ringwire.config.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import static io.ringwire.feed.FeedFixture.MS;
import static io.ringwire.feed.FeedFixture.NO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SequencedFeedTest
{
    private static final ContinuityRule BOOK = ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.STREAM);
    private static final ContinuityRule TRADES = ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.NONE);

    private FeedFixture fixture;
    private FeedFixture.Side side;

    @Test
    void shouldGoFromSyncingToLiveToStaleAndBack()
    {
        use(BOOK);
        side.snapshot("b", 10);
        side.delta("b", 11);
        side.delta("b", 13);
        side.delta("b", 14);
        side.snapshot("b", 20);
        side.delta("b", 21);
        assertThat(fixture.log).containsExactly(
            "b SYNCING to LIVE", "LIVE b 10", "LIVE b 11", "gap b 11 13", "b LIVE to STALE", "resync a b",
            "STALE b 13", "STALE b 14", "b STALE to LIVE", "LIVE b 20", "LIVE b 21");
    }

    @Test
    void shouldFlagWhatComesBeforeTheFirstSnapshot() // FT12
    {
        use(BOOK);
        side.delta("b", 9);
        side.delta("b", 10);
        side.snapshot("b", 10);
        side.delta("b", 10);
        side.delta("b", 11);
        assertThat(fixture.log).containsExactly(
            "SYNCING b 9", "SYNCING b 10", "b SYNCING to LIVE", "LIVE b 10", "LIVE b 11");
        assertThat(fixture.feed.channels().get(0).duplicates()).isOne();
    }

    @Test
    void shouldHoldWhatComesBeforeTheFirstSnapshotIfToldTo() // FT12
    {
        use(BOOK.withHolds(true));
        for (int sequence = 8; sequence < 13; sequence++)
        {
            side.delta("b", sequence);
        }

        assertThat(fixture.log).isEmpty();
        side.snapshot("b", 10);
        assertThat(fixture.log).containsExactly("b SYNCING to LIVE", "LIVE b 10", "LIVE b 11", "LIVE b 12");
    }

    @Test
    void shouldAskForASnapshotAndFollowItWithWhatWasHeldMeanwhile()
    {
        use(ContinuityRule.of(GapStrategy.RANGE, SnapshotSource.REQUEST));
        side.range("b", 5, 8);
        side.range("b", 9, 12);
        side.range("b", 13, 13);
        assertThat(fixture.log).containsExactly("resync a b");
        fixture.feed.snapshotLoaded(fixture.feed.channels().get(0), 10);
        side.range("b", 14, 17);
        assertThat(fixture.log).containsExactly(
            "resync a b", "b SYNCING to LIVE", "LIVE b 12", "LIVE b 13", "LIVE b 17");
    }

    @Test
    void shouldNotBeLiveByASnapshotThatComesWhenTheConnectionIsLost()
    {
        use(ContinuityRule.of(GapStrategy.RANGE, SnapshotSource.REQUEST));
        side.range("b", 5, 8);
        side.lose();
        fixture.feed.snapshotLoaded(fixture.feed.channels().get(0), 10);
        assertThat(fixture.feed.channels().get(0).state()).isEqualTo(FeedState.SYNCING);
        side.live();
        fixture.nowNs += 5_000 * MS;
        side.range("b", 50, 51);
        assertThat(fixture.log).containsExactly("resync a b", "resync a b");
    }

    @Test
    void shouldTakeASnapshotThatIsAtHandWhenItAsksForIt()
    {
        use(new FeedPolicy().rules((name) -> ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.REQUEST)));
        fixture.onResync = (channel) -> fixture.feed.snapshotLoaded(channel, channel.messages() * 10);
        final FeedFixture.Side other = fixture.side("other").live();
        side.delta("b", 9);
        side.delta("b", 11);
        fixture.nowNs += 5_000 * MS;
        side.delta("b", 13);
        fixture.nowNs += 50 * MS;
        fixture.feed.poll(fixture.nowNs);
        assertThat(fixture.errors).isEmpty();
        assertThat(fixture.log).containsExactly(
            "resync a b", "b SYNCING to LIVE", "LIVE b 11",
            "gap b 11 13", "b LIVE to STALE", "resync a b", "b STALE to LIVE");
        other.end();
        side.delta("b", 31);
        fixture.nowNs += 5_000 * MS;
        side.delta("b", 40);
        assertThat(fixture.log.subList(7, fixture.log.size())).containsExactly(
            "LIVE b 31", "gap b 31 40", "b LIVE to STALE", "resync a b", "b STALE to LIVE");
    }

    @Test
    void shouldThrowTheOldestAwayWhenTooMuchIsHeld()
    {
        use(new FeedPolicy().rules((name) -> BOOK.withHolds(true)).maxHeld(3));
        for (int sequence = 1; sequence <= 5; sequence++)
        {
            side.delta("b", sequence);
        }

        side.snapshot("b", 3);
        assertThat(fixture.log).containsExactly("b SYNCING to LIVE", "LIVE b 3", "LIVE b 4", "LIVE b 5");
        assertThat(fixture.feed.channels().get(0).discarded()).isEqualTo(2);
    }

    @Test
    void shouldFollowAChainOfIdentities()
    {
        use(ContinuityRule.of(GapStrategy.CHAIN, SnapshotSource.STREAM));
        side.snapshot("b", 100);
        side.chain("b", 100, 107);
        side.chain("b", 107, 120);
        side.chain("b", 121, 130);
        assertThat(fixture.log).containsExactly(
            "b SYNCING to LIVE", "LIVE b 100", "LIVE b 107", "LIVE b 120",
            "gap b 120 130", "b LIVE to STALE", "resync a b", "STALE b 130");
    }

    @Test
    void shouldLetTheFirstOfAChainCoverTheSnapshot()
    {
        use(ContinuityRule.of(GapStrategy.CHAIN, SnapshotSource.STREAM));
        side.snapshot("b", 100);
        side.say(TestDialect.text('d', "b", 105, 98, 97));
        side.say(TestDialect.text('d', "b", 109, 106, 105));
        side.say(TestDialect.text('d', "b", 112, 110, 104));
        assertThat(fixture.log).startsWith(
            "b SYNCING to LIVE", "LIVE b 100", "LIVE b 105", "LIVE b 109", "gap b 109 112");
    }

    @Test
    void shouldFollowRanges()
    {
        use(ContinuityRule.of(GapStrategy.RANGE, SnapshotSource.STREAM));
        side.snapshot("b", 100);
        side.range("b", 95, 103);
        side.range("b", 104, 104);
        side.range("b", 106, 110);
        assertThat(fixture.log).startsWith(
            "b SYNCING to LIVE", "LIVE b 100", "LIVE b 103", "LIVE b 104", "gap b 104 110", "b LIVE to STALE");
    }

    @Test
    void shouldFlagAChecksumThatDoesNotMatchAndNotEndTheStream() // OKX began to send 0
    {
        use(checksums(IntegrityMode.FLAG));
        side.say(TestDialect.text('s', "b", NO, NO, NO));
        side.say(TestDialect.text('d', "b", NO, NO, NO));
        side.say(TestDialect.text('s', "b", NO, NO, NO));
        assertThat(fixture.log).containsExactly(
            "b SYNCING to LIVE", "LIVE b -", "b LIVE to STALE", "resync a b", "STALE b -",
            "b STALE to LIVE", "LIVE b -", "b LIVE to STALE");
        assertThat(fixture.feed.channels().get(0).checksumErrors()).isEqualTo(2);
        assertThat(side.fake.closed).isNull();
    }

    @Test
    void shouldNotLookAtAChecksumThatIsOff()
    {
        use(checksums(IntegrityMode.OFF));
        side.say(TestDialect.text('s', "b", NO, NO, NO));
        side.say(TestDialect.text('d', "b", NO, NO, NO));
        assertThat(fixture.log).containsExactly("b SYNCING to LIVE", "LIVE b -", "LIVE b -");
    }

    @Test
    void shouldCloseTheSessionWhenABreakIsFatal()
    {
        use(BOOK.withIntegrity(IntegrityMode.FATAL));
        side.snapshot("b", 10);
        side.delta("b", 12);
        assertThat(side.fake.closed).startsWith("1000");
        assertThat(fixture.log).endsWith("gap b 10 12", "b LIVE to STALE", "STALE b 12");
    }

    @Test
    void shouldNotAskForANewStartWithEachBadMessageThatWaits() // V8: a storm of resubscribes
    {
        use(BOOK);
        side.snapshot("b", 1);
        for (int i = 0; i < 1_000; i++)
        {
            fixture.nowNs += MS;
            side.delta("b", 10 + 2 * i);
        }

        assertThat(resyncs()).isOne();
        for (int i = 0; i < 10_000; i++)
        {
            fixture.nowNs += MS;
            side.snapshot("b", 10_000 + 10 * i);
            side.delta("b", 10_000 + 10 * i + 5);
        }

        assertThat(resyncs()).isEqualTo(3);
    }

    @Test
    void shouldAskAgainWhenNoSnapshotComes()
    {
        use(BOOK);
        side.snapshot("b", 1);
        side.delta("b", 3);
        side.delta("c", 3);
        fixture.nowNs += 5_000 * MS;
        fixture.feed.poll(fixture.nowNs - 1);
        assertThat(resyncs()).isOne();
        fixture.feed.poll(fixture.nowNs);
        assertThat(fixture.log).endsWith("resync a b", "resync a c");
        fixture.feed.poll(fixture.nowNs + 4_999 * MS);
        assertThat(resyncs()).isEqualTo(3);
    }

    @Test
    void shouldMarkEverythingStaleWhenTheConnectionIsLost() // FT13
    {
        use(BOOK);
        side.snapshot("b", 1);
        side.snapshot("c", 7);
        side.delta("d", 7);
        side.lose();
        side.live();
        side.delta("b", 2);
        side.snapshot("b", 1);
        assertThat(fixture.log.subList(5, 10)).containsExactly(
            "b LIVE to STALE", "c LIVE to STALE", "STALE b 2", "b STALE to LIVE", "LIVE b 1");
    }

    @Test
    void shouldReportWhatIsMissingInAStreamWithoutSnapshotsAndGoOn()
    {
        use(TRADES);
        side.delta("t", 5);
        side.delta("t", 8);
        side.lose();
        side.live();
        side.delta("t", 10);
        assertThat(fixture.log).containsExactly(
            "t SYNCING to LIVE", "LIVE t 5", "gap t 5 8", "LIVE t 8", "t LIVE to STALE",
            "gap t 8 10", "t STALE to LIVE", "LIVE t 10");
    }

    @Test
    void shouldSeeThatNumbersWentBack()
    {
        use(BOOK);
        side.snapshot("b", 100);
        side.delta("b", 101);
        side.delta("b", 102);
        side.delta("b", 102);
        side.delta("b", 1);
        assertThat(fixture.log).endsWith("gap b 102 1", "b LIVE to STALE", "resync a b", "STALE b 1");
        assertThat(fixture.feed.channels().get(0).duplicates()).isOne();
    }

    @Test
    void shouldSeeThatNumbersWentBackWhileNothingWasConnected()
    {
        use(TRADES);
        side.delta("t", 100);
        side.delta("t", 101);
        side.lose();
        side.live();
        side.delta("t", 1);
        side.delta("t", 2);
        assertThat(fixture.log).endsWith(
            "LIVE t 101", "t LIVE to STALE", "gap t 101 1", "t STALE to LIVE", "LIVE t 1", "LIVE t 2");
        side.lose();
        side.live();
        side.delta("t", 2);
        side.delta("t", 3);
        assertThat(fixture.log).endsWith("LIVE t 2", "t LIVE to STALE", "t STALE to LIVE", "LIVE t 3");
        assertThat(fixture.feed.channels().get(0).duplicates()).isOne();
    }

    @Test
    void shouldMarkAllChannelsStaleThatShareTheNumbers()
    {
        use(new FeedPolicy().rules((name) -> BOOK).scope(SequenceScope.CONNECTION));
        side.snapshot("b", 1);
        side.snapshot("c", 2);
        side.delta("b", 3);
        side.delta("b", 5);
        assertThat(fixture.log.subList(5, fixture.log.size())).containsExactly(
            "gap b 3 5", "b LIVE to STALE", "resync a b", "c LIVE to STALE", "resync a c", "STALE b 5");
        side.lose();
        side.live();
        side.snapshot("b", 1);
        assertThat(fixture.log).endsWith("b STALE to LIVE", "LIVE b 1");
        assertThatThrownBy(() -> fixture.side("b")).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("cannot be compared");
    }

    @Test
    void shouldShareNumbersAmongTheChannelsOfASymbol()
    {
        use(new FeedPolicy().rules((name) -> TRADES).scope(SequenceScope.SYMBOL)
            .symbolFinder((buffer, offset, length, verdict) ->
                buffer.getStringWithoutLengthAscii(verdict.channelOffset(), 1)));
        side.delta("x.trades", 1);
        side.delta("y.trades", 1);
        side.delta("x.ticks", 2);
        side.delta("x.trades", 4);
        assertThat(fixture.log).contains("gap x.trades 2 4").noneMatch((entry) -> entry.startsWith("gap y"));
    }

    @Test
    @DisplayName("W23: what is of no channel is not discarded in silence")
    void shouldGiveAllElseToTheHandlerOfTheOthers()
    {
        use(new FeedPolicy().rules((name) -> TRADES).maxChannels(1));
        side.say("o hello");
        side.delta("b", 1);
        side.delta("c", 1);
        assertThat(fixture.log).containsExactly("other o hello", "b SYNCING to LIVE", "LIVE b 1", "other d c 1 - - ");
        assertThat(fixture.feed.unjudged()).isOne();
        assertThatThrownBy(() -> new SequencedFeed(new FeedPolicy(), fixture, null))
            .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldRefuseASecondThread() throws InterruptedException
    {
        use(TRADES);
        side.delta("t", 1);
        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> side.delta("t", 2)).get())
            .isInstanceOf(ExecutionException.class).hasMessageContaining("the same handlerThread");
    }

    private void use(final ContinuityRule rule)
    {
        use(new FeedPolicy().rules((name) -> rule));
    }

    private void use(final FeedPolicy policy)
    {
        fixture = new FeedFixture(policy);
        side = fixture.side("a").live();
    }

    private long resyncs()
    {
        return fixture.log.stream().filter((entry) -> entry.startsWith("resync")).count();
    }

    private static ContinuityRule checksums(final IntegrityMode integrity)
    {
        return ContinuityRule.of(GapStrategy.CHECKSUM, SnapshotSource.STREAM)
            .withIntegrity(integrity).withChecksum((channel, buffer, offset, length) -> false);
    }
}
