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

import io.ringwire.config.RateLimitPolicy.Kind;
import io.ringwire.config.RateLimitPolicy.Limit;
import io.ringwire.config.RateLimitPolicy.Setting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The validation of a {@link RateLimitPolicy}. A cost that no bucket could ever pay is refused here and not at the
 * first send.
 */
final class RateLimitCheck
{
    private final RateLimitPolicy policy;
    private final List<Setting> settings;
    private final Map<String, Limit> limitByName = new HashMap<>();

    RateLimitCheck(final RateLimitPolicy policy, final List<Setting> settings)
    {
        this.policy = policy;
        this.settings = settings;
    }

    void check()
    {
        policy.limits().forEach(this::checkLimit);
        settings.forEach(this::checkSetting);
        limitByName.keySet().forEach(this::checkCosts);
        if (policy.penaltyNs() < 0 || policy.penaltyNs() > RateLimitPolicy.MAX_PERIOD_NS)
        {
            throw new ConfigurationException("limits.penaltyNs=" + policy.penaltyNs() +
                " is not within 0 to " + RateLimitPolicy.MAX_PERIOD_NS);
        }
    }

    private void checkLimit(final Limit limit)
    {
        if (limit.name() == null || limit.name().isBlank())
        {
            throw new ConfigurationException("limits: the name of a bucket is '" + limit.name() + "': give it one");
        }

        if (limitByName.put(limit.name(), limit) != null)
        {
            throw new ConfigurationException(
                "limits: two buckets are called '" + limit.name() + "': give them different names");
        }

        final String what = "limits." + (limit.isWindow() ? "window" : "bucket") + '(' + limit.name() + ") ";
        SessionConfigCheck.atLeast(what + (limit.isWindow() ? "max" : "capacity"), limit.capacity(), 1);
        SessionConfigCheck.atLeast(what + "tokens", limit.tokens(), 1);
        SessionConfigCheck.positive(what + "periodNs", limit.periodNs());
        if (limit.isWindow())
        {
            checkWindow(limit, what);
        }
        else
        {
            checkBucket(limit, what);
        }
    }

    private static void checkWindow(final Limit limit, final String what)
    {
        if (limit.capacity() > RateLimitPolicy.MAX_WINDOW_TOKENS)
        {
            throw new ConfigurationException(what + "max=" + limit.capacity() + " is over " +
                RateLimitPolicy.MAX_WINDOW_TOKENS + ": make it a token bucket");
        }

        if (limit.periodNs() > RateLimitPolicy.MAX_PERIOD_NS)
        {
            throw new ConfigurationException(
                what + "periodNs=" + limit.periodNs() + " is over " + RateLimitPolicy.MAX_PERIOD_NS);
        }
    }

    private static void checkBucket(final Limit limit, final String what)
    {
        if (limit.tokens() > limit.periodNs())
        {
            throw new ConfigurationException(what + "tokens=" + limit.tokens() + " in periodNs=" + limit.periodNs() +
                " are more than one in a ns: no clock can tell them apart");
        }

        if (limit.tokenNs() > RateLimitPolicy.MAX_PERIOD_NS / limit.capacity())
        {
            throw new ConfigurationException(what + "takes more than " + RateLimitPolicy.MAX_PERIOD_NS +
                " ns to be full: lower capacity=" + limit.capacity() + " or periodNs=" + limit.periodNs());
        }
    }

    private void checkSetting(final Setting setting)
    {
        final Limit limit = limitByName.get(setting.bucket());
        if (limit == null)
        {
            throw new ConfigurationException(setting + ": there is no bucket '" + setting.bucket() +
                "', only " + policy.limits().stream().map(Limit::name).toList());
        }

        if (setting.tokens() < 0)
        {
            throw new ConfigurationException(setting + ": tokens=" + setting.tokens() + " must not be negative");
        }

        final boolean ordinary = setting.kind() != Kind.RESERVE && setting.kind() != Kind.CONTROL_FRAME;
        final int room = limit.capacity() - (ordinary ? policy.reserve(setting.bucket()) : 0);
        if (setting.tokens() > room)
        {
            throw new ConfigurationException(setting + ": tokens=" + setting.tokens() + " are over the " + room +
                " that the bucket can give" + (ordinary ? " beside its reserve" : "") + ": refused forever");
        }

        if (setting.kind() == Kind.METHOD)
        {
            checkMethod(setting);
        }
    }

    private static void checkMethod(final Setting setting)
    {
        if (setting.text().isEmpty() || !setting.text().chars().allMatch((c) -> c > ' ' && c < 0x7f))
        {
            throw new ConfigurationException(
                setting + ": method '" + setting.text() + "' must be printable ASCII without blanks");
        }
    }

    /**
     * A default of 1 may not fit either.
     */
    private void checkCosts(final String bucket)
    {
        final int room = limitByName.get(bucket).capacity() - policy.reserve(bucket);
        if (policy.cost(null, bucket) > room)
        {
            throw new ConfigurationException("limits.reserve(" + bucket + ", " + policy.reserve(bucket) +
                ") leaves " + room + " tokens, and a message costs defaultCost=" + policy.cost(null, bucket) +
                ": it would be refused forever");
        }
    }
}
