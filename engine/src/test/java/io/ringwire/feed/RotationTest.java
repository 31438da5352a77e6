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
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.pool.FakeSession;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

import static io.ringwire.feed.FeedFixture.MS;
import static io.ringwire.feed.FeedFixture.NO;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that come and go, each with a lag of its own.
 */
class RotationTest
{
    private static final int RUNS = 20;
    private static final int STEPS = 2_000;
    private static final long HOUR_MS = 3_600_000;

    private final RotationPolicy policy = new RotationPolicy();
    private final List<Connection> connections = new ArrayList<>();
    private FeedFixture fixture;
    private Rotation rotation;

    @Test
    void shouldKeepTheOldSessionUntilTheNewOneDelivers()
    {
        use(1, 0);
        final Connection old = last().live();
        old.deliver(1);
        rotation.rotate(0);
        rotation.doWork();
        last().live();
        old.deliver(2);
        pass(1);
        pass(10_000);
        assertThat(old.fake.closed).isNull();
        last().deliver(2);
        rotation.doWork();
        assertThat(old.fake.closed).isEqualTo("1000replaced");
        assertThat(rotation.session(0)).isSameAs(last().fake.session());
        assertThat(rotation.rotations()).isOne();
    }

    @Test
    void shouldKeepTheOldSessionWhileOnlyItCanFillAGap()
    {
        use(1, 0);
        final Connection old = last().live();
        old.deliver(1);
        rotation.rotate(0);
        rotation.doWork();
        last().live();
        last().deliver(3);
        pass(1);
        pass(2_000);
        assertThat(old.fake.closed).isNull();
        old.deliver(2);
        rotation.doWork();
        assertThat(old.fake.closed).isNotNull();
        assertThat(fixture.log).containsExactly("t SYNCING to LIVE", "LIVE t 1", "LIVE t 2", "LIVE t 3");
    }

    @Test
    void shouldKeepTheOldSessionWhenTheNewOneFails()
    {
        use(1, 0);
        final Connection old = last().live();
        rotation.rotate(0);
        rotation.doWork();
        last().fake.state = SessionState.FAILED;
        pass(1);
        pass(59_000);
        assertThat(connections).hasSize(2);
        assertThat(old.fake.closed).isNull();
        assertThat(rotation.failures()).isOne();
        pass(1_000);
        assertThat(connections).hasSize(3);
        pass(30_000);
        assertThat(last().fake.closed).as("did not connect in time").isNotNull();
        assertThat(old.fake.closed).isNull();
    }

    @Test
    void shouldReplaceASessionThatTheVenueIsGoingToEnd()
    {
        use(1, 0);
        last().live().say("x restarting");
        rotation.doWork();
        assertThat(connections).hasSize(2);
    }

    @Test
    void shouldReplaceASessionWhoseListenerIsToldThatTheVenueIsGoingToEndIt()
    {
        use(1, 0);
        last().input.onShutdownNotice(last().fake.session(), "restarting");
        last().live(); // it was restoring its channels when it was told
        rotation.doWork();
        assertThat(connections).hasSize(2);
    }

    @Test
    void shouldForgetWhatTheVenueSaidOfAConnectionThatIsOver()
    {
        use(1, 0);
        final Connection connection = last();
        connection.input.onShutdownNotice(connection.fake.session(), "restarting");
        connection.input.onClosed(connection.fake.session(), 1012, "");
        connection.live();
        rotation.doWork();
        assertThat(connections).hasSize(1);
    }

    @Test
    void shouldReplaceASessionThatFailedButNotOneThatWasClosed()
    {
        use(1, 0);
        last().fake.state = SessionState.FAILED;
        rotation.doWork();
        assertThat(connections).hasSize(2);
        last().fake.state = SessionState.FAILED;
        pass(59_000);
        assertThat(connections).hasSize(2);
        pass(1_000);
        assertThat(connections).hasSize(3);
        last().fake.state = SessionState.CLOSED;
        pass(HOUR_MS);
        assertThat(connections).hasSize(3);
    }

    @Test
    void shouldNeverReplaceTwoAtATimeAndDrawTheirAges() // V4
    {
        use(2, 23 * HOUR_MS);
        connections.forEach(Connection::live);
        final List<Integer> opened = new ArrayList<>();
        for (long minutes = 0; minutes <= 23 * 60; minutes++)
        {
            pass(60_000);
            if (connections.size() > 2 + opened.size())
            {
                opened.add((int)minutes);
            }
        }

        assertThat(opened).as("the second waits for the first").hasSizeLessThanOrEqualTo(2);
        assertThat(connections.stream().filter((c) -> c.fake.state == SessionState.CONNECTING)).hasSize(1);
        last().live();
        pass(1_000);
        pass(1_000);
        pass(1_000);
        last().live();
        pass(1_000);
        pass(1_000);
        assertThat(rotation.rotations()).isEqualTo(2);
        assertThat(opened.get(0)).isBetween(23 * 60 * 9 / 10 - 1, 23 * 60);
    }

