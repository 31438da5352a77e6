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

import io.ringwire.AllocatedBytes;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Several limits as one, and what a message costs. One thread, the clock in the test's hands.
 */
class RateLimiterTest
{
    private static final long PERIOD_NS = 1000;

    private final SessionCounters counters = new SessionCounters();
    private final List<Throwable> errors = new ArrayList<>();
    private long nowNs = -50;
    private final NanoClock clock = () -> nowNs;
    private Dialect dialect = new FirstWord();

    @Test
    void shouldTakeFromAllBucketsOrFromNone()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .window("narrow", 2, PERIOD_NS).bucket("wide", 10, 10, PERIOD_NS));
        assertThat(limiter.tryAcquire("a")).isTrue();
        assertThat(limiter.tryAcquire("a")).isTrue();
        assertThat(limiter.tryAcquire("a")).isFalse();
        assertThat(limiter.available("narrow")).isZero();
        assertThat(limiter.available("wide")).isEqualTo(8);
        assertThat(limiter.capacity("wide")).isEqualTo(10);
        assertThat(limiter.tokensLost()).isZero();
        assertThat(limiter.delayNs("a")).isEqualTo(PERIOD_NS);
    }

    @Test
    void shouldFindTheCostOfAMethodInTheMessage()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .bucket("x", 10, 10, PERIOD_NS).bucket("y", 10, 10, PERIOD_NS)
            .cost("buy", "x", 5).cost("cancel", "x", 0).cost("cancel", "y", 0).defaultCost("y", 2));
        assertThat(cost(limiter, "buy 1")).containsExactly(5, 2);
        assertThat(cost(limiter, "cancel 1")).containsExactly(0, 0);
        assertThat(cost(limiter, "sell 1")).containsExactly(1, 2);
        assertThat(cost(limiter, "bu 1")).containsExactly(1, 2);
        assertThat(limiter.tryAcquire("buy")).isTrue();
        assertThat(limiter.available("x")).isEqualTo(5);
        assertThat(limiter.available("y")).isEqualTo(8);
        assertThat(limiter.tryAcquire("b\u0175y")).as("not ASCII").isTrue();
        assertThat(limiter.available("x")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "no method", "\u0000", "{\"method\":" })
    @DisplayName("W35: a message that is not understood has the default cost")
    void shouldTakeTheDefaultCostForWhatItDoesNotKnow(final String message)
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .bucket("x", 10, 10, PERIOD_NS).cost("buy", "x", 5).defaultCost("x", 3));
        assertThat(cost(limiter, message)).containsExactly(3);
    }

    @Test
    void shouldTakeTheDefaultCostWithoutADialectAndWithOneThatThrowsOrLies()
    {
        final RateLimitPolicy policy =
            new RateLimitPolicy().bucket("x", 10, 10, PERIOD_NS).cost("buy", "x", 5);
        dialect = null;
        assertThat(cost(limiter(policy), "buy")).containsExactly(1);
        for (final long lie : new long[]{ -1, Long.MIN_VALUE, 3, 1L << 32 | 3, 4L << 32 | 1, 1L << 32 | 0xffff_ffffL })
        {
            dialect = new FirstWord(() -> lie);
            assertThat(cost(limiter(policy), "buy")).as(Long.toHexString(lie)).containsExactly(lie == 3 ? 5 : 1);
        }

        assertThat(errors).isEmpty();
        dialect = new FirstWord(() ->
        {
            throw new IllegalStateException("test");
        });
        assertThat(cost(limiter(policy), "buy")).containsExactly(1);
        assertThat(errors).hasSize(1);
        assertThat(counters.value(Id.DIALECT_ERRORS)).isOne();
    }

    @Test
    void shouldNotLookForMethodsThatAllCostTheSame()
    {
        dialect = new FirstWord(() ->
        {
            throw new IllegalStateException("nobody wants to know");
        });
        assertThat(cost(limiter(new RateLimitPolicy().bucket("x", 10, 10, PERIOD_NS).defaultCost("x", 2)), "buy"))
            .containsExactly(2);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldKeepTheReserveForWhatIsUrgent()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .window("w", 5, PERIOD_NS).reserve("w", 2).controlFrameCost("w", 1));
        assertThat(limiter.available("w")).isEqualTo(3);
        for (int i = 0; i < 3; i++)
        {
            assertThat(limiter.tryAcquire("a")).isTrue();
        }

        assertThat(limiter.tryAcquire("a")).isFalse();
        assertThat(limiter.takeControlFrame()).isTrue();
        assertThat(limiter.take(cost(limiter, "a"), true)).isTrue();
        assertThat(limiter.takeControlFrame()).isFalse();
        nowNs += PERIOD_NS;
        limiter.forceControlFrame();
        limiter.forceControlFrame();
        assertThat(limiter.available("w")).isOne();
    }

    @Test
    void shouldHoldBackAllButTheUrgentAfterABreach()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .bucket("b", 5, 5, PERIOD_NS).cost("free", "b", 0).controlFrameCost("b", 1).penaltyNs(70));
        limiter.onBreach();
        nowNs += 10;
        limiter.onBreach();
        assertThat(counters.value(Id.RATE_LIMIT_BREACHES)).isEqualTo(2);
        assertThat(limiter.available("b")).isZero();
        assertThat(limiter.delayNs("a")).isEqualTo(70);
        assertThat(limiter.tryAcquire("free")).isTrue();
        assertThat(limiter.takeControlFrame()).isTrue();
        nowNs += 69;
        assertThat(limiter.tryAcquire("a")).isFalse();
        nowNs += 1;
        assertThat(limiter.tryAcquire("a")).isTrue();
    }

    @Test
    @DisplayName("W31, W32, W34: nothing but the clock brings tokens back, and nobody has to live for that")
    void shouldBringTokensBackByTheClockAlone()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy().bucket("b", 10, 10, PERIOD_NS));
        for (int i = 0; i < 10; i++)
        {
            assertThat(limiter.tryAcquire("a")).isTrue();
        }

        nowNs += PERIOD_NS / 10 - 1;
        assertThat(limiter.tryAcquire("a")).isFalse();
        nowNs += 1;
        assertThat(limiter.tryAcquire("a")).isTrue();
        nowNs += 100 * PERIOD_NS;
        assertThat(limiter.available("b")).as("never over the capacity").isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1 })
    @DisplayName("W35: a thread held up behind a reading of the clock is not refused what others took meanwhile")
    void shouldNotRefuseAThreadThatWasHeldUp(final int reading)
    {
        for (final boolean window : new boolean[]{ false, true })
        {
            final RateLimitPolicy policy = window ?
                new RateLimitPolicy().window("x", 2, PERIOD_NS) : new RateLimitPolicy().bucket("x", 2, 2, PERIOD_NS);
            final HeldUp heldUp = new HeldUp();
            final RateLimiter limiter = new RateLimiter(policy, dialect, heldUp, errors::add, counters);
            heldUp.behind(reading, () ->
            {
                nowNs += PERIOD_NS;
                assertThat(limiter.tryAcquire("other's")).isTrue();
                assertThat(limiter.tryAcquire("other's")).isTrue();
                nowNs += PERIOD_NS;
            });
            assertThat(limiter.tryAcquire("mine")).as("window %s", window).isTrue();
            assertThat(heldUp.isOver()).isTrue();
            assertThat(limiter.available("x")).isOne();
        }
    }

    @Test
    void shouldNameAnUnknownBucket()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy());
        assertThat(limiter.tryAcquire("a")).isTrue();
        assertThat(limiter.delayNs("a")).isZero();
        assertThat(limiter.takeControlFrame()).isTrue();
        assertThatThrownBy(() -> limiter.available("x"))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'x'");
    }

    @Test
    void shouldShareABucketByItsKey()
    {
        final RateLimiter first = limiter(shared("mine", "account", 2));
        final RateLimiter second = limiter(shared("theirs", "account", 2));
        final RateLimiter other = limiter(shared("mine", "another", 2));
        assertThat(first.tryAcquire("a")).isTrue();
        assertThat(second.tryAcquire("a")).isTrue();
        assertThat(first.tryAcquire("a")).isFalse();
        assertThat(other.available("mine")).isEqualTo(2);
        nowNs += PERIOD_NS;
        second.onBreach();
        assertThat(first.tryAcquire("a")).as("a breach is one of the account").isFalse();
        assertThatThrownBy(() -> limiter(shared("x", "account", 3)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("account").hasMessageContaining("=3");
        assertThatThrownBy(() -> new RateLimiter(
            shared("x", "account", 2), null, () -> 0, errors::add, counters))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("nanoClock");
    }

    @Test
    void shouldNotAllocate()
    {
        final RateLimiter limiter = limiter(new RateLimitPolicy()
            .window("w", 5, PERIOD_NS).bucket("b", 5, 5, PERIOD_NS).cost("buy", "w", 2));
        final UnsafeBuffer message = buffer("buy something");
        assertThat(AllocatedBytes.median(5, 21, 5_000, () ->
        {
            limiter.take(limiter.costOf(message, 0, message.capacity()), false);
            limiter.tryAcquire("buy");
            limiter.delayNs(message, 0, message.capacity());
            limiter.takeControlFrame();
            limiter.available("w");
            nowNs += PERIOD_NS / 7;
        })).isZero();
    }

    private RateLimiter limiter(final RateLimitPolicy policy)
    {
        return new RateLimiter(policy, dialect, clock, errors::add, counters);
    }

    private RateLimitPolicy shared(final String name, final String key, final int max)
    {
        final String unique = RateLimiterTest.class.getName() + System.identityHashCode(this) + key;
        return new RateLimitPolicy().window(name, max, PERIOD_NS).shared(name, unique);
    }

    private static int[] cost(final RateLimiter limiter, final String message)
    {
        final UnsafeBuffer buffer = buffer(message);
        return limiter.costOf(buffer, 0, buffer.capacity());
    }

    private static UnsafeBuffer buffer(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The clock of a thread that others overtake behind one of its readings.
     */
    private final class HeldUp implements NanoClock
    {
        private Runnable others;
        private int readings;

        void behind(final int reading, final Runnable others)
        {
            this.others = others;
            readings = reading;
        }

        boolean isOver()
        {
            return others == null;
        }

        @Override
        public long nanoTime()
        {
            final long readNs = nowNs;
            if (others != null && readings-- == 0)
            {
                final Runnable meanwhile = others;
                others = null;
                meanwhile.run();
            }

            return readNs;
        }
    }

    /**
     * The method is the first word, or what a test says.
     */
    private static final class FirstWord implements Dialect
    {
        private final LongSupplier answer;

        FirstWord()
        {
            this(null);
        }

        FirstWord(final LongSupplier answer)
        {
            this.answer = answer;
        }

        @Override
        public void classify(
            final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
        {
            throw new AssertionError("nothing is received here");
        }

        @Override
        public long methodOf(final DirectBuffer buffer, final int offset, final int length)
        {
            if (answer != null)
            {
                return answer.getAsLong();
            }

            int end = offset;
            while (end < offset + length && buffer.getByte(end) != ' ')
            {
                end++;
            }

            return (long)offset << Integer.SIZE | end - offset;
        }
    }
}
