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

import io.ringwire.api.RateLimits;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.RateLimitPolicy.Limit;
import io.ringwire.dialect.Dialect;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gate before the wire: a message takes its tokens from every bucket or is refused. Any thread, without a lock, a
 * timer or garbage; the clock of the engine alone brings tokens back. It lives as long as its session, and a new
 * connection of it does not fill the buckets.
 * <p>
 * Costs are arrays with one entry for each bucket. Token buckets stand before windows, which cannot give back.
 */
public final class RateLimiter implements RateLimits
{
    private static final int METHOD_LENGTH_BITS = Integer.SIZE;

    private final TokenSource[] sources;
    private final String[] names;
    private final int[] reserves;
    private final int[] defaultCost;
    private final int[] claimCost;
    private final int[] controlFrameCost;
    private final MethodCosts methodCosts;
    private final long penaltyNs;
    private final Dialect dialect; // null: no method has a cost of its own
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final AtomicCounter dialectErrors;
    private final AtomicCounter breaches;
    private final AtomicLong tokensLost = new AtomicLong(); // any thread

    /**
     * Make the limiter of a session, with its buckets full unless others share them.
     *
     * @param policy       checked; later changes of it change nothing here.
     * @param dialect      that finds the method of a message, or null.
     * @param clock        of the engine.
     * @param errorHandler told of what the dialect throws.
     * @param counters     of the session.
     */
    public RateLimiter(
        final RateLimitPolicy policy,
        final Dialect dialect,
        final NanoClock clock,
        final ErrorHandler errorHandler,
        final SessionCounters counters)
    {
        this.clock = clock;
        this.errorHandler = errorHandler;
        dialectErrors = counters.of(Id.DIALECT_ERRORS);
        breaches = counters.of(Id.RATE_LIMIT_BREACHES);
        penaltyNs = policy.penaltyNs();

        final List<Limit> limits = policy.limits().stream().sorted(Comparator.comparing(Limit::isWindow)).toList();
        sources = limits.stream().map((limit) -> source(limit, policy.sharedKey(limit.name()), clock))
            .toArray(TokenSource[]::new);
        names = limits.stream().map(Limit::name).toArray(String[]::new);
        reserves = Arrays.stream(names).mapToInt(policy::reserve).toArray();
        defaultCost = Arrays.stream(names).mapToInt((name) -> policy.cost(null, name)).toArray();
        claimCost = Arrays.stream(names).mapToInt(policy::claimCost).toArray();
        controlFrameCost = Arrays.stream(names).mapToInt(policy::controlFrameCost).toArray();
        this.dialect = policy.methods().isEmpty() ? null : dialect;
        methodCosts = new MethodCosts(policy.methods().size());
        for (final String method : policy.methods())
        {
            methodCosts.add(method, Arrays.stream(names).mapToInt((name) -> policy.cost(method, name)).toArray());
        }
    }

    /**
     * Is nothing limited?
     *
     * @return true if there is no bucket.
     */
    public boolean isEmpty()
    {
        return sources.length == 0;
    }

    /**
     * The cost of a message.
     *
     * @param buffer that holds it.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return tokens of each bucket; not to be changed.
     */
    public int[] costOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final long method = dialect == null ? Dialect.NO_METHOD : methodOf(buffer, offset, length);
        final int methodOffset = (int)(method >>> METHOD_LENGTH_BITS);
        final int methodLength = (int)method;
        if (methodOffset < offset || methodLength <= 0 || methodLength > offset + length - methodOffset)
        {
            return defaultCost;
        }

