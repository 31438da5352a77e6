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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections to one host that this process has asked for: venues count them for an address of ours, not for a
 * session, so all sessions and engines share this. A sliding window: with a budget of n for each period, connection k
 * goes out one period behind connection k - n, or later.
 * <p>
 * Any thread; cold. The engines must have clocks of one origin. What is remembered is bounded: as many times for a host
 * as the largest budget that asked, and the hosts asked for last.
 */
final class ConnectBudget
{
    static final int MAX_HOSTS = 1024;

    private static final Map<String, ConnectBudget> BY_AUTHORITY = new LinkedHashMap<>(16, 0.75f, true)
    {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, ConnectBudget> eldest)
        {
            return size() > MAX_HOSTS;
        }
    };

    private long[] timesNs = new long[0]; // guarded by this
    private int count; // guarded by this

    /**
     * The budget of a host.
     *
     * @param authority host and port.
     * @return the same for all who ask, as long as it is among the hosts asked for last.
     */
    static ConnectBudget of(final String authority)
    {
        synchronized (BY_AUTHORITY)
        {
            return BY_AUTHORITY.computeIfAbsent(authority, (key) -> new ConnectBudget());
        }
    }

    /**
     * Ask for a connection.
     *
     * @param connections allowed in a period, above zero.
     * @param periodNs    of any begin.
     * @param nowNs       the time.
     * @return 0 if it may go out and was counted, else the time after which to ask again.
     */
    synchronized long acquire(final int connections, final long periodNs, final long nowNs)
    {
        if (connections > timesNs.length)
        {
            timesNs = Arrays.copyOf(timesNs, connections);
        }

        if (count >= connections)
        {
            final long waitNs = periodNs - (nowNs - timesNs[count - connections]);
            if (waitNs > 0)
            {
                return Math.min(waitNs, periodNs);
            }
        }

        if (count == timesNs.length)
        {
            System.arraycopy(timesNs, 1, timesNs, 0, --count);
        }

        timesNs[count++] = nowNs;
        return 0;
    }

    static int hosts()
    {
        synchronized (BY_AUTHORITY)
        {
            return BY_AUTHORITY.size();
        }
    }
}
