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

import io.ringwire.Seed;
import io.ringwire.config.RateLimitPolicy.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each kind of limit alone and on one thread, against its model and at its edges.
 */
class TokenSourceTest
{
    private static final int ROUNDS = 100;
    private static final int STEPS = 400;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // wraps around on the way

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldDoWhatTheModelDoes(final boolean isWindow)
    {
        final SplittableRandom random = Seed.random(TokenSourceTest.class);
        for (int round = 0; round < ROUNDS; round++)
        {
            final int capacity = random.nextInt(1, 20);
            final int tokens = isWindow ? capacity : random.nextInt(1, 20);
            final Limit limit = new Limit("x", isWindow, capacity, tokens, random.nextInt(20, 20_000));
            final TokenSource source = TokenSource.of(limit, clock::get);
            final long originNs = clock.get();
            final TokenModel model = new TokenModel(limit, 0);
            for (int step = 0; step < STEPS; step++)
            {
                compare(source, model, limit, originNs, random);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldGrantNothingForAClockThatGoesBack(final boolean isWindow)
    {
        final TokenSource source = TokenSource.of(new Limit("x", isWindow, 3, 3, 300), clock::get);
        clock.addAndGet(1000);
        assertThat(source.take(3, 0)).isNotEqualTo(TokenSource.REFUSED);
        clock.addAndGet(-5000);
        assertThat(source.take(1, 0)).isEqualTo(TokenSource.REFUSED);
        assertThat(source.available(0, clock.get())).isZero();
        clock.addAndGet(5299);
        assertThat(source.take(3, 0)).isEqualTo(TokenSource.REFUSED);
        clock.addAndGet(1);
        assertThat(source.take(3, 0)).isNotEqualTo(TokenSource.REFUSED);
    }

    @Test
    void shouldGiveBackToABucketOnlyIfNobodyTookSince()
    {
        final TokenSource bucket = TokenSource.of(new Limit("x", false, 10, 1, 100), clock::get);
        final long first = bucket.take(4, 0);
        assertThat(bucket.giveBack(4, first)).isTrue();
        assertThat(bucket.available(0, clock.get())).isEqualTo(10);
        final long second = bucket.take(4, 0);
        clock.addAndGet(400);
        bucket.take(10, 0);
        assertThat(bucket.giveBack(4, second)).as("would make 14 of 10").isFalse();
        assertThat(bucket.available(0, clock.get())).isZero();
    }

    @Test
    void shouldNeverGiveBackToAWindow()
    {
        final TokenSource window = TokenSource.of(new Limit("x", true, 3, 3, 100), clock::get);
        assertThat(window.giveBack(2, window.take(2, 0))).isFalse();
        assertThat(window.available(0, clock.get())).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldRefuseWhatNeverFits(final boolean isWindow)
    {
        final TokenSource source = TokenSource.of(new Limit("x", isWindow, 3, 3, 100), clock::get);
        assertThat(source.take(4, 0)).isEqualTo(TokenSource.REFUSED);
        assertThat(source.take(2, 2)).isEqualTo(TokenSource.REFUSED);
        assertThat(source.earliestNs(2, 2, clock.get()) - clock.get()).isPositive();
    }

    private void compare(
        final TokenSource source,
        final TokenModel model,
        final Limit limit,
        final long originNs,
        final SplittableRandom random)
    {
        final int keep = random.nextInt(limit.capacity());
        final int tokens = random.nextInt(1, limit.capacity() - keep + 1);
        final long nowNs = clock.get() - originNs;
        final String state = limit + " at " + nowNs + " keeping " + keep;
        assertThat(source.available(keep, clock.get())).as(state).isEqualTo(model.available(keep, nowNs));
        final long earliestNs = source.earliestNs(tokens, keep, clock.get());
        assertThat(earliestNs - originNs).as(state).isEqualTo(model.earliestNs(tokens, keep, nowNs));
        if (random.nextInt(50) == 0)
        {
            source.force(tokens);
            model.force(tokens, nowNs);
        }
        else
        {
            assertThat(source.take(tokens, keep) != TokenSource.REFUSED).as(state)
                .isEqualTo(model.take(tokens, keep, nowNs));
        }

        switch (random.nextInt(4))
        {
            case 0 -> clock.addAndGet(random.nextLong(limit.periodNs()));
            case 1 -> clock.addAndGet(Math.max(0, earliestNs - clock.get()));
            case 2 -> clock.addAndGet(Math.max(0, earliestNs - clock.get() - 1));
            default -> clock.addAndGet(random.nextInt(3));
        }
    }
}
