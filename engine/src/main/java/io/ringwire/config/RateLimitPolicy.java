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
package io.ringwire.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How fast a session may send. A message takes tokens from every bucket, at once or not at all; one that finds too few
 * is refused as {@code SendResult.RATE_LIMITED} and never queued. Default: no bucket, no limit.
 * <p>
 * Time counts from when a message is accepted. It leaves within the IO thread's next cycles, and not in even steps: for
 * a venue that ends the connection at the first breach, configure a token or some ms of margin.
 * <p>
 * Settings name their bucket and may come in any order; {@link #check} looks at all of them.
 */
public final class RateLimitPolicy
{
    /** The most tokens of a window, which holds the time of each. */
    public static final int MAX_WINDOW_TOKENS = 1 << 20;

    /** The longest time that an empty token bucket may take to be full, and the longest window: 36,500 days. */
    public static final long MAX_PERIOD_NS = TimeUnit.DAYS.toNanos(36_500);

    private final List<Limit> limits = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private long penaltyNs = TimeUnit.SECONDS.toNanos(1);

    /**
     * Add a token bucket. It starts full, and tokens come back evenly, each after {@code periodNs / tokens} rounded up
     * to whole ns: over any time t at most {@code capacity + t * tokens / periodNs} are taken.
     *
     * @param name     of the bucket.
     * @param capacity tokens of a full bucket.
     * @param tokens   that come back in each period.
     * @param periodNs in ns.
     * @return this.
     */
    public RateLimitPolicy bucket(final String name, final int capacity, final int tokens, final long periodNs)
    {
        limits.add(new Limit(name, false, capacity, tokens, periodNs));
        return this;
    }

    /**
     * Add a sliding window: in any time of a period, its end not included, at most so many tokens are taken.
     *
     * @param name     of the bucket.
     * @param max      tokens in any period, {@value #MAX_WINDOW_TOKENS} at most.
     * @param periodNs in ns.
     * @return this.
     */
    public RateLimitPolicy window(final String name, final int max, final long periodNs)
    {
        limits.add(new Limit(name, true, max, max, periodNs));
        return this;
    }

    /**
     * Keep tokens of a bucket for pings, pongs and the engine's answers to heartbeat demands: what a user sends, and
     * the engine's logins and subscriptions, leave so many behind.
     *
     * @param bucket the name.
     * @param tokens to keep. Default 0.
     * @return this.
     */
    public RateLimitPolicy reserve(final String bucket, final int tokens)
    {
        return set(Kind.RESERVE, null, bucket, tokens);
    }

    /**
     * Choose what a message of a method takes from a bucket. From the others it takes their default cost. The session's
     * {@code Dialect} finds the method of a message.
     *
     * @param method of the venue, in ASCII, as it stands in the message.
     * @param bucket the name.
     * @param tokens to take, 0 for none.
     * @return this.
     */
    public RateLimitPolicy cost(final String method, final String bucket, final int tokens)
    {
        return set(Kind.METHOD, String.valueOf(method), bucket, tokens);
    }

    /**
     * Choose what a message takes from a bucket whose method has no cost there, or that has no method.
     *
     * @param bucket the name.
     * @param tokens to take, 0 for none. Default 1.
     * @return this.
     */
    public RateLimitPolicy defaultCost(final String bucket, final int tokens)
    {
        return set(Kind.DEFAULT, null, bucket, tokens);
    }

    /**
     * Choose what {@code Session.tryClaim} takes from a bucket, which cannot know the message yet. With 0, the sender
     * takes the tokens of the method with {@code RateLimits.tryAcquire} before it claims. What a claim took is not
     * given back when it is aborted.
     *
     * @param bucket the name.
     * @param tokens to take, 0 for none. Default: the default cost.
     * @return this.
     */
    public RateLimitPolicy claimCost(final String bucket, final int tokens)
    {
        return set(Kind.CLAIM, null, bucket, tokens);
    }

    /**
     * Choose what a ping, pong or close frame takes from a bucket. Pings and pongs may take the reserve, and wait where
     * even that is gone; a close frame never waits. Without a reserve a session that sends all it may cannot ping, and
     * a silent peer is then taken for dead.
     *
     * @param bucket the name.
     * @param tokens to take. Default 0.
     * @return this.
     */
    public RateLimitPolicy controlFrameCost(final String bucket, final int tokens)
    {
        return set(Kind.CONTROL_FRAME, null, bucket, tokens);
    }

    /**
     * Make a bucket one with those of the same key in other sessions of this process, for limits of an account or an
     * address. All must have the same capacity, tokens and period, and their engines the same clock. A shared bucket
     * lives as long as the process.
     *
     * @param bucket the name.
     * @param key    of the bucket that all share.
     * @return this.
     */
    public RateLimitPolicy shared(final String bucket, final String key)
    {
        settings.add(new Setting(Kind.SHARED, String.valueOf(key), String.valueOf(bucket), 0));
        return this;
    }

    /** {@return how long messages wait after the venue said that we sent too much, in ns; default 1 s} */
    public long penaltyNs()
    {
        return penaltyNs;
    }

    /**
     * Choose how long messages wait after the venue said that we sent too much. The reserve is not held back.
     *
     * @param penaltyNs in ns, 0 to go on at once.
     * @return this.
     */
    public RateLimitPolicy penaltyNs(final long penaltyNs)
    {
        this.penaltyNs = penaltyNs;
        return this;
    }

    /** {@return the buckets, in the order in which they were added} */
    public List<Limit> limits()
    {
        return List.copyOf(limits);
    }

    /** {@return the methods that have a cost of their own in a bucket} */
    public Set<String> methods()
    {
        final Set<String> methods = new LinkedHashSet<>();
        settings.stream().filter((setting) -> setting.kind == Kind.METHOD).forEach((each) -> methods.add(each.text));
        return methods;
    }

    /**
     * What is kept in a bucket.
     *
     * @param bucket the name.
     * @return tokens.
     */
    public int reserve(final String bucket)
    {
        return tokens(Kind.RESERVE, null, bucket, 0);
    }

    /**
     * What a message takes from a bucket.
     *
     * @param method of the message, or null for one without.
     * @param bucket the name.
     * @return tokens.
     */
    public int cost(final String method, final String bucket)
    {
        final int defaultCost = tokens(Kind.DEFAULT, null, bucket, 1);
        return method == null ? defaultCost : tokens(Kind.METHOD, method, bucket, defaultCost);
    }

    /**
     * What a claim takes from a bucket.
     *
     * @param bucket the name.
     * @return tokens.
     */
    public int claimCost(final String bucket)
    {
        return tokens(Kind.CLAIM, null, bucket, cost(null, bucket));
    }

    /**
     * What a ping, pong or close frame takes from a bucket.
     *
     * @param bucket the name.
     * @return tokens.
     */
    public int controlFrameCost(final String bucket)
    {
        return tokens(Kind.CONTROL_FRAME, null, bucket, 0);
    }

    /**
     * The key of a bucket that sessions share.
     *
     * @param bucket the name.
     * @return the key, or null if it is the session's own.
     */
    public String sharedKey(final String bucket)
    {
        return settings.stream().filter((setting) -> setting.is(Kind.SHARED, null, bucket))
            .map(Setting::text).reduce((first, second) -> second).orElse(null);
    }

    /**
     * Validate all buckets and settings.
     *
     * @throws ConfigurationException that names the bucket and the value.
     */
    void check()
    {
        new RateLimitCheck(this, settings).check();
    }

    private RateLimitPolicy set(final Kind kind, final String method, final String bucket, final int tokens)
    {
        settings.add(new Setting(kind, method, String.valueOf(bucket), tokens));
        return this;
    }

    private int tokens(final Kind kind, final String method, final String bucket, final int otherwise)
    {
        int tokens = otherwise;
        for (final Setting setting : settings)
        {
            if (setting.is(kind, method, bucket))
            {
                tokens = setting.tokens;
            }
        }

        return tokens;
    }

    /**
     * A bucket.
     *
     * @param name     of it.
     * @param isWindow is it a sliding window, else a token bucket.
     * @param capacity the most tokens that can be taken at once.
     * @param tokens   that come back in each period.
     * @param periodNs in ns.
     */
    public record Limit(String name, boolean isWindow, int capacity, int tokens, long periodNs)
    {
        /** {@return how long one token of a token bucket takes to come back, in ns, rounded up} */
        public long tokenNs()
        {
            return (periodNs - 1) / tokens + 1;
        }
    }

    enum Kind
    {
        RESERVE("reserve"),
        METHOD("cost"),
        DEFAULT("defaultCost"),
        CLAIM("claimCost"),
        CONTROL_FRAME("controlFrameCost"),
        SHARED("shared");

        private final String verb;

        Kind(final String verb)
        {
            this.verb = verb;
        }
    }

    /**
     * What one call said about a bucket; of several that say the same, the last counts.
     */
    record Setting(Kind kind, String text, String bucket, int tokens)
    {
        boolean is(final Kind kind, final String text, final String bucket)
        {
            return this.kind == kind && this.bucket.equals(bucket) && (text == null || text.equals(this.text));
        }

        @Override
        public String toString()
        {
            return "limits." + kind.verb + '(' + (kind == Kind.METHOD ? text + ", " : "") + bucket + ", " +
                (kind == Kind.SHARED ? text : String.valueOf(tokens)) + ')';
        }
    }
}
