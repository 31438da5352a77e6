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

import io.ringwire.api.EventLog;
import io.ringwire.api.NameResolver;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.net.InetAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import static io.ringwire.config.Configuration.durationOf;
import static io.ringwire.config.Configuration.enumOf;
import static io.ringwire.config.Configuration.sizeOf;

/**
 * The knobs of an engine. Fill it on one thread, give it to {@code Engine.launch}, which concludes it, and change
 * nothing after.
 */
public final class EngineContext
{
    /** No pinning was asked for and none is done. */
    public static final int NOT_PINNED = -1;

    private static final int[] NONE_PINNED = new int[0];
    private static final int MAX_SESSIONS = 1 << 20;
    private static final ErrorHandler NOBODY = (t) -> {};

    private ThreadingMode threadingMode =
        enumOf(Configuration.THREADING_MODE_PROP_NAME, ThreadingMode.class, ThreadingMode.DEDICATED);
    private Transport transport = enumOf(Configuration.TRANSPORT_PROP_NAME, Transport.class, Transport.AUTO);
    private IdleMode idleMode = enumOf(Configuration.IDLE_MODE_PROP_NAME, IdleMode.class, IdleMode.BLOCK);
    private int ioCpu = NOT_PINNED;
    private int controlCpu = NOT_PINNED;
    private int[] handlerCpus = NONE_PINNED;
    private int handlerThreads = 1;
    private int outboundRingLength = sizeOf(Configuration.OUTBOUND_RING_LENGTH_PROP_NAME, 2 * 1024 * 1024);
    private int maxSessions = sizeOf(Configuration.MAX_SESSIONS_PROP_NAME, 64);
    private long shutdownTimeoutNs = durationOf(Configuration.SHUTDOWN_TIMEOUT_PROP_NAME, 1, TimeUnit.SECONDS);
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private RandomGenerator random = new SplittableRandom();
    private ErrorHandler errorHandler = NOBODY;
    private EventLog eventLog = new SystemEventLog();
    private ObservationPolicy observation = new ObservationPolicy();
    private JournalPolicy journal = new JournalPolicy();
    private NameResolver nameResolver = InetAddress::getAllByName;
    private boolean concluded;

    /** {@return which threads run the agents. Default {@link ThreadingMode#DEDICATED}} */
    public ThreadingMode threadingMode()
    {
        return threadingMode;
    }

    /**
     * Choose which threads run the agents.
     *
     * @param threadingMode the value.
     * @return this.
     */
    public EngineContext threadingMode(final ThreadingMode threadingMode)
    {
        this.threadingMode = threadingMode;
        return this;
    }

    /** {@return the transport asked for. Default {@link Transport#AUTO}} */
    public Transport transport()
    {
        return transport;
    }

    /**
     * Choose the transport.
     *
     * @param transport the value.
     * @return this.
     */
    public EngineContext transport(final Transport transport)
    {
        this.transport = transport;
        return this;
    }

    /** {@return what idle IO and handler threads do. Default {@link IdleMode#BLOCK}} */
    public IdleMode idleMode()
    {
        return idleMode;
    }

    /**
     * Choose what idle IO and handler threads do.
     *
     * @param idleMode the value.
     * @return this.
     */
    public EngineContext idleMode(final IdleMode idleMode)
    {
        this.idleMode = idleMode;
        return this;
    }

    /** {@return the core that the IO thread pins itself to, or {@link #NOT_PINNED}} */
    public int ioCpu()
    {
        return ioCpu;
    }

    /**
     * Pin the IO thread to a core.
     *
     * @param ioCpu the value.
     * @return this.
     */
    public EngineContext ioCpu(final int ioCpu)
    {
        this.ioCpu = ioCpu;
        return this;
    }

    /** {@return the core that the control thread pins itself to, or {@link #NOT_PINNED}} */
    public int controlCpu()
    {
        return controlCpu;
    }

    /**
     * Pin the control thread to a core.
     *
     * @param controlCpu the value.
     * @return this.
     */
    public EngineContext controlCpu(final int controlCpu)
    {
        this.controlCpu = controlCpu;
        return this;
    }