        final int[] cost = methodCosts.find(buffer, methodOffset, methodLength);
        return cost == null ? defaultCost : cost;
    }

    /**
     * The cost of a claim.
     *
     * @return tokens of each bucket; not to be changed.
     */
    public int[] claimCost()
    {
        return claimCost;
    }

    /**
     * Would a message pass? A look that takes nothing, so that one which would not takes no room either. A refusal
     * reads the clock again: this thread may have been held up since the first reading, while others took what there
     * was then.
     *
     * @param cost   of the message.
     * @param urgent may it take the reserve?
     * @return true if it would.
     */
    public boolean wouldPass(final int[] cost, final boolean urgent)
    {
        final long nowNs = clock.nanoTime();
        final long earliestNs = earliestNs(cost, urgent, nowNs);
        return earliestNs - nowNs <= 0 || earliestNs - clock.nanoTime() <= 0;
    }

    /**
     * Take the tokens of a message, of all buckets or of none.
     *
     * @param cost   of the message.
     * @param urgent may it take the reserve, and not wait for the end of a penalty?
     * @return true if they were taken.
     */
    public boolean take(final int[] cost, final boolean urgent)
    {
        return wouldPass(cost, urgent) && take(cost, urgent, 0);
    }

    /**
     * The IO thread: take the tokens of a ping or a pong.
     *
     * @return true if they were taken; if not, try again in a later cycle.
     */
    public boolean takeControlFrame()
    {
        return sources.length == 0 || take(controlFrameCost, true);
    }

    /**
     * The IO thread: a close frame, which does not wait, takes its tokens.
     */
    public void forceControlFrame()
    {
        for (int i = 0; i < sources.length; i++)
        {
            if (controlFrameCost[i] > 0)
            {
                sources[i].force(controlFrameCost[i]);
            }
        }
    }

    /**
     * The IO thread: the venue says that we sent too much. Messages wait for the penalty to end.
     */
    void onBreach()
    {
        breaches.incrementRelease();
        final long untilNs = clock.nanoTime() + penaltyNs;
        for (final TokenSource source : sources)
        {
            source.pause(untilNs);
        }
    }

    @Override
    public boolean tryAcquire(final CharSequence method)
    {
        return take(costOf(method), false);
    }

    @Override
    public long earliestNs(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        return earliestNs(costOf(buffer, offset, length), false, clock.nanoTime());
    }

    @Override
    public long delayNs(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        final long nowNs = clock.nanoTime();
        return earliestNs(costOf(buffer, offset, length), false, nowNs) - nowNs;
    }

    @Override
    public long delayNs(final CharSequence method)
    {
        final long nowNs = clock.nanoTime();
        return earliestNs(costOf(method), false, nowNs) - nowNs;
    }

    @Override
    public int available(final String bucket)
    {
        final int index = indexOf(bucket);
        final long nowNs = clock.nanoTime();
        return sources[index].pauseEndNs(nowNs) > nowNs ? 0 : sources[index].available(reserves[index], nowNs);
    }

    @Override
    public int capacity(final String bucket)
    {
        return sources[indexOf(bucket)].limit().capacity();
    }

    @Override
    public long tokensLost()
    {
        return tokensLost.get();
    }

    private boolean take(final int[] cost, final boolean urgent, final int from)
    {
        if (from == sources.length)
        {
            return true;
        }

        final int tokens = cost[from];
        if (tokens == 0)
        {
            return take(cost, urgent, from + 1);
        }

        final TokenSource source = sources[from];
        final long taken = source.take(tokens, urgent ? 0 : reserves[from]);
        if (taken == TokenSource.REFUSED)
        {
            return false;
        }

        if (take(cost, urgent, from + 1))
        {
            return true;
        }

        if (!source.giveBack(tokens, taken))
        {
            tokensLost.getAndAdd(tokens);
        }

        return false;
    }

    private long earliestNs(final int[] cost, final boolean urgent, final long nowNs)
    {
        long delayNs = 0;
        for (int i = 0; i < sources.length; i++)
        {
            if (cost[i] > 0)
            {
                final long earliestNs = sources[i].earliestNs(cost[i], urgent ? 0 : reserves[i], nowNs);
                final long pauseEndNs = urgent ? nowNs : sources[i].pauseEndNs(nowNs);
                delayNs = Math.max(delayNs, Math.max(earliestNs - nowNs, pauseEndNs - nowNs));
            }
        }

        return nowNs + delayNs;
    }

    private int[] costOf(final CharSequence method)
    {
        final int[] cost = methodCosts.find(method);
        return cost == null ? defaultCost : cost;
    }

    /**
     * A dialect that throws is no reason to refuse a message: it has the default cost.
     */
    private long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return dialect.methodOf(buffer, offset, length);
        }
        catch (final Throwable t)
        {
            dialectErrors.increment();
            errorHandler.onError(t);
            return Dialect.NO_METHOD;
        }
    }

    private int indexOf(final String bucket)
    {
        for (int i = 0; i < names.length; i++)
        {
            if (names[i].equals(bucket))
            {
                return i;
            }
        }

        throw new IllegalArgumentException(
            "there is no bucket '" + bucket + "' in the session's limits, only " + Arrays.toString(names));
    }

    private static TokenSource source(final Limit limit, final String sharedKey, final NanoClock clock)
    {
        return sharedKey == null ? TokenSource.of(limit, clock) : SharedTokens.of(sharedKey, limit, clock);
    }
}
