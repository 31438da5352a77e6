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
 * How long each step of a connection may take. Every step has a deadline of its own, so that the reason of a failure
 * names the step that was slow.
 */
public final class TimeoutPolicy
{
    private long resolveNs = durationOf(Configuration.RESOLVE_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);
    private long connectNs = durationOf(Configuration.CONNECT_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);
    private long upgradeNs = durationOf(Configuration.UPGRADE_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);
    private long closeNs = durationOf(Configuration.CLOSE_TIMEOUT_PROP_NAME, 2, TimeUnit.SECONDS);

    /** {@return time to resolve the host, in ns. Default 5 s} */
    public long resolveNs()
    {
        return resolveNs;
    }

    /**
     * Choose the time to resolve the host, in ns.
     *
     * @param resolveNs the value.
     * @return this.
     */
    public TimeoutPolicy resolveNs(final long resolveNs)
    {
        this.resolveNs = resolveNs;
        return this;
    }

    /** {@return time for TCP to connect, in ns. Default 5 s} */
    public long connectNs()
    {
        return connectNs;
    }

    /**
     * Choose the time for TCP to connect, in ns.
     *
     * @param connectNs the value.
     * @return this.
     */
    public TimeoutPolicy connectNs(final long connectNs)
    {
        this.connectNs = connectNs;
        return this;
    }

    /** {@return time for the server to answer the upgrade, in ns. Default 5 s} */
    public long upgradeNs()
    {
        return upgradeNs;
    }

    /**
     * Choose the time for the server to answer the upgrade, in ns.
     *
     * @param upgradeNs the value.
     * @return this.
     */
    public TimeoutPolicy upgradeNs(final long upgradeNs)
    {
        this.upgradeNs = upgradeNs;
        return this;
    }

    /** {@return time for a close handshake; then the connection is dropped, in ns. Default 2 s} */
    public long closeNs()
    {
        return closeNs;
    }

    /**
     * Choose the time for a close handshake, in ns.
     *
     * @param closeNs the value.
     * @return this.
     */
    public TimeoutPolicy closeNs(final long closeNs)
    {
        this.closeNs = closeNs;
        return this;
    }

    void check()
    {
        SessionConfigCheck.positive("timeouts.resolveNs", resolveNs);
        SessionConfigCheck.positive("timeouts.connectNs", connectNs);
        SessionConfigCheck.positive("timeouts.upgradeNs", upgradeNs);
        SessionConfigCheck.positive("timeouts.closeNs", closeNs);
    }
}