    /** {@return how many handler threads there are in DEDICATED mode. Default 1} */
    public int handlerThreads()
    {
        return handlerThreads;
    }

    /**
     * Choose the number of handler threads in DEDICATED mode.
     *
     * @param handlerThreads the value.
     * @return this.
     */
    public EngineContext handlerThreads(final int handlerThreads)
    {
        this.handlerThreads = handlerThreads;
        return this;
    }

    /** {@return bytes of the outbound ring; a message may take an eighth. Default 2 MiB} */
    public int outboundRingLength()
    {
        return outboundRingLength;
    }

    /**
     * Choose the bytes of the outbound ring: a power of two.
     *
     * @param outboundRingLength the value.
     * @return this.
     */
    public EngineContext outboundRingLength(final int outboundRingLength)
    {
        this.outboundRingLength = outboundRingLength;
        return this;
    }

    /** {@return how many sessions may be open at a time. Default 64} */
    public int maxSessions()
    {
        return maxSessions;
    }

    /**
     * Choose how many sessions may be open at a time.
     *
     * @param maxSessions from 1 to 1,048,576.
     * @return this.
     */
    public EngineContext maxSessions(final int maxSessions)
    {
        this.maxSessions = maxSessions;
        return this;
    }

    /** {@return how long close waits for the sessions' close handshakes before it drops them, in ns. Default 1 s} */
    public long shutdownTimeoutNs()
    {
        return shutdownTimeoutNs;
    }

    /**
     * Choose how long close waits for close handshakes, in ns.
     *
     * @param shutdownTimeoutNs the value.
     * @return this.
     */
    public EngineContext shutdownTimeoutNs(final long shutdownTimeoutNs)
    {
        this.shutdownTimeoutNs = shutdownTimeoutNs;
        return this;
    }

