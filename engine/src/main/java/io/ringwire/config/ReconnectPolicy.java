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

import io.ringwire.api.CloseCode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static io.ringwire.config.Configuration.durationOf;

/**
 * When, where and how often a session connects again after an attempt that failed or a connection that ended.
 * <p>
 * Waits are drawn between 0 and a bound that grows from {@link #baseNs()} by {@link #multiplier()} with each attempt up
 * to {@link #capNs()}: full jitter, so that sessions that were dropped together do not come back together.
 */
public final class ReconnectPolicy
{
    private static final long MAX_WAIT_NS = TimeUnit.DAYS.toNanos(365);
    private static final int MAX_BUDGET = 100_000;
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;
    private static final int MAX_CLOSE_CODE = 4999;

    /** What a server says that restarts or is overloaded, so that all of its clients come at once. */
    private static final Map<Integer, Reaction> CLOSE_CODES = Map.of(
        CloseCode.SERVICE_RESTART, Reaction.BACK_OFF_LONG,
        CloseCode.TRY_AGAIN_LATER, Reaction.BACK_OFF_LONG);

    /** What only a person can mend, then what venues say to those who asked too often. */
    private static final Map<Integer, Reaction> STATUSES = Map.of(
        401, Reaction.STOP,
        403, Reaction.STOP,
        407, Reaction.STOP,
        418, Reaction.BACK_OFF_LONG,
        429, Reaction.BACK_OFF_LONG);

    private boolean enabled = true;
    private long baseNs = durationOf(Configuration.RECONNECT_BASE_PROP_NAME, 100, TimeUnit.MILLISECONDS);
    private long capNs = durationOf(Configuration.RECONNECT_CAP_PROP_NAME, 10, TimeUnit.SECONDS);
    private double multiplier = 2;
    private long longMinNs = TimeUnit.SECONDS.toNanos(5);
    private long longMaxNs = TimeUnit.SECONDS.toNanos(30);
    private long healthyNs = durationOf(Configuration.RECONNECT_HEALTHY_PROP_NAME, 5, TimeUnit.SECONDS);
    private int maxAttempts;
    private long deadlineNs;
    private long maxRetryAfterNs = TimeUnit.HOURS.toNanos(1);
    private long failbackNs;
    private int connectBudget = 300;
    private long connectBudgetPeriodNs = TimeUnit.MINUTES.toNanos(5);
    private boolean connectBudgetChosen;
    private List<Endpoint> alternates = List.of();
    private Reaction badCertificate = Reaction.STOP;
    private final Map<Integer, Reaction> closeCodes = new HashMap<>(CLOSE_CODES);
    private final Map<Integer, Reaction> statuses = new HashMap<>(STATUSES);

    /**
     * One attempt, then the session fails; one loss, then the session fails.
     *
     * @return a policy that never connects again.
     */
    public static ReconnectPolicy never()
    {
        return new ReconnectPolicy().enabled(false);
    }

    /** {@return does the session connect again on its own; default true} */
    public boolean enabled()
    {
        return enabled;
    }

    /**
     * Choose whether the session connects again on its own; {@code Session.reconnect()} works either way.
     *
     * @param enabled the value.
     * @return this.
     */
    public ReconnectPolicy enabled(final boolean enabled)
    {
        this.enabled = enabled;
        return this;
    }

    /** {@return the upper bound of the first wait, in ns; default 100 ms} */
    public long baseNs()
    {
        return baseNs;
    }

    /**
     * Choose the upper bound of the first wait, in ns.
     *
     * @param baseNs the bound.
     * @return this.
     */
    public ReconnectPolicy baseNs(final long baseNs)
    {
        this.baseNs = baseNs;
        return this;
    }

    /** {@return the longest wait, in ns; default 10 s} */
    public long capNs()
    {
        return capNs;
    }

    /**
     * Choose the longest wait, in ns.
     *
     * @param capNs the bound.
     * @return this.
     */
    public ReconnectPolicy capNs(final long capNs)
    {
        this.capNs = capNs;
        return this;
    }

    /** {@return by how much the bound of the waits grows with each attempt; default 2} */
    public double multiplier()
    {
        return multiplier;
    }

    /**
     * Choose by how much the bound of the waits grows with each attempt.
     *
     * @param multiplier the factor, at least 1.
     * @return this.
     */
    public ReconnectPolicy multiplier(final double multiplier)
    {
        this.multiplier = multiplier;
        return this;
    }

    /** {@return the shortest time a server is left alone that wants it, in ns; default 5 s} */
    public long longMinNs()
    {
        return longMinNs;
    }

    /** {@return the longest time a server is left alone that wants it, in ns; default 30 s} */
    public long longMaxNs()
    {
        return longMaxNs;
    }

    /**
     * Choose how long a server is left alone after what {@link Reaction#BACK_OFF_LONG} is the reaction to; the time is
     * drawn between the two.
     *
     * @param longMinNs the shortest, in ns.
     * @param longMaxNs the longest, in ns.
     * @return this.
     */
    public ReconnectPolicy longWaitNs(final long longMinNs, final long longMaxNs)
    {
        this.longMinNs = longMinNs;
        this.longMaxNs = longMaxNs;
        return this;
    }

