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

import io.ringwire.Seed;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random lives of random members: orders are sent once, requests end once, coming and going is told in pairs.
 */
class PoolPropertyTest
{
    private static final int RUNS = 25;
    private static final int STEPS = 500;

    private PoolFixture fixture;
    private long accepted;
    private long nextId;

    @Test
    void shouldKeepItsPromisesWhateverItsMembersDo()
    {
        final SplittableRandom random = Seed.random(PoolPropertyTest.class);
        for (int run = 0; run < RUNS; run++)
        {
            fixture = new PoolFixture(new PoolPolicy().maxRestarts(1_000));
            accepted = 0;
            nextId = 0;
            for (int step = 0; step < STEPS; step++)
            {
                step(random);
            }

            fixture.sessions.forEach((session) -> session.end(ReplyOutcome.UNKNOWN_OUTCOME));
            fixture.pool.close();
            fixture.sessions.forEach((session) -> session.end(ReplyOutcome.UNKNOWN_OUTCOME));
            check();
        }
    }

    private void step(final SplittableRandom random)
    {
        final int count = fixture.sessions.size();
        final FakeSession session = count == 0 ? null : fixture.sessions.get(random.nextInt(count));
        switch (random.nextInt(12))
        {
            case 0 ->
            {
                if (fixture.pool.members().size() < 5)
                {
                    fixture.add();
                }
            }
            case 1 ->
            {
                if (fixture.pool.members().size() > 3)
                {
                    fixture.pool.remove(fixture.pool.members().get(random.nextInt(3)));
                }
            }
            case 2, 3 -> move(session, random);
            case 4 ->
            {
                if (session != null)
                {
                    session.refusal = random.nextBoolean() ? SendResult.BACK_PRESSURED : 0;
                }
            }
            case 5, 6 -> answer(session, random);
            case 7, 8 -> fixture.passMs(random.nextInt(300));
            case 9, 10 -> order();
            default -> accepted += fixture.requestRepeatable(nextId++) > 0 ? 1 : 0;
        }
    }

    private void order()
    {
        final boolean live = fixture.pool.members().stream().anyMatch(PoolMember::isLive);
        final long result = fixture.request(nextId++);
        accepted += result > 0 ? 1 : 0;
        assertThat(result == SendResult.NOT_CONNECTED).isEqualTo(!live);
    }

    private static void move(final FakeSession session, final SplittableRandom random)
    {
        if (session == null || session.state.isTerminal())
        {
            return;
        }

        if (session.state == SessionState.LIVE)
        {
            session.state = random.nextBoolean() ? SessionState.FAILED : SessionState.BACKING_OFF;
            session.end(ReplyOutcome.UNKNOWN_OUTCOME);
        }
        else
        {
            session.live();
        }
    }

    private static void answer(final FakeSession session, final SplittableRandom random)
    {
        if (session != null && !session.pending.isEmpty())
        {
            session.end(
                session.pending.get(random.nextInt(session.pending.size())),
                random.nextInt(3) == 0 ? ReplyOutcome.TIMED_OUT : ReplyOutcome.REPLY);
        }
    }

    private void check()
    {
        final List<String> sent = fixture.sessions.stream().flatMap((session) -> session.sent.stream()).toList();
        final List<String> orders = sent.stream().filter((text) -> text.startsWith("order")).toList();
        assertThat(orders).doesNotHaveDuplicates();
        final List<String> ends = fixture.log.stream().filter((entry) -> entry.startsWith("reply"))
            .map((entry) -> entry.split(" ")[1]).toList();
        assertThat(ends).hasSize((int)accepted).doesNotHaveDuplicates();
        assertThat(fixture.errors).isEmpty();
        for (final PoolMember member : fixture.pool.members())
        {
            final List<String> lives = fixture.log.stream()
                .filter((entry) -> entry.matches("(not )?live " + member.id() + "\\..*")).toList();
            for (int i = 0; i < lives.size(); i++)
            {
                assertThat(lives.get(i).startsWith("not")).isEqualTo(i % 2 == 1);
                assertThat(i % 2 == 0 || lives.get(i).equals("not " + lives.get(i - 1))).isTrue();
            }

            assertThat(lives.size() % 2).isZero();
        }
    }
}
