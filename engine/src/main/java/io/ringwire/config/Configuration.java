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

import org.agrona.SystemUtil;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * System properties and their defaults: the starting values of {@link EngineContext} and {@link SessionConfig}.
 * Durations take a unit ({@code 10ms}, {@code 2s}), sizes too ({@code 64k}, {@code 8m}).
 */
public final class Configuration
{
    /** Property: {@link EngineContext#threadingMode()}. */
    public static final String THREADING_MODE_PROP_NAME = "ringwire.threading.mode";

    /** Property: {@link EngineContext#transport()}. */
    public static final String TRANSPORT_PROP_NAME = "ringwire.transport";

    /** Property: {@link EngineContext#idleMode()}. */
    public static final String IDLE_MODE_PROP_NAME = "ringwire.idle.mode";

    /** Property: {@link EngineContext#outboundRingLength()}. */
    public static final String OUTBOUND_RING_LENGTH_PROP_NAME = "ringwire.outbound.ring.length";

    /** Property: {@link EngineContext#maxSessions()}. */
    public static final String MAX_SESSIONS_PROP_NAME = "ringwire.max.sessions";

    /** Property: {@link EngineContext#shutdownTimeoutNs()}. */
    public static final String SHUTDOWN_TIMEOUT_PROP_NAME = "ringwire.shutdown.timeout";

    /** Property: {@link BufferPolicy#ringCapacity()}. */
    public static final String RING_CAPACITY_PROP_NAME = "ringwire.ring.capacity";

    /** Property: {@link BufferPolicy#arenaLength()}. */
    public static final String ARENA_LENGTH_PROP_NAME = "ringwire.arena.length";

    /** Property: {@link BufferPolicy#readBufferLength()}. */
    public static final String READ_BUFFER_LENGTH_PROP_NAME = "ringwire.read.buffer.length";

    /** Property: {@link BufferPolicy#sendWindowLength()}. */
    public static final String SEND_WINDOW_LENGTH_PROP_NAME = "ringwire.send.window.length";

    /** Property: {@link SessionConfig#maxMessageLength()}. */
    public static final String MAX_MESSAGE_LENGTH_PROP_NAME = "ringwire.max.message.length";

    /** Property: {@link DeflatePolicy#minLength()}. */
    public static final String DEFLATE_MIN_LENGTH_PROP_NAME = "ringwire.deflate.min.length";

    /** Property: {@link BufferPolicy#maxRequestsInFlight()}. */
    public static final String MAX_REQUESTS_PROP_NAME = "ringwire.max.requests";

    /** Property: {@link TimeoutPolicy#resolveNs()}. */
    public static final String RESOLVE_TIMEOUT_PROP_NAME = "ringwire.resolve.timeout";

    /** Property: {@link TimeoutPolicy#connectNs()}. */
    public static final String CONNECT_TIMEOUT_PROP_NAME = "ringwire.connect.timeout";

    /** Property: {@link TimeoutPolicy#tlsNs()}. */
    public static final String TLS_TIMEOUT_PROP_NAME = "ringwire.tls.timeout";

    /** Property: {@link TimeoutPolicy#upgradeNs()}. */
    public static final String UPGRADE_TIMEOUT_PROP_NAME = "ringwire.upgrade.timeout";

    /** Property: {@link TimeoutPolicy#closeNs()}. */
    public static final String CLOSE_TIMEOUT_PROP_NAME = "ringwire.close.timeout";

    /** Property: {@link TlsPolicy#provider()}. */
    public static final String TLS_PROVIDER_PROP_NAME = "ringwire.tls.provider";

    /** Property: {@link HeartbeatPolicy#intervalNs()}. */
    public static final String PING_INTERVAL_PROP_NAME = "ringwire.ping.interval";

    /** Property: {@link HeartbeatPolicy#timeoutNs()}. */
    public static final String PONG_TIMEOUT_PROP_NAME = "ringwire.pong.timeout";

    /** Property: {@link LoginPolicy#timeoutNs()}. */
    public static final String LOGIN_TIMEOUT_PROP_NAME = "ringwire.login.timeout";

    /** Property: {@link SubscriptionPolicy#timeoutNs()}. */
    public static final String SUBSCRIBE_TIMEOUT_PROP_NAME = "ringwire.subscribe.timeout";

    /** Property: {@link SubscriptionPolicy#maxTries()}. */
    public static final String SUBSCRIBE_MAX_TRIES_PROP_NAME = "ringwire.subscribe.max.tries";

    /** Property: {@link SubscriptionPolicy#intervalNs()}. */
    public static final String SUBSCRIBE_INTERVAL_PROP_NAME = "ringwire.subscribe.interval";

    /** Property: {@link SubscriptionPolicy#tryLaterNs()}. */
    public static final String SUBSCRIBE_TRY_LATER_PROP_NAME = "ringwire.subscribe.try.later";

    /** Property: {@link ReconnectPolicy#baseNs()}. */
    public static final String RECONNECT_BASE_PROP_NAME = "ringwire.reconnect.base";

    /** Property: {@link ReconnectPolicy#capNs()}. */
    public static final String RECONNECT_CAP_PROP_NAME = "ringwire.reconnect.cap";

    /** Property: {@link ReconnectPolicy#healthyNs()}. */
    public static final String RECONNECT_HEALTHY_PROP_NAME = "ringwire.reconnect.healthy";