    /** {@return how long a connection must live to reset the waits, in ns; default 5 s} */
    public long healthyNs()
    {
        return healthyNs;
    }

    /**
     * Choose how long a connection must live to reset the waits, in ns: a server that accepts and closes at once must
     * not be met with a hot loop. Of a connection that fell silent only the time until the last byte counts.
     *
     * @param healthyNs the time.
     * @return this.
     */
    public ReconnectPolicy healthyNs(final long healthyNs)
    {
        this.healthyNs = healthyNs;
        return this;
    }

    /** {@return the attempts in a row before the session fails; 0, the default, means without limit} */
    public int maxAttempts()
    {
        return maxAttempts;
    }

    /**
     * Choose the attempts in a row, the first included, before the session fails.
     *
     * @param maxAttempts the number, 0 for no limit.
     * @return this.
     */
    public ReconnectPolicy maxAttempts(final int maxAttempts)
    {
        this.maxAttempts = maxAttempts;
        return this;
    }

    /** {@return the time without a live connection after which the session fails, in ns; default 0: never} */
    public long deadlineNs()
    {
        return deadlineNs;
    }

    /**
     * Choose the time from the start, or from the end of a connection, after which a session that is not live fails,
     * in ns.
     *
     * @param deadlineNs the time, 0 for none.
     * @return this.
     */
    public ReconnectPolicy deadlineNs(final long deadlineNs)
    {
        this.deadlineNs = deadlineNs;
        return this;
    }

    /** {@return the longest time a Retry-After is honoured for, in ns; default 1 h} */
    public long maxRetryAfterNs()
    {
        return maxRetryAfterNs;
    }

    /**
     * Choose the longest time a Retry-After is honoured for, in ns.
     *
     * @param maxRetryAfterNs the bound; 0 takes no notice of it.
     * @return this.
     */
    public ReconnectPolicy maxRetryAfterNs(final long maxRetryAfterNs)
    {
        this.maxRetryAfterNs = maxRetryAfterNs;
        return this;
    }

    /** {@return where to connect besides the session's URI, the best first; default nowhere} */
    public List<Endpoint> alternates()
    {
        return alternates;
    }

    /**
     * Choose where to connect besides the session's URI, the best first. An attempt that failed is followed by one at
     * the next of them, and behind the last comes the URI again. Each outage begins at the URI.
     *
     * @param uris {@code ws} or {@code wss}; headers, subprotocols and credentials are those of the session.
     * @return this.
     * @throws ConfigurationException that names the URI and what is wrong with it.
     */
    public ReconnectPolicy alternateUris(final String... uris)
    {
        alternates = Stream.of(uris).map(Endpoint::parse).toList();
        return this;
    }

    /** {@return how long a session stays live at an alternate before it tries the better ones, in ns; 0: ever} */
    public long failbackNs()
    {
        return failbackNs;
    }

    /**
     * Choose how long a session stays live at an alternate before it ends that connection, as
     * {@code Session.reconnect()} does, and begins at its URI again, in ns.
     *
     * @param failbackNs the time; 0 stays until the connection is lost.
     * @return this.
     */
    public ReconnectPolicy failbackNs(final long failbackNs)
    {
        this.failbackNs = failbackNs;
        return this;
    }

    /** {@return the connections to one host that the process may ask for in a period; 0: any number. Default 300} */
    public int connectBudget()
    {
        return connectBudget;
    }

    /** {@return the period of the connect budget, in ns; default 5 min} */
    public long connectBudgetPeriodNs()
    {
        return connectBudgetPeriodNs;
    }

    /** {@return was the budget chosen, so that it holds for loopback addresses too? Default false} */
    public boolean isConnectBudgetChosen()
    {
        return connectBudgetChosen;
    }

    /**
     * Choose how many connections to one host and port may be asked for in any period. All sessions of the process, of
     * all engines, are counted together; a session with no budget left waits in {@code BACKING_OFF}. By default it does
     * not hold for loopback addresses, and never for Unix domain sockets.
     *
     * @param connections the number, 0 for no limit and no counting.
     * @param periodNs    the period.
     * @return this.
     */
    public ReconnectPolicy connectBudget(final int connections, final long periodNs)
    {
        connectBudget = connections;
        connectBudgetPeriodNs = periodNs;
        connectBudgetChosen = true;
        return this;
    }

    /**
     * The reaction to the end of a connection.
     *
     * @param closeCode received, or sent by us because of a violation, or 1005 or 1006 where there was none.
     * @return the reaction.
     */
    public Reaction reactionToCloseCode(final int closeCode)
    {
        return closeCodes.getOrDefault(closeCode, Reaction.BACK_OFF);
    }

    /**
     * Choose the reaction to a close code.
     *
     * @param closeCode 1000 to 4999.
     * @param reaction  to it.
     * @return this.
     * @throws ConfigurationException that names the code.
     */
    public ReconnectPolicy onCloseCode(final int closeCode, final Reaction reaction)
    {
        if (closeCode < CloseCode.NORMAL || closeCode > MAX_CLOSE_CODE)
        {
            throw new ConfigurationException(
                "reconnect.onCloseCode: " + closeCode + " is not a close code: use 1000 to " + MAX_CLOSE_CODE);
        }

        closeCodes.put(closeCode, known("reconnect.onCloseCode(" + closeCode + ')', reaction));
        return this;
    }

