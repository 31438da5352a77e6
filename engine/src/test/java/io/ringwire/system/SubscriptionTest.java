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

import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionSnapshot;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SubscriptionTest extends VenueTest
{
    @Test
    void shouldAskAgainForWhatWasNotAnsweredBeforeADrop()
    {
        launch();
        begin(config(null));
        untilState(SessionState.LIVE);
        session.subscribe("a", "b");
        expect("sub a b", null);
        connection.reset();
        passBackoff();
        acceptUpgraded();
        expect("sub a b", "ok %");
        untilLive(2);
        assertChannels("a b", "a b");
        assertThat(handler.count("channel a ACKNOWLEDGED")).isEqualTo(1);
    }

    @Test
    void shouldTellOfARejectedChannelAndNotRestoreIt()
    {
        launch();
        begin(config(null));
        untilState(SessionState.LIVE);
        session.subscribe("a", "b");
        expect("sub a b", "ok % a !b");
        untilHandlerSaw("channel b REJECTED unknown");
        assertChannels("a", "a");
        connection.reset();
        passBackoff();
        acceptUpgraded();
        expect("sub a", "ok %");
        untilLive(2);
    }

    @Test
    void shouldBeLiveWhenChannelsTimeOut()
    {
        launch();
        begin(config(null, "a"));
        expect("sub a", null);
        clock.advanceMs(TIMEOUT_MS);
        expect("sub a", null);
        clock.advanceMs(TIMEOUT_MS);
        untilHandlerSaw("state LIVE");
        assertThat(handler.saw("channel a TIMED_OUT no answer within 1000000000 ns, tried 2 times")).isTrue();
        assertThat(handler.saw("closed")).isFalse();
        assertChannels("a", "");
        connection.reset();
        passBackoff();
        acceptUpgraded();
        expect("sub a", "ok %");
        untilLive(2);
        assertChannels("a", "a");
    }

    @Test
    void shouldNotRestoreWhatIsUnsubscribedDuringAReconnect()
    {
        launch();
        begin(config(null, "a", "b", "c"));
        expect("sub a b c", "ok %");
        untilState(SessionState.LIVE);
        connection.reset();
        untilState(SessionState.BACKING_OFF);
        session.unsubscribe("b");
        passBackoff();
        acceptUpgraded();
        expect("sub a c", null);
        session.unsubscribe("c");
        pump.settle();
        connection.writeText("SUBS a c");
        expect("unsub c", "ok %");
        untilLive(2);
        assertChannels("a", "a");
    }

    @Test
    @DisplayName("G17: ticks behind the unsubscribe do not bring a channel back")
    void shouldNotLetLateTicksChangeTheChannels()
    {
        launch();
        begin(config(null, "a", "b"));
        expect("sub a b", "ok %");
        untilState(SessionState.LIVE);
        session.unsubscribe("a");
        expect("unsub a", "ok %");
        connection.writeText("tick a 7");
        untilHandlerSaw("text tick a 7");
        assertChannels("b", "b");
        connection.reset();
        passBackoff();
        acceptUpgraded();
        expect("sub b", "ok %");
        untilLive(2);
    }

    @Test
    void shouldTellTheGapBeforeTheFirstMessageOfTheNewConnection()
    {
        launch();
        begin(config(null, "a"));
        expect("sub a", "ok %");
        connection.writeText("tick a 41");
        connection.writeText("tick a 42");
        untilHandlerSaw("text tick a 42");
        assertThat(handler.saw("reconnect gap")).isFalse();
        connection.reset();
        passBackoff();
        connection = venue.accept(pump);
        connection.upgrade(RawConnection.frame(0x81, "tick a 50".getBytes(StandardCharsets.US_ASCII)));
        untilHandlerSaw("text tick a 50");
        assertThat(logSince("state RESUBSCRIBING").subList(0, 3)).containsExactly(
            "state RESUBSCRIBING", "reconnect gap 1 42 10001000000", "text tick a 50");
    }

    @Test
    void shouldForgetTheSequenceOfTheConnectionBefore()
    {
        launch();
        begin(config(null));
        connection.writeText("tick a 42");
        untilHandlerSaw("text tick a 42");
        for (int i = 1; i <= 2; i++)
        {
            connection.reset();
            passBackoff();
            acceptUpgraded();
            untilLive(i + 1);
        }

        assertThat(handler.log()).contains(
            "reconnect gap 1 42 10001000000", "reconnect gap 2 " + Long.MIN_VALUE + " 10001000000");
    }

    @Test
    void shouldTellOfANoticeOfShutdownAndHandTheMessageOver()
    {
        launch();
        begin(config(null));
        connection.writeText("BYE in 5 minutes");
        untilHandlerSaw("notice BYE in 5 minutes");
        untilHandlerSaw("text BYE in 5 minutes");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeWishesFromCallbacks(final ThreadingMode mode)
    {
        launch(mode);
        begin(config(null).listener(new SessionListener()
        {
            @Override
            public void onState(final Session session, final StateChange change)
            {
                handler.onState(session, change);
                if (change.to() == SessionState.LIVE)
                {
                    session.subscribe("a");
                }
            }

            @Override
            public void onSubscription(final Session session, final SubscriptionChange change)
            {
                handler.onSubscription(session, change);
                if (change.channel().equals("a") && change.state() == SubscriptionState.ACKNOWLEDGED)
                {
                    assertThat(session.subscriptions().acknowledged()).containsExactly("a");
                    session.subscribe("b");
                    session.unsubscribe("a");
                }
            }
        }));
        expect("sub a", "ok %");
        expect("sub b", "ok %");
        expect("unsub a", "ok %");
        untilHandlerSaw("channel a UNSUBSCRIBED");
        assertChannels("b", "b");
    }

    @Test
    void shouldTakeWishesFromSeveralThreadsAtOnce() throws Exception
    {
        final int threads = 4;
        final int each = 50;
        launch(ThreadingMode.DEDICATED);
        begin(config(null));
        untilState(SessionState.LIVE);
        final CyclicBarrier start = new CyclicBarrier(threads);
        final List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++)
        {
            final int number = i;
            final Thread thread = new Thread(() ->
            {
                await(start);
                for (int channel = 0; channel < each; channel++)
                {
                    session.subscribe("all" + channel, "t" + number + "-" + channel);
                }
            });
            started.add(thread);
            thread.start();
        }

        final Set<String> asked = new TreeSet<>();
        while (asked.size() < each * (threads + 1)) // ends: each wish is read once, or the read gives up
        {
            final String[] words = connection.readFrame().text().split(" ");
            for (int word = 2; word < words.length; word++)
            {
                assertThat(asked.add(words[word])).as(words[word]).isTrue();
            }

            connection.writeText("ok " + words[1]);
        }

        for (final Thread thread : started)
        {
            thread.join();
        }

        pump.until("all are acknowledged", () -> session.subscriptions().acknowledged().size() == asked.size());
        assertThat(session.subscriptions().desired()).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void shouldBeLiveWhileTheHandlerHoldsItsThread()
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(ThreadingMode.DEDICATED);
        begin(config(authenticator, "a", "b").messageHandler(new HeldHandler(held, handler)));
        connection.writeText("holds the thread");
        beLive();
        assertThat(handler.saw("state LIVE")).isFalse();
        held.countDown();
        untilHandlerSaw("state LIVE");
    }

    @Test
    void shouldRecoverFromADropAfterEachByteOfTheAnswers()
    {
        launch();
        session = engine.connect(config(authenticator, "a", "b"));
        final int loginLength = "ok 9000000000000000 ok".length() + 2;
        final int ackLength = "ok 9000000000000000".length() + 2;
        int drops = 0;
        for (int length = 0; length < loginLength + ackLength; length++)
        {
            final int login = Math.min(length, loginLength);
            acceptUpgraded();
            dropBehind(login, length - loginLength);
            final int count = ++drops;
            pump.until("drop " + count, () -> handler.count("state BACKING_OFF") == count);
            clock.advanceMs(10_001);
        }

        acceptUpgraded();
        beLive();
        assertChannels("a b", "a b");
        assertThat(handler.count("state LIVE")).isEqualTo(1);
        assertThat(handler.count("reconnect gap")).isEqualTo(drops);
        assertThat(handler.count("channel")).isEqualTo(2);
    }

    @Test
    void shouldKeepItsChannelsReadableAfterItsEnd()
    {
        launch();
        begin(config(null, "a"));
        expect("sub a", "ok %");
        untilState(SessionState.LIVE);
        session.abort();
        untilHandlerSaw("state CLOSED");
        assertChannels("a", "");
        session.subscribe("b");
        pump.settle();
        assertChannels("a", "");
    }

    @Test
    void shouldRefuseChannelsThatCannotBeAskedFor()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().subscriptions(new SubscriptionPolicy().channels("a"))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("[a]");
        assertThatThrownBy(() -> engine.connect(config(null, "a", "")))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("empty name");
        assertThatThrownBy(() -> engine.connect(config().subscriptions(new SubscriptionPolicy().maxTries(0))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("subscriptions.maxTries=0");
        assertThatThrownBy(() -> engine.connect(config().subscriptions(new SubscriptionPolicy().intervalNs(-1))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("subscriptions.intervalNs=-1");
    }

    /**
     * @param login bytes of the answer to the login that still go out.
     * @param ack   bytes of the answer to the subscribe, or less than 0.
     */
    private void dropBehind(final int login, final int ack)
    {
        connection.write(Arrays.copyOf(RawConnection.frame(0x81, answerTo("ok % ok")), login));
        if (ack >= 0)
        {
            connection.write(Arrays.copyOf(RawConnection.frame(0x81, answerTo("ok %")), ack));
        }

        pump.settle();
        connection.close();
    }

    private byte[] answerTo(final String answer)
    {
        final String id = connection.readFrame().text().split(" ")[1];
        return answer.replace("%", id).getBytes(StandardCharsets.US_ASCII);
    }

    private void assertChannels(final String desired, final String acknowledged)
    {
        pump.settle();
        final SubscriptionSnapshot channels = session.subscriptions();
        assertThat(String.join(" ", channels.desired())).isEqualTo(desired);
        assertThat(String.join(" ", channels.acknowledged())).isEqualTo(acknowledged);
    }

    private static void await(final CyclicBarrier barrier)
    {
        try
        {
            barrier.await();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
