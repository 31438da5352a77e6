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

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.RateLimitPolicy.Limit;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The limits that sessions of the process share, by key. They are kept for good: a limit that was forgotten with its
 * last session would let the next one begin with a full bucket. Any thread.
 */
final class SharedTokens
{
    private static final ConcurrentMap<String, TokenSource> SOURCES = new ConcurrentHashMap<>();

    private SharedTokens()
    {
    }

    static TokenSource of(final String key, final Limit limit, final NanoClock clock)
    {
        final TokenSource source = SOURCES.computeIfAbsent(key, (missing) -> TokenSource.of(limit, clock));
        final Limit other = source.limit();
        if (other.isWindow() != limit.isWindow() || other.capacity() != limit.capacity() ||
            other.tokens() != limit.tokens() || other.periodNs() != limit.periodNs())
        {
            throw new ConfigurationException(
                "limits.shared(" + limit.name() + ", " + key + "): " + limit + " is not the " + other +
                    " of another session with this key: make them the same, or choose another key");
        }

        if (source.clock != clock)
        {
            throw new ConfigurationException("limits.shared(" + limit.name() + ", " + key +
                "): another session has this key in an engine with another nanoClock: choose another key");
        }

        return source;
    }
}
