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

import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;
import static io.ringwire.config.Configuration.sizeOf;

/**
 * Which channels a session asks for, and how. How many one request names is the dialect's
 * {@code SubscriptionDialect.maxChannelsPerRequest()}.
 */
public final class SubscriptionPolicy
{
    private List<String> channels = List.of();
    private long timeoutNs = durationOf(Configuration.SUBSCRIBE_TIMEOUT_PROP_NAME, 5, TimeUnit.SECONDS);
    private int maxTries = sizeOf(Configuration.SUBSCRIBE_MAX_TRIES_PROP_NAME, 3);
    private long intervalNs = durationOf(Configuration.SUBSCRIBE_INTERVAL_PROP_NAME, 0, TimeUnit.SECONDS);
    private long tryLaterNs = durationOf(Configuration.SUBSCRIBE_TRY_LATER_PROP_NAME, 1, TimeUnit.SECONDS);

    /** {@return the channels asked for from the first connection on, in their order. Default none} */
    public List<String> channels()
    {
        return channels;
    }

    /**
     * Choose the channels asked for from the first connection on. {@code Session.subscribe} adds to them.
     *
     * @param channels by the venue's names.
     * @return this.
     */
    public SubscriptionPolicy channels(final String... channels)
    {
        this.channels = List.of(channels);
        return this;
    }

    /** {@return the time for the venue's answer to a request for channels, in ns; default 5 s} */
    public long timeoutNs()
    {
        return timeoutNs;
    }

    /**
     * Choose the time for the venue's answer to a request for channels, in ns. The time to get the request sent, where
     * limits hold it up, is bounded by as much.
     *
     * @param timeoutNs the value.
     * @return this.
     */
    public SubscriptionPolicy timeoutNs(final long timeoutNs)
    {
        this.timeoutNs = timeoutNs;
        return this;
    }

    /** {@return how often one request is made on a connection before it is given up. Default 3} */
    public int maxTries()
    {
        return maxTries;
    }

    /**
     * Choose how often one request is made on a connection before it is given up.
     *
     * @param maxTries at least 1.
     * @return this.
     */
    public SubscriptionPolicy maxTries(final int maxTries)
    {
        this.maxTries = maxTries;
        return this;
    }

    /** {@return the least time between two requests for channels, in ns; default 0} */
    public long intervalNs()
    {
        return intervalNs;
    }

    /**
     * Choose the least time between two requests for channels, in ns: what the venue's limits allow.
     *
     * @param intervalNs the value.
     * @return this.
     */
    public SubscriptionPolicy intervalNs(final long intervalNs)
    {
        this.intervalNs = intervalNs;
        return this;
    }

    /** {@return the wait after the venue said that a request was too much at once, in ns; default 1 s} */
    public long tryLaterNs()
    {
        return tryLaterNs;
    }

    /**
     * Choose the wait after the venue said that a request was too much at once, in ns. No other request for channels
     * is made in it.
     *
     * @param tryLaterNs the value.
     * @return this.
     */
    public SubscriptionPolicy tryLaterNs(final long tryLaterNs)
    {
        this.tryLaterNs = tryLaterNs;
        return this;
    }

    void check()
    {
        SessionConfigCheck.positive("subscriptions.timeoutNs", timeoutNs);
        SessionConfigCheck.atLeast("subscriptions.maxTries", maxTries, 1);
        if (intervalNs < 0 || tryLaterNs < 0)
        {
            throw new ConfigurationException("subscriptions.intervalNs=" + intervalNs +
                " and subscriptions.tryLaterNs=" + tryLaterNs + " must not be negative");
        }

        if (channels.contains(""))
        {
            throw new ConfigurationException("subscriptions.channels=" + channels + " holds an empty name");
        }
    }
}
