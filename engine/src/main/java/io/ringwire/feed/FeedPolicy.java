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
package io.ringwire.feed;

import io.ringwire.config.ConfigurationException;
import io.ringwire.dialect.Dialect;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How a feed judges what its sessions deliver. Durations are in ns.
 */
public final class FeedPolicy
{
    private Dialect dialect;
    private Function<String, ContinuityRule> rules;
    private SequenceScope scope = SequenceScope.CHANNEL;
    private SymbolFinder symbolFinder;
    private Resync resync;
    private long coolDownNs = TimeUnit.SECONDS.toNanos(5);
    private int maxChannels = 1024;
    private int maxHeld = 1024;
    private long maxHoldNs = TimeUnit.MILLISECONDS.toNanos(50);
    private int dedupeWindow = 4096;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler = Throwable::printStackTrace;

    /** {@return what tells channel, numbers and snapshot of a message; required} */
    public Dialect dialect()
    {
        return dialect;
    }

    /**
     * Choose what tells channel, numbers and snapshot of a message: the sessions' own dialect.
     *
     * @param dialect that judges.
     * @return this.
     */
    public FeedPolicy dialect(final Dialect dialect)
    {
        this.dialect = dialect;
        return this;
    }

    /** {@return the rule of each channel by its name; required} */
    public Function<String, ContinuityRule> rules()
    {
        return rules;
    }

    /**
     * Choose the rule of each channel by its name; asked once for each. In a scope in which channels share numbers, the
     * rule of the first channel judges them.
     *
     * @param rules from names to rules.
     * @return this.
     */
    public FeedPolicy rules(final Function<String, ContinuityRule> rules)
    {
        this.rules = rules;
        return this;
    }

    /** {@return what the numbers count in; default CHANNEL} */
    public SequenceScope scope()
    {
        return scope;
    }

    /**
     * Choose what the numbers count in.
     *
     * @param scope the scope.
     * @return this.
     */
    public FeedPolicy scope(final SequenceScope scope)
    {
        this.scope = scope;
        return this;
    }

    /** {@return what finds the symbol of a message; required in scope SYMBOL} */
    public SymbolFinder symbolFinder()
    {
        return symbolFinder;
    }

    /**
     * Choose what finds the symbol of a message.
     *
     * @param symbolFinder to ask.
     * @return this.
     */
    public FeedPolicy symbolFinder(final SymbolFinder symbolFinder)
    {
        this.symbolFinder = symbolFinder;
        return this;
    }

    /** {@return what asks for a new start of a channel, null for the default} */
    public Resync resync()
    {
        return resync;
    }

    /**
     * Choose what asks for a new start of a channel. By default the session gives the channel up and, once the venue
     * has answered, subscribes to it again. That suits venues that begin a subscription with a snapshot, and a dialect
     * that finds the subscription's own name in the messages. Where the session has no channel of this name, the error
     * handler is told with each attempt.
     *
     * @param resync to call, null for the default.
     * @return this.
     */
    public FeedPolicy resync(final Resync resync)
    {
        this.resync = resync;
        return this;
    }

    /** {@return the least time from one new start of a channel asked for to the next, in ns; default 5 s} */
    public long coolDownNs()
    {
        return coolDownNs;
    }

    /**
     * Choose the least time from one new start of a channel asked for to the next, in ns.
     *
     * @param coolDownNs the time.
     * @return this.
     */
    public FeedPolicy coolDownNs(final long coolDownNs)
    {
        this.coolDownNs = coolDownNs;
        return this;
    }

    /** {@return how many channels are judged; default 1,024} */
    public int maxChannels()
    {
        return maxChannels;
    }

    /**
     * Choose how many channels are judged; the messages of more go to the handler of the others.
     *
     * @param maxChannels the number.
     * @return this.
     */
    public FeedPolicy maxChannels(final int maxChannels)
    {
        this.maxChannels = maxChannels;
        return this;
    }

    /** {@return how many messages may be held at a time, over all channels; default 1,024} */
    public int maxHeld()
    {
        return maxHeld;
    }

    /**
     * Choose how many messages may be held at a time, over all channels.
     *
     * @param maxHeld the number.
     * @return this.
     */
    public FeedPolicy maxHeld(final int maxHeld)
    {
        this.maxHeld = maxHeld;
        return this;
    }

    /** {@return how long a message waits for another session to fill the gap before it, in ns; default 50 ms} */
    public long maxHoldNs()
    {
        return maxHoldNs;
    }

    /**
     * Choose how long a message waits for another session to fill the gap before it, in ns.
     *
     * @param maxHoldNs the time.
     * @return this.
     */
    public FeedPolicy maxHoldNs(final long maxHoldNs)
    {
        this.maxHoldNs = maxHoldNs;
        return this;
    }

    /** {@return how many numbers are remembered where they have holes, to know copies; default 4,096} */
    public int dedupeWindow()
    {
        return dedupeWindow;
    }

    /**
     * Choose how many numbers are remembered where they have holes: under {@link GapStrategy#CHECKSUM}.
     *
     * @param dedupeWindow the number.
     * @return this.
     */
    public FeedPolicy dedupeWindow(final int dedupeWindow)
    {
        this.dedupeWindow = dedupeWindow;
        return this;
    }

    /** {@return the engine's clock; default the system's} */
    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Choose the clock: the engine's.
     *
     * @param nanoClock to ask.
     * @return this.
     */
    public FeedPolicy nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        return this;
    }

    /** {@return who is told what the user's code throws; default standard error} */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * Choose who is told what the user's code throws.
     *
     * @param errorHandler to tell.
     * @return this.
     */
    public FeedPolicy errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    void check()
    {
        required("dialect", dialect);
        required("rules", rules);
        required("scope", scope);
        required("nanoClock", nanoClock);
        required("errorHandler", errorHandler);
        atLeast("coolDownNs", coolDownNs, 1);
        atLeast("maxChannels", maxChannels, 1);
        atLeast("maxHeld", maxHeld, 1);
        atLeast("maxHoldNs", maxHoldNs, 0);
        atLeast("dedupeWindow", dedupeWindow, 1);
        if (scope == SequenceScope.SYMBOL)
        {
            required("symbolFinder", symbolFinder);
        }
    }

    private static void required(final String name, final Object value)
    {
        if (value == null)
        {
            throw new ConfigurationException("FeedPolicy." + name + " is null: choose one");
        }
    }

    private static void atLeast(final String name, final long value, final long least)
    {
        if (value < least)
        {
            throw new ConfigurationException("FeedPolicy." + name + "=" + value + " is below " + least);
        }
    }
}
