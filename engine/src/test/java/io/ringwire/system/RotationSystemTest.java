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
package io.ringwire.system;

import io.ringwire.api.SessionListener;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.Verdict;
import io.ringwire.feed.ContinuityRule;
import io.ringwire.feed.FeedInput;
import io.ringwire.feed.FeedPolicy;
import io.ringwire.feed.GapStrategy;
import io.ringwire.feed.Rotation;
import io.ringwire.feed.RotationPolicy;
import io.ringwire.feed.SequencedFeed;
import io.ringwire.feed.SnapshotSource;
import io.ringwire.feed.TestDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * FT15 over real sockets: the venue announces its end, a second connection takes over, and each number is handed out
 * once.
 */
class RotationSystemTest extends SystemTest
{
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final SequencedFeed feed = new SequencedFeed(
        new FeedPolicy().dialect(new TestDialect())
            .rules((name) -> ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.STREAM))
            .resync((session, channel) -> log.add("resync"))
            .maxHoldNs(TimeUnit.SECONDS.toNanos(10)).errorHandler(errors::add),
        (session, channel, state, buffer, offset, length, opcode, receiveTimeNs) ->
            log.add(state + " " + channel.lastSequence()),
        (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> log.add("other"));

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = { "INVOKER", "DEDICATED", "INLINE" })
    void shouldHandOverFromOneConnectionToTheNext(final ThreadingMode mode)
    {
        launch(mode);
        final Rotation rotation = new Rotation(feed, engine::connect, new RotationPolicy()
            .minOverlapNs(0).errorHandler(errors::add), new SessionListener()
            {
            }, List.of(this::config));
        rotation.doWork();
        final RawConnection old = venue.accept(pump);
        old.upgrade();
        say(old, 's', 1);
        say(old, 'd', 2);
        old.writeText("x restart in 10 s");
        pump.until("the notice is heard " + log, () -> log.contains("other"));
        rotation.doWork();
        final RawConnection next = venue.accept(pump);
        next.upgrade();
        say(next, 's', 4);
        say(next, 'd', 5);
        pump.settle();
        rotation.doWork();
        assertThat(log).as("only the old one has 3").containsExactly("LIVE 1", "LIVE 2", "other");
        say(old, 'd', 3);
        say(old, 'd', 4);
        pump.until("rotated " + log, () ->
        {
            rotation.doWork();
            return rotation.rotations() == 1;
        });
        assertThat(old.readClose()).isEqualTo(1000);
        say(old, 'd', 5);
        old.write(RawConnection.frame(0x88, new byte[]{0x03, (byte)0xe8}));
        old.close();
        say(next, 'd', 6);
        pump.until("the last " + log, () -> log.contains("LIVE 6"));
        assertThat(log).containsExactly("LIVE 1", "LIVE 2", "other", "LIVE 3", "LIVE 4", "LIVE 5", "LIVE 6");
    }

    private SessionConfig config(final FeedInput input)
    {
        return config().dialect(new TestDialect()).messageHandler(input).listener(input);
    }

    private static void say(final RawConnection connection, final char kind, final long sequence)
    {
        connection.writeText(TestDialect.text(kind, "b", sequence, Verdict.NO_SEQUENCE, Verdict.NO_SEQUENCE));
    }
}
