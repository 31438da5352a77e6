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
package io.ringwire.samples.exchange.connection;

import java.util.Set;

/**
 * What the venues of the exchange demand and how they misbehave. Any thread may change a rule at any time; it holds
 * from its next use.
 */
public final class VenueRules
{
    private volatile Credentials credentials = Credentials.local();
    private volatile boolean rejectLogins;
    private volatile long tokenLifetimeMs = 900_000;
    private volatile long heartbeatIntervalMs;
    private volatile long testRequestTimeoutMs = 5_000;
    private volatile long pingIntervalMs = 20_000;
    private volatile long pongTimeoutMs = 60_000;
    private volatile long firstSubscribeMs = 5_000;
    private volatile int messagesPerSecond;
    private volatile CreditRule requestCredits = new CreditRule(50_000, 10_000, 500);
    private volatile CreditRule orderCredits = new CreditRule(20, 5, 1);
    private volatile CreditRule subscribeCredits = new CreditRule(30_000, 10_000, 3_000);
    private volatile int weightPerMinute = 6_000;
    private volatile Set<String> rejectChannels = Set.of();
    private volatile long shutdownAfterMs;
    private volatile long shutdownNoticeMs = 1_000;
    private volatile int dropAfterMessages;
    private volatile boolean silent;

    /** {@return what a login has to know} */
    public Credentials credentials()
    {
        return credentials;
    }

    /**
     * Choose what a login has to know.
     *
     * @param credentials of the only account.
     * @return this.
     */
    public VenueRules credentials(final Credentials credentials)
    {
        this.credentials = credentials;
        return this;
    }

    /** {@return is every login refused? Default false} */
    public boolean rejectLogins()
    {
        return rejectLogins;
    }

    /**
     * Choose whether every login is refused.
     *
     * @param rejectLogins true to refuse.
     * @return this.
     */
    public VenueRules rejectLogins(final boolean rejectLogins)
    {
        this.rejectLogins = rejectLogins;
        return this;
    }

    /** {@return how long a login lasts where it expires, in milliseconds; default 15 minutes} */
    public long tokenLifetimeMs()
    {
        return tokenLifetimeMs;
    }

    /**
     * Choose how long a login lasts where it expires. Deribit tells the client whole seconds.
     *
     * @param tokenLifetimeMs in milliseconds.
     * @return this.
     */
    public VenueRules tokenLifetimeMs(final long tokenLifetimeMs)
    {
        this.tokenLifetimeMs = tokenLifetimeMs;
        return this;
    }

    /**
     * {@return between heartbeats, in milliseconds; 0, the default, for what the client asked for or the venue's own}
     */
    public long heartbeatIntervalMs()
    {
        return heartbeatIntervalMs;
    }

    /**
     * Choose the time between heartbeats.
     *
     * @param heartbeatIntervalMs in milliseconds, 0 for what the client asked for or the venue's own.
     * @return this.
     */
    public VenueRules heartbeatIntervalMs(final long heartbeatIntervalMs)
    {
        this.heartbeatIntervalMs = heartbeatIntervalMs;
        return this;
    }

    /** {@return how long Deribit waits for the answer to a test_request, in milliseconds; default 5 s} */
    public long testRequestTimeoutMs()
    {
        return testRequestTimeoutMs;
    }

    /**
     * Choose how long Deribit waits for the answer to a test_request.
     *
     * @param testRequestTimeoutMs in milliseconds.
     * @return this.
     */
    public VenueRules testRequestTimeoutMs(final long testRequestTimeoutMs)
    {
        this.testRequestTimeoutMs = testRequestTimeoutMs;
        return this;
    }

    /** {@return between the pings of Binance, in milliseconds; default 20 s} */
    public long pingIntervalMs()
    {
        return pingIntervalMs;
    }

    /**
     * Choose the time between the pings of Binance.
     *
     * @param pingIntervalMs in milliseconds.
     * @return this.
     */
    public VenueRules pingIntervalMs(final long pingIntervalMs)
    {
        this.pingIntervalMs = pingIntervalMs;
        return this;
    }

    /** {@return how long Binance waits for the pong, in milliseconds; default 60 s} */
    public long pongTimeoutMs()
    {
        return pongTimeoutMs;
    }

    /**
     * Choose how long Binance waits for the pong.
     *
     * @param pongTimeoutMs in milliseconds.
     * @return this.
     */
    public VenueRules pongTimeoutMs(final long pongTimeoutMs)
    {
        this.pongTimeoutMs = pongTimeoutMs;
        return this;
    }

    /** {@return how long Coinbase waits for the first subscribe, in milliseconds; default 5 s} */
    public long firstSubscribeMs()
    {
        return firstSubscribeMs;
    }

