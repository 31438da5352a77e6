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

import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.WordAuthenticator;
import io.ringwire.dialect.WordDialect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoginTest extends VenueTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldLogInAndRestoreChannelsOnEveryConnectionBeforeItIsLive(final ThreadingMode mode)
    {
        launch(mode);
        begin(config(authenticator, "a", "b"));
        beLive();
        connection.reset();
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        acceptUpgraded();
        untilState(SessionState.AUTHENTICATING);
        assertThat(send("too early")).isEqualTo(SendResult.NOT_CONNECTED);
        expect("login BEGIN", "LOGIN ok");
        untilState(SessionState.RESUBSCRIBING);
        assertThat(send("too early")).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(session.awaitConnected(0, TimeUnit.NANOSECONDS)).isFalse();
        expect("sub a b", "SUBS a b");
        untilLive(2);
        assertThat(send("now")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("now");
        assertThat(handler.changes(SessionState.AUTHENTICATING).get(1).handshake()).isNotNull();
    }

    @Test
    void shouldDeliverWhatComesBeforeItIsLiveInOrder()
    {
        launch();
        begin(config(authenticator, "a", "b"));
        connection.writeText("welcome");
        expect("login BEGIN", null);
        connection.writeText("tick a 1");
        connection.writeText("LOGIN ok");
        connection.writeText("tick a 2");
        expect("sub a b", "ok %");
        connection.writeText("tick a 3");
        untilHandlerSaw("text tick a 3");
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text")))
            .containsExactly("text welcome", "text tick a 1", "text tick a 2", "text tick a 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"err % no password", "ok % no password", "LOGIN no password", "ERR no password"})
    @DisplayName("G16: a login that is rejected is a failure, and nothing is subscribed")
    void shouldEndTheSessionWhenTheVenueRejects(final String answer)
    {
        launch();
        begin(config(authenticator, "a", "b"));
        expect("login BEGIN", answer);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).isEqualTo("login rejected: password");
        assertThat(handler.saw("state RESUBSCRIBING")).as("G16").isFalse();
        connection.untilEnded();
        clock.advanceMs(60_000);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.FAILED);
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
        assertThat(session.awaitConnected(1, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void shouldBackOffWhenTheVenueDoesNotAnswer()
    {
        launch();
        begin(config(authenticator));
        expect("login BEGIN", null);
        clock.advanceMs(TIMEOUT_MS - 1);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.AUTHENTICATING);
        clock.advanceMs(1);
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .startsWith("no answer to the login within 1000000000 ns; attempt 2 in ");
        connection.untilEnded();
        clock.advanceMs(10_001);
        acceptUpgraded();
        untilState(SessionState.AUTHENTICATING);
        assertThat(session.lastChange().attempt()).isEqualTo(2);
        expect("login BEGIN", "ok % ok");
        untilState(SessionState.LIVE);
    }

    @Test
    void shouldAnswerAChallenge()
    {
        launch();
        begin(config(authenticator));
        expect("login BEGIN", "LOGIN challenge");
        expect("login CONTINUE", "ok % ok");
        untilState(SessionState.LIVE);
    }

    @Test
    void shouldRefreshWhileTheUserSendsAllItMay()
    {
        launch();
        begin(config(authenticator).limits(new RateLimitPolicy().window("messages", 4, 60_000_000_000L)
            .reserve("messages", 1)));
        expect("login BEGIN", "ok % refresh 4000000000");
        untilState(SessionState.LIVE);
        assertThat(send("one")).isPositive();
        assertThat(send("two")).isPositive();
        assertThat(send("three")).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(connection.readFrame().text() + connection.readFrame().text()).isEqualTo("onetwo");
        clock.advanceMs(4_000);
        expect("login REFRESH", "ok % ok");
        pump.settle();
        clock.advanceMs(2 * TIMEOUT_MS);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldConnectAnewWhenTheRefreshIsRefused()
    {
        launch();
        begin(config(authenticator));
        expect("login BEGIN", "ok % refresh 4000000000");
        untilState(SessionState.LIVE);
        clock.advanceMs(4_000);
        expect("login REFRESH", "ok % refresh 3000000000");
        pump.settle();
        clock.advanceMs(3_000);
        expect("login REFRESH", "err % no more");
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .startsWith("refresh of the login: login rejected: more; attempt ");
        clock.advanceMs(10_001);
        acceptUpgraded();
        expect("login BEGIN", "ok % ok");
        untilLive(2);
        assertThat(authenticator.steps).containsExactly(
            LoginStep.BEGIN, LoginStep.REFRESH, LoginStep.REFRESH, LoginStep.BEGIN);
    }

    @Test
    void shouldBackOffWhenTheAuthenticatorThrows()
    {
        launch();
        begin(config(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId) throws Exception
            {
                throw new IllegalStateException("no key today");
            }
        }));
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .contains("authenticator failed", "no key today");
    }

    @Test
    void shouldGoOnWithoutALoginWhenTheAuthenticatorHasNothingToSay()
    {
        launch();
        begin(config(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId)
            {
                return null;
            }
        }, "a"));
        expect("sub a", "ok %");
        untilState(SessionState.LIVE);
    }

    @Test
    void shouldNotWaitForAnAuthenticatorThatHangs()
    {
        final CountDownLatch token = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        begin(config(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId) throws Exception
            {
                if (steps.isEmpty())
                {
                    steps.add(step);
                    token.await();
                }

                return super.login(step, requestId);
            }
        }));
        untilState(SessionState.AUTHENTICATING);
        clock.advanceMs(TIMEOUT_MS);
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .startsWith("authenticator did not return within 1000000000 ns; attempt 2 in ");
        clock.advanceMs(10_001);
        acceptUpgraded();
        pump.until("logs in again", () -> handler.count("state AUTHENTICATING") == 2);
        token.countDown();
        expect("login BEGIN", "ok % ok");
        untilLive(1);
    }

    /**
     * A full ring stops us from reading: an answer that waits behind it is not late.
     */
    @Test
    void shouldNotMissAnAnswerThatWeDoNotRead()
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        begin(config(authenticator).messageHandler(new HeldHandler(held, handler))
            .buffers(new BufferPolicy().ringCapacity(16)));
        expect("login BEGIN", "ok % refresh 4000000000");
        untilState(SessionState.LIVE);
        clock.advanceMs(4_000);
        final String refresh = connection.readFrame().text();
        session.subscribe("a");
        final String subscribe = connection.readFrame().text();
        for (int i = 0; i < 50; i++)
        {
            connection.writeText("tick a " + i);
        }

        pump.until("paused", () -> session.metrics().pauses() > 0);
        connection.writeText("ok " + refresh.split(" ")[1] + " ok");
        connection.writeText("ok " + subscribe.split(" ")[1]);
        for (int i = 0; i < 3; i++)
        {
            clock.advanceMs(TIMEOUT_MS);
            pump.settle();
        }

        held.countDown();
        untilHandlerSaw("channel a ACKNOWLEDGED");
        pump.settle();
        assertThat(session.state()).as(handler.log().toString()).isEqualTo(SessionState.LIVE);
        assertThat(handler.saw("channel a TIMED_OUT")).isFalse();
        assertThat(connection.hasByte()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "abort", "peer closes", "peer resets"})
    void shouldEndWhileItLogsIn(final String how)
    {
        launch();
        begin(config(authenticator, "a"));
        expect("login BEGIN", null);
        endIn(SessionState.AUTHENTICATING, how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "abort", "peer closes", "peer resets"})
    void shouldEndWhileItRestoresChannels(final String how)
    {
        launch();
        begin(config(authenticator, "a"));
        expect("login BEGIN", "ok % ok");
        expect("sub a", null);
        endIn(SessionState.RESUBSCRIBING, how);
        assertThat(session.subscriptions().desired()).containsExactly("a");
    }

    @Test
    void shouldRefuseALoginThatCannotWork()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().login(new LoginPolicy().authenticator(authenticator))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("dialect");
        assertThatThrownBy(() -> engine.connect(config().dialect(new WordDialect()).login(new LoginPolicy())))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("login.authenticator");
        assertThatThrownBy(() -> engine.connect(config(authenticator).login(
            new LoginPolicy().authenticator(authenticator).timeoutNs(0))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("login.timeoutNs=0");
    }

    private void endIn(final SessionState state, final String how)
    {
        untilState(state);
        switch (how)
        {
            case "close" ->
            {
                session.close();
                assertThat(connection.readClose()).isEqualTo(1000);
                connection.write(RawConnection.frame(0x88, new byte[]{3, (byte)232}));
                connection.close();
                untilHandlerSaw("state CLOSED");
            }
            case "abort" ->
            {
                session.abort();
                untilHandlerSaw("state CLOSED");
                connection.untilEnded();
            }
            case "peer closes" ->
            {
                connection.write(RawConnection.frame(0x88, new byte[]{3, (byte)233}));
                assertThat(connection.readClose()).isEqualTo(1001);
                connection.close();
                untilHandlerSaw("state BACKING_OFF");
            }
            default ->
            {
                connection.reset();
                untilHandlerSaw("state BACKING_OFF");
            }
        }

        assertThat(handler.count("closed ")).isEqualTo(1);
        assertThat(handler.saw("state LIVE")).isFalse();
    }
}
