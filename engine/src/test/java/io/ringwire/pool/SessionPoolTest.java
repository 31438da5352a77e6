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
package io.ringwire.pool;

import io.ringwire.api.MessageClaim;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.ConfigurationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import static io.ringwire.pool.PoolFixture.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionPoolTest
{
    private final PoolFixture fixture = new PoolFixture();
    private final SessionPool pool = fixture.pool;

    @Test
    @DisplayName("W27: a member that is not live is never chosen")
    void shouldSendOnlyThroughMembersThatAreLive()
    {
        assertThat(fixture.send("x")).isEqualTo(SendResult.NOT_CONNECTED);
        final FakeSession live = fixture.addLive();
        for (final SessionState state : SessionState.values())
        {
            fixture.add();
            fixture.last().state = state == SessionState.LIVE ? SessionState.DRAINING : state;
        }

        for (int i = 0; i < 50; i++)
        {
            pool.doWork();
            assertThat(fixture.send("x")).isPositive();
        }

        assertThat(live.sent).hasSize(50);
        live.state = SessionState.BACKING_OFF;
        assertThat(fixture.send("x")).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(fixture.request(1)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(fixture.requestRepeatable(1)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(pool.tryClaim(1, 1, new MessageClaim())).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void shouldTakeEqualsInTurn()
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive(), fixture.addLive());
        members.get(1).counts.put("requestsInFlight", 64L);
        pool.doWork();
        for (int i = 0; i < 100; i++)
        {
            fixture.send("x");
        }

        assertThat(members.get(0).sent).hasSize(50);
        assertThat(members.get(1).sent).isEmpty();
        assertThat(members.get(2).sent).hasSize(50);
    }

    @Test
    @DisplayName("W27: unknown health is the worst")
    void shouldHoldAMemberThatWasNotJudgedForTheWorst()
    {
        final FakeSession judged = fixture.addLive();
        judged.counts.put("requestsInFlight", 1_000L);
        judged.counts.put("timeouts", 1_000L);
        judged.rttNs = 10_000 * MS;
        pool.doWork();
        final FakeSession unknown = fixture.addLive();
        fixture.send("x");
        assertThat(judged.sent).hasSize(1);
        judged.state = SessionState.BACKING_OFF;
        fixture.send("y");
        assertThat(unknown.sent).containsExactly("y");
    }

    @Test
    void shouldForgetErrorsByHalves()
    {
        final FakeSession session = fixture.addLive();
        session.rttNs = MS;
        pool.doWork();
        assertThat(pool.health().get(0).score()).isEqualTo(100);
        session.counts.put("unknownOutcomes", 1L);
        fixture.passMs(10);
        assertThat(pool.health().get(0).score()).isEqualTo(85);
        fixture.passMs(30_000);
        assertThat(pool.health().get(0).score()).isEqualTo(92);
        fixture.passMs(300_000);
        assertThat(pool.health().get(0).score()).isEqualTo(100);
    }

    @Test
    void shouldHoldSendsRefusedOfLateAgainstAMember()
    {
        final FakeSession session = fixture.addLive();
        session.rttNs = MS;
        pool.doWork();
        session.counts.put("backPressured", 1L);
        session.counts.put("rateLimited", 3L);
        fixture.passMs(10);
        assertThat(pool.health().get(0).score()).isEqualTo(96);
        fixture.passMs(10);
        assertThat(pool.health().get(0).score()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(names = { "UNKNOWN_OUTCOME", "TIMED_OUT" })
    @DisplayName("W25: an order goes to one member only")
    void shouldNeverSendAnOrderTwice(final ReplyOutcome outcome)
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive());
        pool.doWork();
        assertThat(fixture.request(7)).isPositive();
        members.forEach((member) -> member.end(outcome));
        assertThat(members.get(0).sent.size() + members.get(1).sent.size()).isOne();
        assertThat(fixture.log).hasSize(3).last().asString().startsWith("reply 7 " + outcome);
        assertThat(pool.failovers()).isZero();
    }

    @Test
    void shouldNotTryAnotherMemberWithARefusedOrder()
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive());
        members.forEach((member) -> member.refusal = SendResult.BACK_PRESSURED);
        pool.doWork();
        assertThat(fixture.request(7)).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(fixture.send("x")).isEqualTo(SendResult.BACK_PRESSURED);
        assertThat(pool.failovers()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = { "UNKNOWN_OUTCOME", "TIMED_OUT" })
    void shouldRepeatWhatIsSafeToRepeatThroughAnotherMember(final ReplyOutcome outcome)
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive());
        pool.doWork();
        fixture.log.clear();
        assertThat(fixture.requestRepeatable(7)).isPositive();
        final int first = members.get(0).sent.size() == 1 ? 0 : 1;
        members.get(first).end(outcome);
        assertThat(members.get(1 - first).sent).containsExactly("query 7");
        members.get(1 - first).end(ReplyOutcome.REPLY);
        assertThat(fixture.log).containsExactly(
            "failover " + first + " " + (1 - first) + " 7 " + outcome, "reply 7 REPLY s" + (1 - first));
        assertThat(pool.failovers()).isOne();
    }

    @Test
    void shouldTellTheLastOutcomeWhenNoMemberIsLeft()
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive());
        pool.doWork();
        fixture.requestRepeatable(7);
        members.forEach((member) -> member.end(ReplyOutcome.UNKNOWN_OUTCOME));
        members.forEach((member) -> member.end(ReplyOutcome.TIMED_OUT));
        assertThat(fixture.log.stream().filter((entry) -> entry.startsWith("reply"))).hasSize(1);
        assertThat(members.get(0).sent).hasSize(1);
        assertThat(members.get(1).sent).hasSize(1);
    }

    @Test
    void shouldPassARepeatableMessageOnWhenItIsRefused()
    {
        final List<FakeSession> members = List.of(fixture.addLive(), fixture.addLive());
        members.get(0).refusal = SendResult.BACK_PRESSURED;
        pool.doWork();
        final UnsafeBuffer buffer = PoolFixture.buffer("x");
        for (int i = 0; i < 10; i++)
        {
            assertThat(pool.sendRepeatable(1, buffer, 0, 1)).isPositive();
            assertThat(fixture.requestRepeatable(i)).isPositive();
        }

        assertThat(members.get(1).sent).hasSize(20);
        members.get(1).refusal = SendResult.TOO_LONG;
        members.get(0).refusal = SendResult.TOO_LONG;
        assertThat(pool.sendRepeatable(1, buffer, 0, 1)).isEqualTo(SendResult.TOO_LONG);
    }

    @Test
    void shouldRefuseMoreRepeatableRequestsThanItCanKeep()
    {
        final PoolFixture small = new PoolFixture(new PoolPolicy().maxRepeatable(2));
        final FakeSession session = small.addLive();
        assertThat(small.requestRepeatable(1)).isPositive();
        assertThat(small.requestRepeatable(2)).isPositive();
        assertThat(small.requestRepeatable(3)).isEqualTo(SendResult.TOO_MANY_REQUESTS);
        session.end(ReplyOutcome.REPLY);
        assertThat(small.requestRepeatable(3)).isPositive();
    }

    @Test
    @DisplayName("W24: members come and go in pairs")
    void shouldTellOfComingAndGoingInPairs()
    {
        final FakeSession session = fixture.addLive();
        pool.doWork();
        session.live(); // lost and back between two looks
        pool.doWork();
        session.state = SessionState.BACKING_OFF;
        pool.doWork();
        session.live();
        pool.doWork();
        session.state = SessionState.FAILED;
        pool.doWork();
        fixture.passMs(100);
        fixture.last().live();
        pool.doWork();
        pool.close();
        assertThat(fixture.log).containsExactly(
            "live 0.1.1", "not live 0.1.1", "live 0.1.2", "not live 0.1.2", "live 0.1.3", "not live 0.1.3",
            "restarted 0", "live 0.2.1", "not live 0.2.1");
    }

    @Test
    @DisplayName("W4: the handle stays through restarts")
    void shouldKeepTheHandleThroughRestarts()
    {
        final PoolMember member = fixture.add();
        fixture.last().state = SessionState.FAILED;
        pool.doWork();
        fixture.passMs(100);
        assertThat(pool.members()).containsExactly(member);
        assertThat(member.session().name()).isEqualTo("s1");
        assertThat(member.incarnation()).isEqualTo(2);
        fixture.last().live();
        assertThat(fixture.send("x")).isPositive();
    }

    @Test
    void shouldWaitLongerBeforeEachRestartAndGiveUp()
    {
        final PoolFixture two = new PoolFixture(new PoolPolicy().maxRestarts(2).restartBaseNs(100 * MS));
        two.addLive();
        final FakeSession other = two.addLive();
        for (int restart = 0; restart < 2; restart++)
        {
            final int sessions = two.sessions.size();
            two.sessions.get(restart == 0 ? 0 : sessions - 1).state = SessionState.FAILED;
            two.pool.doWork();
            two.passMs((100L << restart) - 1);
            assertThat(two.sessions).hasSize(sessions);
            two.passMs(1);
            assertThat(two.sessions).hasSize(sessions + 1);
        }

        two.last().state = SessionState.FAILED;
        two.passMs(60_000);
        two.passMs(60_000);
        assertThat(two.log).endsWith("ended 0");
        assertThat(other.state).isEqualTo(SessionState.LIVE); // one member's end does not end the pool
        assertThat(two.send("x")).isPositive();
    }

    @Test
    void shouldForgetRestartsOfAMemberThatIsHealthy()
    {
        final PoolMember member = fixture.add();
        fixture.last().state = SessionState.FAILED;
        pool.doWork();
        fixture.passMs(100);
        fixture.last().live();
        pool.doWork();
        assertThat(pool.health().get(0).restarts()).isOne();
        fixture.passMs(60_000);
        assertThat(member.health().restarts()).isZero();
    }

    @Test
    void shouldNotBringBackWhatSomebodyClosed()
    {
        final PoolMember member = fixture.add();
        member.session().close();
        pool.doWork();
        fixture.passMs(60_000);
        assertThat(fixture.sessions).hasSize(1);
        assertThat(fixture.log).containsExactly("ended 0");
    }

    @Test
    @DisplayName("W26: a member that cannot be made is reported and left out")
    void shouldReportAMemberThatCannotBeMadeAndGoOn()
    {
        fixture.add();
        final FakeSession good = fixture.addLive();
        fixture.sessions.get(0).state = SessionState.FAILED;
        pool.doWork();
        fixture.refusal = new ConfigurationException("no");
        fixture.passMs(100);
        assertThat(fixture.log).contains("restart failed 0");
        assertThat(fixture.errors).containsExactly(fixture.refusal);
        assertThat(fixture.send("x")).isPositive();
        assertThat(good.sent).hasSize(1);
        fixture.refusal = null;
        pool.doWork();
        fixture.passMs(200);
        assertThat(fixture.log).endsWith("restarted 0");
    }

    @Test
    void shouldThrowWhenTheFirstSessionOfAMemberIsRefused()
    {
        fixture.refusal = new ConfigurationException("no");
        assertThatThrownBy(fixture::add).isSameAs(fixture.refusal);
        assertThat(pool.members()).isEmpty();
    }

    @Test
    @DisplayName("G6: members can be listed in the middle of a restart")
    void shouldListMembersInTheMiddleOfARestart()
    {
        final int[] seen = {0};
        pool.add(() ->
        {
            seen[0] += pool.members().size() + pool.health().size();
            return new io.ringwire.config.SessionConfig();
        });
        fixture.last().state = SessionState.FAILED;
        pool.doWork();
        fixture.passMs(100);
        assertThat(seen[0]).isEqualTo(2);
        assertThat(fixture.sessions).hasSize(2);
    }

    @Test
    void shouldRemoveAMember()
    {
        final PoolMember member = fixture.add();
        final FakeSession removed = fixture.last().live();
        final FakeSession other = fixture.addLive();
        pool.doWork();
        assertThat(pool.remove(member)).isTrue();
        assertThat(pool.remove(member)).isFalse();
        fixture.send("x");
        fixture.send("x");
        assertThat(removed.closed).isEqualTo("1000");
        assertThat(removed.sent).isEmpty();
        assertThat(other.sent).hasSize(2);
        pool.doWork();
        assertThat(fixture.log).endsWith("not live 0.1.1", "removed 0");
        fixture.passMs(60_000);
        assertThat(fixture.sessions).hasSize(2);
    }

    @Test
    void shouldChooseWhileMembersComeAndGo() throws InterruptedException
    {
        fixture.addLive();
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread chooser = new Thread(() ->
        {
            while (!done.get())
            {
                pool.choose(null, 0);
            }
        });
        chooser.setUncaughtExceptionHandler((thread, ex) -> thrown.set(ex));
        chooser.start();
        for (int i = 0; i < 20_000 && thrown.get() == null; i++)
        {
            fixture.sessions.clear();
            pool.remove(fixture.add());
        }

        done.set(true);
        chooser.join();
        assertThat(thrown).hasNullValue();
    }

    @Test
    void shouldHoldAMemberThatIsRateLimitedForWorse()
    {
        final FakeSession session = fixture.addLive();
        session.rttNs = MS;
        session.counts.put("rateLimited", 5L);
        pool.doWork();
        assertThat(pool.health().get(0).score()).isEqualTo(95);
        fixture.passMs(10);
        assertThat(pool.health().get(0).score()).isEqualTo(100);
    }

    @Test
    void shouldKeepItsPlacesWhenASessionRefusesTheArguments()
    {
        final PoolFixture small = new PoolFixture(new PoolPolicy().maxRepeatable(2));
        final FakeSession session = small.addLive();
        session.thrown = new IllegalArgumentException("opcode 7");
        final UnsafeBuffer buffer = PoolFixture.buffer("x");
        for (int i = 0; i < 2; i++)
        {
            assertThatThrownBy(() -> small.pool.sendRepeatable(7, buffer, 0, 1)).isSameAs(session.thrown);
            assertThatThrownBy(() -> small.requestRepeatable(7)).isSameAs(session.thrown);
        }

        session.thrown = null;
        assertThat(small.requestRepeatable(7)).isPositive();
    }

    @Test
    void shouldTellOfTheRemovalOfAMemberThatItHadNotLookedAt()
    {
        pool.remove(fixture.add());
        pool.doWork();
        assertThat(fixture.log).containsExactly("removed 0");
    }

    @Test
    void shouldCloseItsMembersAndAnswerClosed()
    {
        final FakeSession session = fixture.addLive();
        pool.close();
        pool.close();
        assertThat(session.closed).isEqualTo("1000");
        assertThat(fixture.send("x")).isEqualTo(SendResult.CLOSED);
        assertThat(pool.sendRepeatable(1, PoolFixture.buffer("x"), 0, 1)).isEqualTo(SendResult.CLOSED);
        assertThat(fixture.request(1)).isEqualTo(SendResult.CLOSED);
        assertThat(fixture.requestRepeatable(1)).isEqualTo(SendResult.CLOSED);
        assertThatThrownBy(fixture::add).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldGoOnWhenTheListenerThrows()
    {
        final PoolFixture plain = new PoolFixture(new PoolPolicy());
        plain.addLive();
        final SessionPool throwing = SessionPool.launch(
            new PoolPolicy().threaded(false).errorHandler(plain.errors::add).listener(
                new PoolListener()
                {
                    @Override
                    public void onLive(final PoolMember member, final int epoch)
                    {
                        throw new IllegalStateException("thrown");
                    }
                }),
            plain::connect);
        throwing.add(io.ringwire.config.SessionConfig::new);
        plain.last().live();
        throwing.doWork();
        assertThat(plain.errors).hasSize(1);
        assertThat(throwing.health().get(0).score()).isPositive();
    }

    @Test
    void shouldNameTheSettingItRefuses()
    {
        assertThatThrownBy(() -> new PoolFixture(new PoolPolicy().maxAttempts(0)))
            .isInstanceOf(ConfigurationException.class).hasMessage("PoolPolicy.maxAttempts=0 is below 1");
    }
}
