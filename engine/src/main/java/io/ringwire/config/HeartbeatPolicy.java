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
 * When WebSocket pings are sent (RFC 6455 section 5.5.2) and when a silent peer is given up. Any byte received counts
 * as life. A session whose reading we paused ourselves is never given up.
 */
public final class HeartbeatPolicy
{
    private long intervalNs = durationOf(Configuration.PING_INTERVAL_PROP_NAME, 10, TimeUnit.SECONDS);
    private long timeoutNs = durationOf(Configuration.PONG_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);

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
}
