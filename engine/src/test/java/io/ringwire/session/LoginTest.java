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

import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.WordAuthenticator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoginTest
{
    private static final long TIMEOUT_NS = MachineFixture.VENUE_TIMEOUT_NS;
    private static final long ID = MessageRouter.FIRST_ENGINE_ID;

    private final WordAuthenticator authenticator = new WordAuthenticator();
    private MachineFixture fixture = MachineFixture.withVenue(authenticator);

    @Test
    void shouldLogInBeforeItIsLive()
    {
        fixture.in(SessionState.AUTHENTICATING);
        assertThat(fixture.sent()).containsExactly("login " + ID + " BEGIN s3cret");
        fixture.answer("ok " + ID + " ok");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(fixture.session.lastChange().reason()).isEqualTo("logged in");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "err %d no credentials", "ok %d no credentials", "LOGIN no credentials", "ERR no credentials" })
    void shouldFailForGoodWhenTheVenueRejects(final String answer)
    {
        fixture.in(SessionState.AUTHENTICATING).answer(answer.formatted(ID));
        assertThat(fixture.state()).isEqualTo(SessionState.FAILED);
        assertThat(fixture.session.lastChange().reason()).isEqualTo("login rejected: credentials");
        assertThat(fixture.link.calls).last().isEqualTo("drop 1");
    }

    @Test
    void shouldTryARejectedLoginAgainWhenToldSo()
    {
        fixture.session.config().login().retryRejected(true);
        fixture.in(SessionState.AUTHENTICATING).answer("LOGIN no credentials");
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason()).startsWith("login rejected: credentials; attempt 2 in ");
    }

    @ParameterizedTest
    @CsvSource({"call,authenticator did not return", "send,login could not be sent", "answer,no answer to the login"})
    void shouldDropTheConnectionAtTheDeadlineAndNotBefore(final String missing, final String reason)
    {
        fixture.link.holdsUserCalls = missing.equals("call");
        if (missing.equals("send"))
        {
            fillOutboundRing();
        }

        fixture.in(SessionState.AUTHENTICATING).pass(TIMEOUT_NS - 1);
        assertThat(fixture.state()).isEqualTo(SessionState.AUTHENTICATING);
        fixture.pass(1);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason())
            .startsWith(reason + " within " + TIMEOUT_NS + " ns; attempt 2 in ");
        assertThat(fixture.link.calls).last().isEqualTo("drop 1");
    }

    @Test
    void shouldSendARefusedLoginWhenThereIsRoom()
    {
        fillOutboundRing();
        fixture.in(SessionState.AUTHENTICATING).pass(1).sent();
        fixture.pass(1);
        assertThat(fixture.sent()).containsExactly("login " + ID + " BEGIN s3cret");
    }

    @Test
    void shouldAnswerAChallengeWithinTheSameDeadline()
    {
        fixture.in(SessionState.AUTHENTICATING).pass(TIMEOUT_NS - 1).answer("ok " + ID + " challenge");
        assertThat(fixture.sent()).last().isEqualTo("login " + (ID + 1) + " CONTINUE s3cret");
        fixture.pass(1);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
    }

    @Test
    void shouldTakeTheAnswerToTheChallengeAndNoneBeforeIt()
    {
        fixture.in(SessionState.AUTHENTICATING).answer("ok " + ID + " challenge").answer("ok " + ID + " ok");
        assertThat(fixture.state()).isEqualTo(SessionState.AUTHENTICATING);
        fixture.answer("ok " + (ID + 1) + " ok");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(authenticator.steps).containsExactly(LoginStep.BEGIN, LoginStep.CONTINUE);
    }

    @Test
    void shouldBeLoggedInWhenThereIsNothingToSay()
    {
        fixture = MachineFixture.withVenue(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId)
            {
                return null;
            }
        }).in(SessionState.LIVE);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void shouldDropTheConnectionWhenTheAuthenticatorThrows()
    {
        fixture = MachineFixture.withVenue(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId)
            {
                throw new NoClassDefFoundError("signer");
            }
        });
        fixture.in(SessionState.UPGRADING).fire("UPGRADED", 1);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason()).contains("authenticator failed", "signer");
    }

    @Test
    void shouldDropTheConnectionWhenTheAnswerCannotBeRead()
    {
        fixture.in(SessionState.AUTHENTICATING).answer("LOGIN throw");
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason()).contains("authenticator failed", "cannot read it");
    }

    @Test
    void shouldLeaveAnErrorAloneThatSaysNothingAboutTheLogin()
    {
        fixture.in(SessionState.AUTHENTICATING).answer("ERR something else");
        assertThat(fixture.state()).isEqualTo(SessionState.AUTHENTICATING);
    }

    @Test
    void shouldDropTheConnectionWhenEarlierCallsHang()
    {
        fixture.link.refusesUserCalls = true;
        fixture.link.holdsUserCalls = true;
        fixture.in(SessionState.UPGRADING).fire("UPGRADED", 1);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason())
            .startsWith("earlier calls of the authenticator have not returned; attempt 2 in ");
    }

    @Test
    void shouldNotCallForAnAttemptThatIsOver()
    {
        fixture.link.holdsUserCalls = true;
        fixture.in(SessionState.AUTHENTICATING).fire("CLOSED", 1);
        fixture.link.runUserCalls();
        assertThat(authenticator.steps).isEmpty();
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
    }

    @Test
    void shouldThrowAwayWhatCameForAnAttemptThatIsOver()
    {
        fixture = MachineFixture.withVenue(new WordAuthenticator()
        {
            @Override
            public String login(final LoginStep step, final long requestId)
            {
                fixture.fire("CLOSED", 1);
                return "late";
            }
        });
        fixture.link.holdsUserCalls = true;
        fixture.in(SessionState.AUTHENTICATING);
        fixture.link.runUserCalls();
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void shouldRefreshTheLoginInTimeAndStayLive()
    {
        fixture.in(SessionState.AUTHENTICATING).answer("LOGIN refresh 20000").sent();
        fixture.pass(19_999);
        assertThat(fixture.sent()).isEmpty();
        fixture.pass(1);
        assertThat(fixture.sent()).containsExactly("login " + (ID + 1) + " REFRESH s3cret");
        fixture.answer("ok " + (ID + 1) + " refresh 10000").pass(10_000);
        assertThat(fixture.sent()).containsExactly("login " + (ID + 2) + " REFRESH s3cret");
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldConnectAnewWhenARefreshFails(final boolean rejected)
    {
        fixture.in(SessionState.AUTHENTICATING).answer("LOGIN refresh 20000").pass(20_000);
        if (rejected)
        {
            fixture.answer("err " + (ID + 1) + " no more");
        }
        else
        {
            fixture.pass(TIMEOUT_NS);
        }

        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.session.lastChange().reason()).startsWith("refresh of the login: ")
            .contains(rejected ? "login rejected: more" : "no answer to the login within");
        fixture.pass(MachineFixture.BACKOFF_CAP_NS + TIMEOUT_NS + 1);
        fixture.sent();
        final int attemptId = fixture.link.lastAttemptId;
        fixture.fire("RESOLVED", attemptId).fire("CONNECTED", attemptId).fire("UPGRADED", attemptId);
        assertThat(fixture.sent()).containsExactly("login " + (ID + 2) + " BEGIN s3cret");
    }

    @Test
    void shouldTellNoSecret()
    {
        fixture.in(SessionState.AUTHENTICATING).pass(TIMEOUT_NS);
        assertThat(fixture.link.events.toString() + fixture.session + fixture.session.lastChange())
            .doesNotContain("s3cret");
    }

    private void fillOutboundRing()
    {
        final UnsafeBuffer filler = new UnsafeBuffer(new byte[1024]);
        for (int length = 1024; length > 0; length /= 2)
        {
            while (fixture.outboundRing.write(Opcode.TEXT, 9, 1, filler, 0, length)) // ends when it is full
            {
                continue;
            }
        }
    }
}