    /** Property: {@link ObservationPolicy#enabled()}. */
    public static final String OBSERVATION_ENABLED_PROP_NAME = "ringwire.observation.enabled";

    /** Property: {@link ObservationPolicy#directory()}. */
    public static final String OBSERVATION_DIRECTORY_PROP_NAME = "ringwire.observation.directory";

    /** Property: {@link ObservationPolicy#errorLogLength()}. */
    public static final String OBSERVATION_ERROR_LOG_LENGTH_PROP_NAME = "ringwire.observation.error.log.length";

    /** Property: {@link ObservationPolicy#intervalNs()}. */
    public static final String OBSERVATION_INTERVAL_PROP_NAME = "ringwire.observation.interval";

    /** Property: {@link ObservationPolicy#latencyLog()}. */
    public static final String OBSERVATION_LATENCY_LOG_PROP_NAME = "ringwire.observation.latency.log";

    /** Property: {@link ObservationPolicy#slowCycleNs()}. */
    public static final String OBSERVATION_SLOW_CYCLE_PROP_NAME = "ringwire.observation.slow.cycle";

    /** Property: {@link ObservationPolicy#slowHandlerNs()}. */
    public static final String OBSERVATION_SLOW_HANDLER_PROP_NAME = "ringwire.observation.slow.handler";

    /** Property: {@link JournalPolicy#directory()}. */
    public static final String JOURNAL_DIRECTORY_PROP_NAME = "ringwire.journal.directory";

    /** Property: {@link JournalPolicy#whenFull()}. */
    public static final String JOURNAL_WHEN_FULL_PROP_NAME = "ringwire.journal.when.full";

    /** Property: {@link JournalPolicy#tapeLength()}. */
    public static final String JOURNAL_TAPE_LENGTH_PROP_NAME = "ringwire.journal.tape.length";

    /** Property: {@link JournalPolicy#rollBytes()}. */
    public static final String JOURNAL_ROLL_BYTES_PROP_NAME = "ringwire.journal.roll.bytes";

    /** Property: {@link JournalPolicy#rollNs()}. */
    public static final String JOURNAL_ROLL_INTERVAL_PROP_NAME = "ringwire.journal.roll.interval";

    /** Property: {@link JournalPolicy#minFreeBytes()}. */
    public static final String JOURNAL_MIN_FREE_BYTES_PROP_NAME = "ringwire.journal.min.free.bytes";

    private static final String PREFIX = "ringwire.";
    private static final String TEST_PREFIX = "ringwire.test."; // the tests' own

    private Configuration()
    {
    }

    /**
     * A property with our prefix that we do not know is a setting that somebody believes in.
     */
    static void checkPropertyNames()
    {
        final Set<String> known = names();
        for (final String name : System.getProperties().stringPropertyNames())
        {
            if (name.startsWith(PREFIX) && !name.startsWith(TEST_PREFIX) && !known.contains(name))
            {
                throw new ConfigurationException("system property " + name + "=" + System.getProperty(name) +
                    " is not a setting; those there are: " + known);
            }
        }
    }

    private static Set<String> names()
    {
        final Set<String> names = new TreeSet<>();
        for (final Field field : Configuration.class.getFields())
        {
            try
            {
                names.add((String)field.get(null));
            }
            catch (final IllegalAccessException ex)
            {
                throw new IllegalStateException(ex); // they are public
            }
        }

        return names;
    }

    static <E extends Enum<E>> E enumOf(final String name, final Class<E> type, final E defaultValue)
    {
        final String value = System.getProperty(name);
        if (value == null)
        {
            return defaultValue;
        }

        for (final E constant : type.getEnumConstants())
        {
            if (constant.name().equalsIgnoreCase(value))
            {
                return constant;
            }
        }

        throw new ConfigurationException(
            name + "=" + value + " is not one of " + Arrays.toString(type.getEnumConstants()));
    }

    static int sizeOf(final String name, final int defaultValue)
    {
        try
        {
            return SystemUtil.getSizeAsInt(name, defaultValue);
        }
        catch (final NumberFormatException ex)
        {
            throw new ConfigurationException(name + "=" + System.getProperty(name) + " is not a size like 64k", ex);
        }
    }

    static long longSizeOf(final String name, final long defaultValue)
    {
        try
        {
            return SystemUtil.getSizeAsLong(name, defaultValue);
        }
        catch (final NumberFormatException ex)
        {
            throw new ConfigurationException(name + "=" + System.getProperty(name) + " is not a size like 64k", ex);
        }
    }

    static Path pathOf(final String name)
    {
        final String value = System.getProperty(name);
        return value == null ? null : Path.of(value);
    }

    static boolean flagOf(final String name, final boolean defaultValue)
    {
        final String value = System.getProperty(name, Boolean.toString(defaultValue));
        if (!"true".equals(value) && !"false".equals(value))
        {
            throw new ConfigurationException(name + "=" + value + " is neither true nor false");
        }

        return Boolean.parseBoolean(value);
    }

    static long durationOf(final String name, final long defaultValue, final TimeUnit unit)
    {
        try
        {
            return SystemUtil.getDurationInNanos(name, unit.toNanos(defaultValue));
        }
        catch (final NumberFormatException ex)
        {
            throw new ConfigurationException(
                name + "=" + System.getProperty(name) + " is not a duration like 10ms", ex);
        }
    }
}
