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

import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;

/**
 * When a peer is asked for signs of life, by pings of the WebSocket (RFC 6455 section 5.5.2) or in the words of the
 * session's dialect, and when a silent one is given up. Any byte received counts as life. A session whose reading we
 * paused ourselves is never given up, and the time of the pause does not count.
 * <p>
 * A ping behind which no byte comes within {@link #timeoutNs} is a miss, which the listener is told. The last of
 * {@link #maxMisses} in a row ends the connection when {@link #graceNs} more have passed without a byte.
 */
public final class HeartbeatPolicy
{
    private long intervalNs = durationOf(Configuration.PING_INTERVAL_PROP_NAME, 10, TimeUnit.SECONDS);
    private long timeoutNs = durationOf(Configuration.PONG_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);
    private long graceNs;
    private int maxMisses = 1;
    private long silenceNs;
    private boolean idleOnly;

    /** {@return the time between pings, in ns; 0 sends none; default 10 s} */
    public long intervalNs()
    {
        return intervalNs;
    }

    /**
     * Choose the time between pings, in ns; 0 sends none.
     *
     * @param intervalNs the time.
     * @return this.
     */
    public HeartbeatPolicy intervalNs(final long intervalNs)
    {
        this.intervalNs = intervalNs;
        return this;
    }

    /** {@return the time after a ping within which a byte must arrive, in ns; default 5 s} */
    public long timeoutNs()
    {
        return timeoutNs;
    }

    /**
     * Choose the time after a ping within which a byte must arrive, in ns.
     *
     * @param timeoutNs the time.
     * @return this.
     */
    public HeartbeatPolicy timeoutNs(final long timeoutNs)
    {
        this.timeoutNs = timeoutNs;
        return this;
    }

    /** {@return the time between the last miss and the end of the connection, in ns; default 0} */
    public long graceNs()
    {
        return graceNs;
    }

    /**
     * Choose the time between the last miss and the end of the connection, in ns.
     *
     * @param graceNs the time.
     * @return this.
     */
    public HeartbeatPolicy graceNs(final long graceNs)
    {
        this.graceNs = graceNs;
        return this;
    }

    /** {@return misses in a row that end the connection; default 1} */
    public int maxMisses()
    {
        return maxMisses;
    }

    /**
     * Choose the misses in a row that end the connection. After each but the last a new ping goes out at once.
     *
     * @param maxMisses the count, at least 1.
     * @return this.
     */
    public HeartbeatPolicy maxMisses(final int maxMisses)
    {
        this.maxMisses = maxMisses;
        return this;
    }

    /** {@return the time without any byte that ends the connection, in ns; 0, the default, is no limit} */
    public long silenceNs()
    {
        return silenceNs;
    }

    /**
     * Choose the time without any byte that ends the connection, in ns: for venues that send signs of life by
     * themselves. 0 is no limit.
     *
     * @param silenceNs the time.
     * @return this.
     */
    public HeartbeatPolicy silenceNs(final long silenceNs)
    {
        this.silenceNs = silenceNs;
        return this;
    }

    /** {@return are pings sent only when nothing was received for an interval; default false} */
    public boolean idleOnly()
    {
        return idleOnly;
    }

    /**
     * Choose whether pings are sent only when nothing was received for an interval.
     *
     * @param idleOnly true to send none while bytes come.
     * @return this.
     */
    public HeartbeatPolicy idleOnly(final boolean idleOnly)
    {
        this.idleOnly = idleOnly;
        return this;
    }

    /** {@return is the peer watched at all, by pings or by a limit of silence} */
    public boolean isEnabled()
    {
        return intervalNs > 0 || silenceNs > 0;
    }

    void check()
    {
        notNegative("heartbeat.intervalNs", intervalNs);
        SessionConfigCheck.positive("heartbeat.timeoutNs", timeoutNs);
        notNegative("heartbeat.graceNs", graceNs);
        notNegative("heartbeat.silenceNs", silenceNs);
        SessionConfigCheck.atLeast("heartbeat.maxMisses", maxMisses, 1);
        if (intervalNs == 0 && (graceNs > 0 || maxMisses > 1 || idleOnly))
        {
            throw new ConfigurationException("heartbeat.intervalNs=0 sends no pings, so heartbeat.graceNs=" + graceNs +
                ", heartbeat.maxMisses=" + maxMisses + " and heartbeat.idleOnly=" + idleOnly +
                " mean nothing: set intervalNs, or leave them at 0, 1 and false");
        }

        if (idleOnly && silenceNs > 0 && silenceNs <= intervalNs)
        {
            throw new ConfigurationException("heartbeat.silenceNs=" + silenceNs +
                " ends an idle connection before heartbeat.idleOnly pings it at heartbeat.intervalNs=" + intervalNs +
                ": raise silenceNs over intervalNs and timeoutNs, or lower intervalNs");
        }
    }

    private static void notNegative(final String name, final long valueNs)
    {
        if (valueNs < 0)
        {
            throw new ConfigurationException(name + "=" + valueNs + " must not be negative");
        }
    }
}