    /** {@return the clock of every timestamp and timer. Default the system's} */
    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Choose the clock: a virtual one in tests.
     *
     * @param nanoClock the value.
     * @return this.
     */
    public EngineContext nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        return this;
    }

    /** {@return where the jitter of reconnects comes from; used by the control thread alone} */
    public RandomGenerator random()
    {
        return random;
    }

    /**
     * Choose the source of jitter: a seeded one in tests.
     *
     * @param random the value.
     * @return this.
     */
    public EngineContext random(final RandomGenerator random)
    {
        this.random = random;
        return this;
    }

    /** {@return that is told of what happens rarely. Default the platform's logger of the name io.ringwire} */
    public EventLog eventLog()
    {
        return eventLog;
    }

    /**
     * Choose who is told of what happens rarely.
     *
     * @param eventLog the value.
     * @return this.
     */
    public EngineContext eventLog(final EventLog eventLog)
    {
        this.eventLog = eventLog;
        return this;
    }

    /** {@return what the engine shows of itself} */
    public ObservationPolicy observation()
    {
        return observation;
    }

    /**
     * Choose what the engine shows of itself.
     *
     * @param observation the value.
     * @return this.
     */
    public EngineContext observation(final ObservationPolicy observation)
    {
        this.observation = observation;
        return this;
    }

    /** {@return what is recorded} */
    public JournalPolicy journal()
    {
        return journal;
    }

    /**
     * Choose what is recorded.
     *
     * @param journal the value.
     * @return this.
     */
    public EngineContext journal(final JournalPolicy journal)
    {
        this.journal = journal;
        return this;
    }

    /** {@return who turns host names into addresses. Default the JDK} */
    public NameResolver nameResolver()
    {
        return nameResolver;
    }

    /**
     * Choose who turns host names into addresses.
     *
     * @param nameResolver the value.
     * @return this.
     */
    public EngineContext nameResolver(final NameResolver nameResolver)
    {
        this.nameResolver = nameResolver;
        return this;
    }

    /**
     * {@return who is told of errors besides the error log and the event log, on the thread concerned. Default: nobody}
     */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * Choose who is told of errors: what user callbacks throw, and faults of the engine. Each is counted, and told to
     * the error log and the {@link #eventLog()} first. What it throws is told to the event log.
     *
     * @param errorHandler the value.
     * @return this.
     */
    public EngineContext errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    /**
     * The cores that the handler threads pin themselves to, by index; {@link #NOT_PINNED} beyond what was given.
     *
     * @param index of the handler thread.
     * @return the core.
     */
    public int handlerCpuOf(final int index)
    {
        return index < handlerCpus.length ? handlerCpus[index] : NOT_PINNED;
    }

    /**
     * Pin the handler threads to cores, in the order of their indexes.
     *
     * @param cpus one for each thread to pin.
     * @return this.
     */
    public EngineContext handlerCpu(final int... cpus)
    {
        handlerCpus = cpus.clone();
        return this;
    }

    /**
     * Validate across all settings; called once by {@code Engine.launch}.
     *
     * @param availableCores the process may run on.
     * @return this.
     * @throws ConfigurationException that names the setting and the value.
     */
    public EngineContext conclude(final int availableCores)
    {
        Configuration.checkPropertyNames();
        if (concluded)
        {
            throw new ConfigurationException("this EngineContext has launched an engine already: make a new one");
        }

        if (!BitUtil.isPowerOfTwo(outboundRingLength) || outboundRingLength < 16 * 1024)
        {
            throw new ConfigurationException(
                "outboundRingLength=" + outboundRingLength + " must be a power of two of at least 16384");
        }

        if (maxSessions < 1 || maxSessions > MAX_SESSIONS)
        {
            throw new ConfigurationException("maxSessions=" + maxSessions + " must be from 1 to " + MAX_SESSIONS);
        }

        if (handlerThreads < 1)
        {
            throw new ConfigurationException("handlerThreads=" + handlerThreads + " must be at least 1");
        }

        if (shutdownTimeoutNs < 0)
        {
            throw new ConfigurationException("shutdownTimeoutNs=" + shutdownTimeoutNs + " must not be negative");
        }

        if (nameResolver == null)
        {
            throw new ConfigurationException("nameResolver must not be null: leave it out for the JDK's");
        }

        if (errorHandler == null || eventLog == null)
        {
            throw new ConfigurationException("errorHandler and eventLog must not be null: leave them out");
        }

        observation.conclude();
        journal.conclude();
        concludeThreads(availableCores);
        eventLog = guarded(eventLog);
        concluded = true;
        return this;
    }

    /**
     * An event log that throws must not end the thread that tells it.
     */
    private static EventLog guarded(final EventLog log)
    {
        return (level, source, message, cause) ->
        {
            try
            {
                log.onEvent(level, source, message, cause);
            }
            catch (final Throwable ignored)
            {
                // there is nobody left to tell
            }
        };
    }

    private void concludeThreads(final int availableCores)
    {
        if (threadingMode != ThreadingMode.DEDICATED && handlerThreads > 1)
        {
            throw new ConfigurationException(
                "handlerThreads=" + handlerThreads + " needs threadingMode=DEDICATED, not " + threadingMode);
        }

        final int busyThreads = threadingMode == ThreadingMode.DEDICATED ? 1 + handlerThreads : 1;
        if (idleMode == IdleMode.SPIN && threadingMode != ThreadingMode.INVOKER && busyThreads > availableCores)
        {
            throw new ConfigurationException(
                "idleMode=SPIN with threadingMode=" + threadingMode + " spins " + busyThreads + " threads on " +
                availableCores + " available core(s): use YIELD, BLOCK, or fewer threads");
        }

        checkCpu("ioCpu", ioCpu);
        checkCpu("controlCpu", controlCpu);
        for (final int cpu : handlerCpus)
        {
            checkCpu("handlerCpu", cpu);
        }
    }

    private static void checkCpu(final String name, final int cpu)
    {
        if (cpu < NOT_PINNED)
        {
            throw new ConfigurationException(name + "=" + cpu + " must be a core number, or -1 for no pinning");
        }
    }
}