    /**
     * The reaction to an answer to the upgrade request, or to a proxy's answer to CONNECT. A {@code Retry-After} of the
     * answer makes the wait longer, never shorter.
     *
     * @param status of HTTP.
     * @return the reaction.
     */
    public Reaction reactionToStatus(final int status)
    {
        return statuses.getOrDefault(status, Reaction.BACK_OFF);
    }

    /**
     * Choose the reaction to a status.
     *
     * @param status   of HTTP, 200 to 599.
     * @param reaction to it; not {@link Reaction#RETRY_NOW}, which would be a hot loop.
     * @return this.
     * @throws ConfigurationException that names the status or the reaction.
     */
    public ReconnectPolicy onStatus(final int status, final Reaction reaction)
    {
        if (status < MIN_STATUS || status > MAX_STATUS)
        {
            throw new ConfigurationException("reconnect.onStatus: " + status + " is not a status of a refusal: use " +
                MIN_STATUS + " to " + MAX_STATUS);
        }

        statuses.put(status, notNow("reconnect.onStatus(" + status + ')', reaction));
        return this;
    }

    /** {@return the reaction to a certificate that was not accepted, the server's or ours; default STOP} */
    public Reaction reactionToBadCertificate()
    {
        return badCertificate;
    }

    /**
     * Choose the reaction to a certificate that was not accepted, the server's or ours.
     *
     * @param reaction to it; not {@link Reaction#RETRY_NOW}, which would be a hot loop.
     * @return this.
     * @throws ConfigurationException that names the reaction.
     */
    public ReconnectPolicy onBadCertificate(final Reaction reaction)
    {
        badCertificate = notNow("reconnect.onBadCertificate", reaction);
        return this;
    }

    void check(final SocketPolicy socket)
    {
        checkWaits();
        SessionConfigCheck.atLeast("reconnect.maxAttempts", maxAttempts, 0);
        notNegative("healthyNs", healthyNs);
        notNegative("deadlineNs", deadlineNs);
        notNegative("maxRetryAfterNs", maxRetryAfterNs);
        notNegative("failbackNs", failbackNs);
        if (connectBudget < 0 || connectBudget > MAX_BUDGET)
        {
            throw new ConfigurationException(
                "reconnect.connectBudget=" + connectBudget + " is not 0 to " + MAX_BUDGET);
        }

        SessionConfigCheck.positive("reconnect.connectBudgetPeriodNs", connectBudgetPeriodNs);
        if (alternates.isEmpty() ? failbackNs != 0 : !enabled || socket.unixPath() != null)
        {
            throw new ConfigurationException(alternates.isEmpty() ?
                "reconnect.failbackNs=" + failbackNs + " is set and there are no alternateUris to come back from" :
                "reconnect.alternateUris=" + alternates + (enabled ? " cannot be reached by socket.unixPath=" +
                socket.unixPath() : " are of no use with reconnect.enabled=false"));
        }
    }

    private void checkWaits()
    {
        SessionConfigCheck.positive("reconnect.baseNs", baseNs);
        SessionConfigCheck.positive("reconnect.capNs", capNs);
        SessionConfigCheck.positive("reconnect.longMinNs", longMinNs);
        if (capNs < baseNs)
        {
            throw new ConfigurationException("reconnect.capNs=" + capNs + " is below reconnect.baseNs=" + baseNs);
        }

        if (longMaxNs < longMinNs)
        {
            throw new ConfigurationException(
                "reconnect.longMaxNs=" + longMaxNs + " is below reconnect.longMinNs=" + longMinNs);
        }

        if (Math.max(capNs, Math.max(longMaxNs, maxRetryAfterNs)) > MAX_WAIT_NS)
        {
            throw new ConfigurationException("reconnect.capNs=" + capNs + ", reconnect.longMaxNs=" + longMaxNs +
                " and reconnect.maxRetryAfterNs=" + maxRetryAfterNs + " must not be over " + MAX_WAIT_NS + ", a year");
        }

        if (!(multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY))
        {
            throw new ConfigurationException("reconnect.multiplier=" + multiplier + " must be a number of at least 1");
        }
    }

    private static void notNegative(final String name, final long valueNs)
    {
        if (valueNs < 0)
        {
            throw new ConfigurationException("reconnect." + name + "=" + valueNs + " must not be negative");
        }
    }

    private static Reaction known(final String name, final Reaction reaction)
    {
        if (reaction == null)
        {
            throw new ConfigurationException(name + ": reaction must not be null");
        }

        return reaction;
    }

    private static Reaction notNow(final String name, final Reaction reaction)
    {
        if (reaction == Reaction.RETRY_NOW)
        {
            throw new ConfigurationException(name + ": RETRY_NOW would be a hot loop: use BACK_OFF");
        }

        return known(name, reaction);
    }
}