    /**
     * FT15: whatever the order in which connections come up, fail and lag, nothing is lost and nothing comes twice.
     */
    @Test
    void shouldLoseNothingAndDuplicateNothing()
    {
        final SplittableRandom random = Seed.random(RotationTest.class);
        policy.minOverlapNs(50 * MS).retryNs(100 * MS);
        for (int run = 0; run < RUNS; run++)
        {
            connections.clear();
            use(1, 0);
            last().live().deliver(1); // where the stream begins for the feed
            final long published = play(random);
            connections.forEach(Connection::deliverAll);
            final List<String> expected = new ArrayList<>(List.of("t SYNCING to LIVE"));
            LongStream.rangeClosed(1, published).forEach((sequence) -> expected.add("LIVE t " + sequence));
            assertThat(fixture.log).isEqualTo(expected);
            assertThat(fixture.errors).isEmpty();
            assertThat(rotation.rotations()).isPositive();
        }
    }

    private long play(final SplittableRandom random)
    {
        long published = 1;
        for (int step = 0; step < STEPS; step++)
        {
            fixture.nowNs += random.nextInt(20) * MS;
            final Connection connection = connections.get(random.nextInt(connections.size()));
            switch (random.nextInt(8))
            {
                case 0 -> rotation.rotate(0);
                case 1 ->
                {
                    if (connection.fake.state == SessionState.CONNECTING)
                    {
                        connection.comeUp(random);
                    }
                }
                case 2, 3 ->
                {
                    final long sequence = ++published;
                    connections.forEach((each) -> each.publish(sequence));
                }
                case 4 -> rotation.doWork();
                default -> connection.deliverNext();
            }
        }

        return published;
    }

    private void use(final int lanes, final long ageMs)
    {
        fixture = new FeedFixture(new FeedPolicy()
            .rules((name) -> ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.NONE))
            .maxHoldNs(HOUR_MS * MS).maxHeld(10_000));
        final List<Function<FeedInput, SessionConfig>> configs = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++)
        {
            configs.add((input) ->
            {
                connections.add(new Connection(input));
                return new SessionConfig();
            });
        }

        rotation = new Rotation(fixture.feed, (config) -> connect(), policy
            .ageNs(ageMs * MS).random(new SplittableRandom(1)).nanoClock(() -> fixture.nowNs)
            .maxOverlapNs(HOUR_MS * MS)
            .connectTimeoutNs(ageMs > 0 ? 24 * HOUR_MS * MS : 30_000 * MS)
            .errorHandler(fixture.errors::add), FeedFixture.NOBODY, configs);
        rotation.doWork();
    }

    private Session connect()
    {
        return last().fake.session();
    }

    private Connection last()
    {
        return connections.get(connections.size() - 1);
    }

    private void pass(final long ms)
    {
        fixture.nowNs += ms * MS;
        rotation.doWork();
    }

    /**
     * One session, and what is on its way to it.
     */
    private final class Connection
    {
        final FakeSession fake = new FakeSession("s" + connections.size());
        final FeedInput input;
        final Queue<Long> underWay = new ArrayDeque<>();
        boolean ended;

        Connection(final FeedInput input)
        {
            this.input = input;
        }

        Connection live()
        {
            fake.live();
            input.onState(fake.session(), change(SessionState.LIVE));
            return this;
        }

        void comeUp(final SplittableRandom random)
        {
            if (random.nextInt(4) == 0)
            {
                fake.state = SessionState.FAILED;
                input.onState(fake.session(), change(SessionState.FAILED));
                ended = true;
            }
            else
            {
                live();
            }
        }

        void publish(final long sequence)
        {
            if (fake.state == SessionState.LIVE)
            {
                underWay.add(sequence);
            }
        }

        /**
         * A closed connection first delivers what is on its way, then its end.
         */
        void deliverNext()
        {
            if (!underWay.isEmpty())
            {
                deliver(underWay.remove());
            }
            else if (fake.state == SessionState.CLOSED && !ended)
            {
                ended = true;
                input.onClosed(fake.session(), 1000, "");
                input.onState(fake.session(), change(SessionState.CLOSED));
            }
        }

        void deliverAll()
        {
            while (!underWay.isEmpty())
            {
                deliverNext();
            }
        }

        void deliver(final long sequence)
        {
            say(TestDialect.text('d', "t", sequence, NO, NO));
        }

        void say(final String text)
        {
            final UnsafeBuffer buffer = TestDialect.buffer(text);
            input.onMessage(fake.session(), buffer, 0, buffer.capacity(), 1, fixture.nowNs, true);
        }

        private StateChange change(final SessionState to)
        {
            return new StateChange(SessionState.UPGRADING, to, fake.epoch, 1, 0, "", 0, null);
        }
    }
}
