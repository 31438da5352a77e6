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

import io.ringwire.api.ReconnectGap;
import io.ringwire.api.SessionState;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.dialect.WordAuthenticator;
import io.ringwire.dialect.WordDialect;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SubscriptionsTest
{
    private static final long TIMEOUT_NS = MachineFixture.VENUE_TIMEOUT_NS;
    private static final long ID = MessageRouter.FIRST_ENGINE_ID;

    private MachineFixture fixture;

    @Test
    void shouldRestoreInOrderAndInBatchesAndThenBeLive()
    {
        restoring("b", "a", "c");
        assertThat(fixture.sent()).containsExactly(sub(0, "b a"), sub(1, "c"));
        answer("ok 1");
        assertThat(fixture.state()).isEqualTo(SessionState.RESUBSCRIBING);
        answer("ok 0 a b");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).containsExactly("c ACKNOWLEDGED ", "a ACKNOWLEDGED ", "b ACKNOWLEDGED ");
        assertChannels("b a c", "c a b");
        reconnect();
        assertThat(fixture.state()).isEqualTo(SessionState.RESUBSCRIBING);
        assertChannels("b a c", "");
        assertThat(fixture.sent()).containsExactly(sub(2, "b a"), sub(3, "c"));
    }

    @Test
    void shouldSendNothingForNoChannels()
    {
        restoring();
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void shouldForgetWhatIsRejected()
    {
        restoring("a", "b", "c");
        answer("ok 0 a !b").answer("err " + (ID + 1) + " unknown");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).containsExactly("a ACKNOWLEDGED ", "b REJECTED unknown", "c REJECTED unknown");
        assertChannels("a", "a");
        fixture.sent();
        reconnect();
        assertThat(fixture.sent()).containsExactly(sub(2, "a"));
    }

    @Test
    void shouldBeLiveWhenTheVenueDoesNotAnswerAndTryAgainOnTheNextConnection()
    {
        restoring("a");
        fixture.pass(TIMEOUT_NS);
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).containsExactly(
            "a TIMED_OUT no answer within " + TIMEOUT_NS + " ns, tried 1 times");
        assertChannels("a", "");
        fixture.sent();
        reconnect();
        assertThat(fixture.sent()).containsExactly(sub(1, "a"));
    }

    @Test
    void shouldAskAgainForWhatWasNotAnswered()
    {
        fixture = withTries(3, "a", "b").in(SessionState.RESUBSCRIBING);
        answer("ok 0 a");
        fixture.pass(TIMEOUT_NS);
        assertThat(fixture.sent()).containsExactly(sub(0, "a b"), sub(1, "b"));
        fixture.pass(TIMEOUT_NS);
        assertThat(fixture.sent()).containsExactly(sub(2, "b"));
        fixture.pass(TIMEOUT_NS - 1);
        assertThat(fixture.state()).isEqualTo(SessionState.RESUBSCRIBING);
        fixture.pass(1);
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).last().isEqualTo("b TIMED_OUT no answer within " + TIMEOUT_NS + " ns, tried 3 times");
    }

    @Test
    void shouldTakeALateAnswer()
    {
        restoring("a");
        fixture.pass(TIMEOUT_NS);
        answer("ok 0");
        assertThat(events()).last().isEqualTo("a ACKNOWLEDGED ");
        assertChannels("a", "a");
        fixture = withTries(2, "a").in(SessionState.RESUBSCRIBING).pass(TIMEOUT_NS);
        answer("ok 0");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        answer("err 1 twice");
        assertChannels("a", "a");
    }

    @Test
    void shouldTryAgainWhatTimedOutWhenTheUserAsksAgain()
    {
        restoring("a");
        fixture.pass(TIMEOUT_NS).sent();
        subscribe("a");
        assertThat(fixture.sent()).containsExactly(sub(1, "a"));
        subscribe("a");
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void shouldWaitWhenTheVenueWantsItLater()
    {
        fixture = new MachineFixture("ws://venue.test/", MachineFixture.withLongWaits(), (config) -> config
            .dialect(new WordDialect(1))
            .subscriptions(policy(2, "a", "b").tryLaterNs(1_000))).in(SessionState.RESUBSCRIBING);
        assertThat(fixture.sent()).containsExactly(sub(0, "a"), sub(1, "b"));
        answer("err 0 later");
        fixture.pass(999);
        assertThat(fixture.sent()).isEmpty();
        fixture.pass(1);
        assertThat(fixture.sent()).containsExactly(sub(2, "a"));
        answer("err 2 later").answer("ok " + (ID + 1));
        assertThat(events()).containsExactly("a TIMED_OUT too much at once, tried 2 times", "b ACKNOWLEDGED ");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldKeepTheIntervalBetweenRequests()
    {
        fixture = new MachineFixture("ws://venue.test/", MachineFixture.withLongWaits(), (config) -> config
            .dialect(new WordDialect(1))
            .subscriptions(policy(1, "a", "b", "c").intervalNs(100))).in(SessionState.RESUBSCRIBING);
        assertThat(fixture.sent()).containsExactly(sub(0, "a"));
        fixture.pass(99);
        assertThat(fixture.sent()).isEmpty();
        fixture.pass(1);
        assertThat(fixture.sent()).containsExactly(sub(1, "b"));
        fixture.pass(1_000);
        assertThat(fixture.sent()).containsExactly(sub(2, "c"));
    }

    @Test
    void shouldMakeShorterRequestsThanTheSessionCanSend()
    {
        final int max = withTries(1, "a").session.maxSendLength();
        final String half = "y".repeat(max * 2 / 3);
        restoring(half, half + "2", "x".repeat(max), "z");
        assertThat(fixture.sent().stream().map((text) -> text.split(" ")[2].length()))
            .containsExactly(half.length(), half.length() + 1, 1);
        assertThat(events()).singleElement().asString()
            .endsWith("REJECTED its request is longer than the session can send");
    }

    @Test
    void shouldRejectWhatTheDialectCannotSay()
    {
        restoring("throw", "b", "c");
        assertThat(events()).containsExactly("throw REJECTED the dialect failed", "b REJECTED the dialect failed");
        assertThat(fixture.sent()).containsExactly(sub(1, "c"));
        assertThat(fixture.errors).hasSize(1);
    }

    @Test
    void shouldUnsubscribeWhenTheVenueSaysSo()
    {
        restoring("a", "b");
        answer("ok 0");
        fixture.sent();
        unsubscribe("a", "a", "unknown");
        assertThat(fixture.sent()).containsExactly("unsub " + (ID + 1) + " a");
        assertChannels("b", "a b");
        answer("ok 1");
        assertThat(events()).last().isEqualTo("a UNSUBSCRIBED ");
        assertChannels("b", "b");
    }

    @Test
    void shouldUnsubscribeWhatWaitsForItsAnswer()
    {
        restoring("a");
        unsubscribe("a");
        assertThat(fixture.sent()).containsExactly(sub(0, "a"));
        answer("ok 0");
        assertThat(fixture.sent()).containsExactly("unsub " + (ID + 1) + " a");
        assertThat(fixture.state()).isEqualTo(SessionState.RESUBSCRIBING);
        answer("ok 1");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).containsExactly("a ACKNOWLEDGED ", "a UNSUBSCRIBED ");
        assertChannels("", "");
    }

    @Test
    void shouldUnsubscribeWhatWasNotAnsweredSinceTheVenueMaySendIt()
    {
        restoring("a");
        unsubscribe("a");
        fixture.sent();
        fixture.pass(TIMEOUT_NS);
        assertThat(fixture.sent()).containsExactly("unsub " + (ID + 1) + " a");
        answer("ok 1");
        assertThat(events()).containsExactly("a UNSUBSCRIBED ");
    }

    @Test
    void shouldSubscribeAgainBehindTheAnswerToTheUnsubscribe()
    {
        restoring("a", "b");
        answer("ok 0");
        fixture.sent();
        unsubscribe("a");
        subscribe("a");
        assertThat(fixture.sent()).containsExactly("unsub " + (ID + 1) + " a");
        answer("ok 1");
        assertThat(fixture.sent()).containsExactly(sub(2, "a"));
        answer("ok 2").answer("err " + ID + " late");
        assertChannels("b a", "b a");
    }

    @Test
    void shouldForgetAChannelWhoseUnsubscribeIsRefusedOrNotAnswered()
    {
        restoring("a", "b");
        answer("ok 0");
        unsubscribe("a");
        answer("err 1 never");
        unsubscribe("b");
        fixture.pass(TIMEOUT_NS);
        assertThat(events().subList(2, 4)).containsExactly(
            "a REJECTED never", "b TIMED_OUT no answer within " + TIMEOUT_NS + " ns, tried 1 times");
        assertChannels("", "");
    }

    @Test
    void shouldForgetWhatWasLeavingWhenTheConnectionEnds()
    {
        restoring("a", "b");
        answer("ok 0");
        unsubscribe("a");
        fixture.sent();
        reconnect();
        assertThat(events()).last().isEqualTo("a UNSUBSCRIBED the connection ended");
        assertThat(fixture.sent()).containsExactly(sub(2, "b"));
        answer("err 0 stale").answer("ok " + (ID + 1));
        assertChannels("b", "");
    }

    @Test
    void shouldTakeWishesWithoutAConnection()
    {
        fixture = MachineFixture.withVenue(null, "a");
        subscribe("b", "c", "b");
        unsubscribe("b");
        assertThat(events()).containsExactly("b UNSUBSCRIBED the venue had not been asked for it");
        fixture.in(SessionState.RESUBSCRIBING);
        assertThat(fixture.sent()).containsExactly(sub(0, "a c"));
    }

    @Test
    void shouldTakeInWhatIsWantedWhileItRestores()
    {
        restoring("a");
        subscribe("b");
        assertThat(fixture.sent()).containsExactly(sub(0, "a"), sub(1, "b"));
        answer("ok 0");
        assertThat(fixture.state()).isEqualTo(SessionState.RESUBSCRIBING);
        answer("ok 1");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldReadAnswersWithoutAnId()
    {
        restoring("a", "b", "c");
        fixture.answer("SUBS a c").answer("ERR b unknown");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(events()).containsExactly("a ACKNOWLEDGED ", "c ACKNOWLEDGED ", "b REJECTED unknown");
        unsubscribe("a");
        subscribe("d");
        fixture.answer("SUBS c d");
        assertChannels("c d", "c d");
        fixture.answer("SUBS").answer("ERR c stale");
        assertChannels("c d", "c d");
    }

    @Test
    void shouldRestoreOnlyBehindTheLoginAndNotBehindAFailedOne()
    {
        fixture = MachineFixture.withVenue(new WordAuthenticator(), "a").in(SessionState.AUTHENTICATING);
        subscribe("b");
        assertThat(fixture.sent()).hasSize(1).allMatch((text) -> text.startsWith("login"));
        fixture.answer("err " + ID + " no entry");
        assertThat(fixture.state()).isEqualTo(SessionState.FAILED);
        assertThat(fixture.sent()).isEmpty();
        assertChannels("a b", "");
    }

    @Test
    void shouldTellTheGapBehindTheStepAndBeforeReadingBegins()
    {
        restoring("a");
        fixture.session.status().lastSequence(77);
        reconnect();
        final int opens = fixture.link.events.size();
        assertThat(fixture.link.events.get(opens - 1)).isEqualTo(new SessionEvent.Reconnected(
            new ReconnectGap(1, 77, MachineFixture.BACKOFF_CAP_NS + 1)));
        assertThat(fixture.link.events.get(opens - 2)).isInstanceOf(SessionEvent.Changed.class);
        fixture.session.router().reset(2);
        assertThat(fixture.session.status().lastSequence()).isEqualTo(Verdict.NO_SEQUENCE);
    }

    @Test
    void shouldTellTheVenuesNoticeCutInFrontOfACharacter()
    {
        restoring();
        fixture.machine.onAnswer(
            fixture.link.lastAttemptId, MessageKind.SHUTDOWN, 0,
            ("x" + "é".repeat(600)).getBytes(StandardCharsets.UTF_8), fixture.nowNs);
        assertThat(fixture.link.events).last()
            .isEqualTo(new SessionEvent.ShutdownNotice("x" + "é".repeat(511)));
    }

    @Test
    void shouldRefuseWhatIsNoChannel()
    {
        restoring("a");
        assertThatThrownBy(() -> fixture.session.subscribe("b", ""))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("''");
        assertThatThrownBy(() -> fixture.session.unsubscribe((String)null))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("null");
        assertThatThrownBy(() -> new MachineFixture().session.subscribe("b"))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("dialect null");
    }

    private void restoring(final String... channels)
    {
        fixture = MachineFixture.withVenue(null, channels);
        fixture.in(channels.length == 0 ? SessionState.LIVE : SessionState.UPGRADING);
        if (channels.length > 0)
        {
            fixture.fire("UPGRADED", 1);
            fixture.machine.onTime(fixture.nowNs);
        }
    }

    private static MachineFixture withTries(final int maxTries, final String... channels)
    {
        return new MachineFixture("ws://venue.test/", MachineFixture.withLongWaits(), (config) -> config
            .dialect(new WordDialect(2)).subscriptions(policy(maxTries, channels)));
    }

    private static SubscriptionPolicy policy(final int maxTries, final String... channels)
    {
        return new SubscriptionPolicy().channels(channels).timeoutNs(TIMEOUT_NS).maxTries(maxTries);
    }

    private void subscribe(final String... channels)
    {
        fixture.machine.onChannels(true, List.of(channels));
        fixture.machine.onTime(fixture.nowNs);
    }

    private void unsubscribe(final String... channels)
    {
        fixture.machine.onChannels(false, List.of(channels));
        fixture.machine.onTime(fixture.nowNs);
    }

    /**
     * The answer of the venue to the request with this number, from 0.
     */
    private MachineFixture answer(final String text)
    {
        final String[] words = text.split(" ", 3);
        final String id = " " + (ID + Long.parseLong(words[1]));
        return fixture.answer(words[0] + id + (words.length > 2 ? " " + words[2] : ""));
    }

    private void reconnect()
    {
        fixture.fire("CLOSED", fixture.link.lastAttemptId).fire("DEADLINE", 0);
        final int attemptId = fixture.link.lastAttemptId;
        fixture.fire("RESOLVED", attemptId).fire("CONNECTED", attemptId).fire("UPGRADED", attemptId);
        fixture.machine.onTime(fixture.nowNs);
    }

    private static String sub(final int number, final String channels)
    {
        return "sub " + (ID + number) + " " + channels;
    }

    private List<String> events()
    {
        final List<String> changes = new ArrayList<>();
        for (final SessionEvent event : fixture.link.events)
        {
            if (event instanceof SessionEvent.Subscription subscription)
            {
                changes.add(subscription.change().channel() + " " + subscription.change().state() + " " +
                    subscription.change().reason());
            }
        }

        return changes;
    }

    private void assertChannels(final String desired, final String acknowledged)
    {
        assertThat(String.join(" ", fixture.session.subscriptions().desired())).isEqualTo(desired);
        assertThat(String.join(" ", fixture.session.subscriptions().acknowledged())).isEqualTo(acknowledged);
    }
}
