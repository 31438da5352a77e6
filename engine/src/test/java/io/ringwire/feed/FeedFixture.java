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

import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.dialect.Verdict;
import io.ringwire.pool.FakeSession;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A feed, a clock, and everything that it tells.
 */
final class FeedFixture implements FeedHandler
{
    static final long MS = 1_000_000L;
    static final long NO = Verdict.NO_SEQUENCE;
    static final SessionListener NOBODY = new SessionListener()
    {
    };

    final List<String> log = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final SequencedFeed feed;
    long nowNs = 1_000 * MS;
    Consumer<FeedChannel> onResync = (channel) ->
    {
    };

    FeedFixture(final FeedPolicy policy)
    {
        this(policy, false);
    }

    FeedFixture(final FeedPolicy policy, final boolean ownResync)
    {
        feed = new SequencedFeed(
            policy.dialect(new TestDialect())
                .resync(ownResync ? null : (session, channel) ->
                {
                    log.add("resync " + session.name() + " " + channel.name());
                    onResync.accept(channel);
                })
                .nanoClock(() -> nowNs)
                .errorHandler(errors::add),
            this,
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                log.add("other " + buffer.getStringWithoutLengthAscii(offset, length)));
    }

    FeedFixture(final ContinuityRule rule)
    {
        this(new FeedPolicy().rules((name) -> rule));
    }

    Side side(final String name)
    {
        return new Side(name);
    }

    @Override
    public void onMessage(
        final Session session,
        final FeedChannel channel,
        final FeedState state,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs)
    {
        assertThatStateIs(channel, state);
        log.add(state + " " + channel.name() + " " + numberIn(buffer, offset, length));
    }

    @Override
    public void onState(final Session session, final FeedChannel channel, final FeedState from)
    {
        log.add(channel.name() + " " + from + " to " + channel.state());
    }

    @Override
    public void onGap(final Session session, final FeedChannel channel, final long last, final long received)
    {
        log.add("gap " + channel.name() + " " + last + " " + received);
    }

    private static void assertThatStateIs(final FeedChannel channel, final FeedState state)
    {
        if (channel.state() != state)
        {
            throw new AssertionError(channel + " is handed out as " + state);
        }
    }

    private static String numberIn(final DirectBuffer buffer, final int offset, final int length)
    {
        return buffer.getStringWithoutLengthAscii(offset, length).split(" ")[2];
    }

    /**
     * One session of the feed.
     */
    final class Side
    {
        final FakeSession fake;
        final FeedInput input = feed.addInput(NOBODY);

        Side(final String name)
        {
            fake = new FakeSession(name);
        }

        Side live()
        {
            fake.live();
            input.onState(fake.session(), change(SessionState.LIVE));
            return this;
        }

        void lose()
        {
            fake.state = SessionState.BACKING_OFF;
            input.onClosed(fake.session(), 1006, "lost");
        }

        void end()
        {
            fake.state = SessionState.CLOSED;
            input.onClosed(fake.session(), 1000, "");
            input.onState(fake.session(), change(SessionState.CLOSED));
        }

        void snapshot(final String channel, final long sequence)
        {
            say(TestDialect.text('s', channel, sequence, NO, NO));
        }

        void delta(final String channel, final long sequence)
        {
            say(TestDialect.text('d', channel, sequence, NO, NO));
        }

        void range(final String channel, final long first, final long sequence)
        {
            say(TestDialect.text('d', channel, sequence, first, NO));
        }

        void chain(final String channel, final long previous, final long sequence)
        {
            say(TestDialect.text('d', channel, sequence, NO, previous));
        }

        void say(final String text)
        {
            final UnsafeBuffer buffer = TestDialect.buffer(text);
            input.onMessage(fake.session(), buffer, 0, buffer.capacity(), 1, nowNs, true);
        }

        private StateChange change(final SessionState to)
        {
            return new StateChange(SessionState.UPGRADING, to, fake.epoch, 1, 0, "", 0, null);
        }
    }
}
