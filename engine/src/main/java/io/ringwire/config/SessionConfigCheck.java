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

import org.agrona.BitUtil;

/**
 * The validation of a {@link SessionConfig} across its fields and against the engine's.
 */
final class SessionConfigCheck
{
    static final int MAX_MESSAGE_LENGTH_LIMIT = 256 * 1024 * 1024;

    private final SessionConfig config;
    private final EngineContext engine;

    SessionConfigCheck(final SessionConfig config, final EngineContext engine)
    {
        this.config = config;
        this.engine = engine;
    }

    void check(final Endpoint endpoint)
    {
        if (config.messageHandler() == null)
        {
            throw new ConfigurationException("messageHandler is not set: a session needs one");
        }

        notNull("listener", config.listener());
        notNull("backpressure", config.backpressure());
        notNull("buffers", config.buffers());
        notNull("timeouts", config.timeouts());
        notNull("upgrade", config.upgrade());
        notNull("socket", config.socket());
        notNull("deflate", config.deflate());
        notNull("heartbeat", config.heartbeat());
        notNull("subscriptions", config.subscriptions());
        notNull("reconnect", config.reconnect());
        notNull("limits", config.limits());

        checkThread();
        checkLengths();
        config.timeouts().check();
        config.reconnect().check(config.socket());
        config.heartbeat().check();
        config.upgrade().check();
        config.socket().check(config.proxy());
        if (config.proxy() != null)
        {
            config.proxy().check();
        }
        config.deflate().check();
        config.limits().check();
        checkVenue();
        checkTls(endpoint);
    }

    private void checkVenue()
    {
        config.subscriptions().check();
        if (!config.subscriptions().channels().isEmpty() &&
            (config.dialect() == null || config.dialect().subscriptions() == null))
        {
            throw new ConfigurationException("subscriptions.channels=" + config.subscriptions().channels() +
                " is set, but dialect=" + config.dialect() + " knows no channels: set one that does");
        }

        if (config.dialect() != null && config.dialect().subscriptions() != null)
        {
            atLeast("dialect.subscriptions().maxChannelsPerRequest",
                config.dialect().subscriptions().maxChannelsPerRequest(), 1);
        }

        if (config.login() != null)
        {
            config.login().check();
            if (config.dialect() == null)
            {
                throw new ConfigurationException(
                    "login is set, but dialect is not: set one that finds the answers to the login");
            }
        }
    }

    private void checkTls(final Endpoint endpoint)
    {
        if (!endpoint.isSecure() && config.upgrade().maxRedirects() == 0 && config.tls() != null &&
            config.reconnect().alternates().stream().noneMatch(Endpoint::isSecure))
        {
            throw new ConfigurationException(
                "tls is set, but uri=" + endpoint + " does not use it: make it wss, or leave tls out");
        }

        if (config.tls() != null)
        {
            config.tls().check();
        }
    }

    private void checkThread()
    {
        final int threads = engine.handlerThreads();
        if (config.handlerThread() < 0 || config.handlerThread() >= threads)
        {
            throw new ConfigurationException(
                "handlerThread=" + config.handlerThread() + " is not below handlerThreads=" + threads);
        }
    }

    private void checkLengths()
    {
        final boolean hasArena = engine.threadingMode() != ThreadingMode.INLINE;
        config.buffers().check(hasArena);
        atLeast("maxFrameLength", config.maxFrameLength(), 0);
        atLeast("maxMessageLength", config.maxMessageLength(), 1);
        if (config.maxMessageLength() > MAX_MESSAGE_LENGTH_LIMIT)
        {
            throw new ConfigurationException(
                "maxMessageLength=" + config.maxMessageLength() + " is over " + MAX_MESSAGE_LENGTH_LIMIT);
        }

        if (hasArena)
        {
            checkArena(config.buffers().arenaLength());
        }
    }

    private void checkArena(final int arenaLength)
    {
        if (config.maxMessageLength() > arenaLength / 2)
        {
            throw new ConfigurationException(
                "maxMessageLength=" + config.maxMessageLength() + " is over half of buffers.arenaLength=" +
                arenaLength + ": raise buffers.arenaLength or lower maxMessageLength");
        }

        if (config.deflate().maxInflatedLength() > arenaLength / 2)
        {
            throw new ConfigurationException(
                "deflate.maxInflatedLength=" + config.deflate().maxInflatedLength() +
                " is over half of buffers.arenaLength=" + arenaLength +
                ": raise buffers.arenaLength or lower it");
        }
    }

    static void powerOfTwo(final String name, final int value, final int min)
    {
        if (value < min || !BitUtil.isPowerOfTwo(value))
        {
            throw new ConfigurationException(name + "=" + value + " must be a power of two of at least " + min);
        }
    }

    static void atLeast(final String name, final int value, final int min)
    {
        if (value < min)
        {
            throw new ConfigurationException(name + "=" + value + " must be at least " + min);
        }
    }

    private static void notNull(final String name, final Object value)
    {
        if (value == null)
        {
            throw new ConfigurationException(name + " must not be null");
        }
    }

    static void positive(final String name, final long valueNs)
    {
        if (valueNs <= 0)
        {
            throw new ConfigurationException(name + "=" + valueNs + " must be above zero");
        }
    }
}