    /**
     * Choose how long Coinbase waits for the first subscribe.
     *
     * @param firstSubscribeMs in milliseconds.
     * @return this.
     */
    public VenueRules firstSubscribeMs(final long firstSubscribeMs)
    {
        this.firstSubscribeMs = firstSubscribeMs;
        return this;
    }

    /** {@return messages a client may send in a second; 0, the default, for the venue's own limit} */
    public int messagesPerSecond()
    {
        return messagesPerSecond;
    }

    /**
     * Choose how many messages a client may send in a second.
     *
     * @param messagesPerSecond 0 for the venue's own limit.
     * @return this.
     */
    public VenueRules messagesPerSecond(final int messagesPerSecond)
    {
        this.messagesPerSecond = messagesPerSecond;
        return this;
    }

    /** {@return what Deribit's requests cost that reach no matching engine} */
    public CreditRule requestCredits()
    {
        return requestCredits;
    }

    /**
     * Choose what Deribit's requests cost that reach no matching engine.
     *
     * @param requestCredits of all other methods.
     * @return this.
     */
    public VenueRules requestCredits(final CreditRule requestCredits)
    {
        this.requestCredits = requestCredits;
        return this;
    }

    /** {@return what Deribit's orders and cancels cost} */
    public CreditRule orderCredits()
    {
        return orderCredits;
    }

    /**
     * Choose what Deribit's orders and cancels cost.
     *
     * @param orderCredits of orders and cancels.
     * @return this.
     */
    public VenueRules orderCredits(final CreditRule orderCredits)
    {
        this.orderCredits = orderCredits;
        return this;
    }

    /** {@return what Deribit's subscribes cost} */
    public CreditRule subscribeCredits()
    {
        return subscribeCredits;
    }

    /**
     * Choose what Deribit's subscribes cost.
     *
     * @param subscribeCredits of subscribe and unsubscribe.
     * @return this.
     */
    public VenueRules subscribeCredits(final CreditRule subscribeCredits)
    {
        this.subscribeCredits = subscribeCredits;
        return this;
    }

    /** {@return the weight that Binance's WebSocket API grants a client in a minute} */
    public int weightPerMinute()
    {
        return weightPerMinute;
    }

    /**
     * Choose the weight that Binance's WebSocket API grants a client in a minute.
     *
     * @param weightPerMinute of requests.
     * @return this.
     */
    public VenueRules weightPerMinute(final int weightPerMinute)
    {
        this.weightPerMinute = weightPerMinute;
        return this;
    }

    /** {@return channels, streams, products or pairs that the venue does not know; default none} */
    public Set<String> rejectChannels()
    {
        return rejectChannels;
    }

    /**
     * Choose what the venue does not know.
     *
     * @param rejectChannels channels, streams, products or pairs.
     * @return this.
     */
    public VenueRules rejectChannels(final Set<String> rejectChannels)
    {
        this.rejectChannels = rejectChannels;
        return this;
    }

    /** {@return after which a connection is told of a planned shutdown, in milliseconds; 0, the default, for never} */
    public long shutdownAfterMs()
    {
        return shutdownAfterMs;
    }

    /**
     * Choose when a connection is told of a planned shutdown.
     *
     * @param shutdownAfterMs in milliseconds from the upgrade, 0 for never.
     * @return this.
     */
    public VenueRules shutdownAfterMs(final long shutdownAfterMs)
    {
        this.shutdownAfterMs = shutdownAfterMs;
        return this;
    }

    /** {@return between the notice of a planned shutdown and the close, in milliseconds; default 1 s} */
    public long shutdownNoticeMs()
    {
        return shutdownNoticeMs;
    }

    /**
     * Choose the time between the notice of a planned shutdown and the close.
     *
     * @param shutdownNoticeMs in milliseconds.
     * @return this.
     */
    public VenueRules shutdownNoticeMs(final long shutdownNoticeMs)
    {
        this.shutdownNoticeMs = shutdownNoticeMs;
        return this;
    }

    /** {@return after how many messages of its client a connection is cut; 0, the default, for never} */
    public int dropAfterMessages()
    {
        return dropAfterMessages;
    }

    /**
     * Choose after how many messages of its client a connection is cut.
     *
     * @param dropAfterMessages 0 for never.
     * @return this.
     */
    public VenueRules dropAfterMessages(final int dropAfterMessages)
    {
        this.dropAfterMessages = dropAfterMessages;
        return this;
    }

    /** {@return does the venue neither heed nor send anything, while its connections stay? Default false} */
    public boolean silent()
    {
        return silent;
    }

    /**
     * Choose whether the venue neither heeds nor sends anything, while its connections stay.
     *
     * @param silent true for a venue that hangs.
     * @return this.
     */
    public VenueRules silent(final boolean silent)
    {
        this.silent = silent;
        return this;
    }
}
