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

import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The signs of life of one connection after the other: those we ask for, in the venue's words or by pings of the
 * WebSocket, and those the venue demands. What the send path refuses is tried again on the next cycle; a ping in the
 * venue's words that finds no way for as long as its answer may take is replaced by one of the WebSocket, which needs
 * none. Owner: the control thread.
 */
final class HeartbeatExchange
{
    private static final long NONE = -1;

    private final WebSocketSession session;
    private final SessionStateMachine machine;
    private final LinkCommands link;
    private final ControlWriter writer;
    private final ErrorHandler errorHandler;
    private final HeartbeatPolicy policy;
    private final HeartbeatDialect dialect;
    private final HeartbeatStatus published;
    private final SessionStatus status;
    private final Heartbeat heartbeat;
    private final AtomicCounter sent;
    private final AtomicCounter missed;
    private final AtomicCounter demandsAnswered;
    private final AtomicCounter dialectErrors;

    private int attemptId;
    private boolean speaksDialect;
    private long startId;
    private String startText;
    private long pingId;
    private String pingText;
    private String answerText;
    private long nextId = MessageRouter.FIRST_HEARTBEAT_ID;
    private long answeredDemand;

    HeartbeatExchange(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final LinkCommands link,
        final ControlWriter writer,
        final ErrorHandler errorHandler)
    {
        this.session = session;
        this.machine = machine;
        this.link = link;
        this.writer = writer;
        this.errorHandler = errorHandler;
        policy = session.config().heartbeat();
        final Dialect venue = session.config().dialect();
        dialect = venue == null || !policy.isEnabled() ? null : venue.heartbeats();
        published = session.heartbeatStatus();
        status = session.status();
        heartbeat = new Heartbeat(policy);
        sent = session.counters().of(Id.HEARTBEATS_SENT);
        missed = session.counters().of(Id.HEARTBEATS_MISSED);
        demandsAnswered = session.counters().of(Id.HEARTBEAT_DEMANDS_ANSWERED);
        dialectErrors = session.counters().of(Id.DIALECT_ERRORS);
    }

    /**
     * A new connection. Until {@link #onLoggedIn} it is asked for signs of life by pings of the WebSocket.
     */
    void begin(final int attemptId, final long nowNs)
    {
        this.attemptId = attemptId;
        speaksDialect = false;
        startId = NONE;
        startText = null;
        pingText = null;
        answerText = null;
        answeredDemand = published.demand();
        heartbeat.start(nowNs);
        published.begin();
        publish();
    }

    /**
     * The connection is logged in: from here on heartbeats are in the venue's words, if it has any.
     */
    void onLoggedIn()
    {
        if (dialect != null)
        {
            speaksDialect = true;
            startId = writer.nextId();
            final long intervalNs = policy.intervalNs() > 0 ? policy.intervalNs() : policy.silenceNs();
            startText = words(() -> dialect.start(startId, intervalNs));
            sendStart();
        }
    }

    /**
     * Nothing is sent any more.
     */
    void end()
    {
        heartbeat.stop();
        published.end();
    }

    int onTime(final long nowNs)
    {
        int workCount = answerDemand() + sendStart();
        for (Heartbeat.Step step = next(nowNs); step != Heartbeat.Step.NONE; step = next(nowNs))
        {
            if (step == Heartbeat.Step.DROP)
            {
                machine.drop(heartbeat.dropReason());
                return workCount + 1;
            }

            if (step == Heartbeat.Step.MISSED)
            {
                missed.incrementRelease();
                link.deliver(session, new SessionEvent.HeartbeatMissed(heartbeat.consecutiveMisses()));
            }
            else if (!ping(nowNs))
            {
                break;
            }

            workCount++;
        }

        publish();
        return workCount;
    }

    /**
     * The venue answered a request of the engine's.
     *
     * @return true if it was one of these.
     */
    boolean onAnswer(final MessageKind kind, final long correlationId, final byte[] message)
    {
        if (startId == NONE || correlationId != startId)
        {
            return false;
        }

        startId = NONE;
        if (kind == MessageKind.ERROR_REPLY)
        {
            speaksDialect = false;
            errorHandler.onError(new IllegalStateException("session " + session.name() +
                ": the venue refused to set heartbeats up, so pings of the WebSocket are sent: " +
                new String(message, StandardCharsets.UTF_8)));
        }

        return true;
    }

    private Heartbeat.Step next(final long nowNs)
    {
        final boolean paused = status.isPaused(); // before the time, which the end of a pause sets first
        return heartbeat.step(nowNs, status.lastReceiveNs(), paused);
    }

    private boolean ping(final long nowNs)
    {
        if (speaksDialect && pingText == null)
        {
            pingId = nextId++;
            pingText = words(() -> dialect.ping(pingId));
        }

        if (pingText != null && !heartbeat.isOverdue(nowNs))
        {
            published.pinging(pingId, nowNs); // the answer must not come before it
            if (writer.send(pingText) < 0)
            {
                return false;
            }

            sent.increment();
        }
        else
        {
            status.requestPing(attemptId); // the IO thread counts it when it is encoded
            link.wake();
        }

        pingText = null;
        heartbeat.pinged(nowNs);
        return true;
    }

    private int sendStart()
    {
        if (startText == null || writer.send(startText) < 0)
        {
            return 0;
        }

        startText = null;
        return 1;
    }

    /**
     * One answer for all demands that came since the last.
     */
    private int answerDemand()
    {
        final long demand = published.demand();
        if (demand == answeredDemand)
        {
            return 0;
        }

        if (answerText == null && SessionStatus.attemptOf(demand) == attemptId)
        {
            final long answerId = nextId++;
            answerText = words(() -> dialect.answer(answerId));
        }

        if (answerText != null)
        {
            if (writer.sendReserved(answerText) < 0)
            {
                return 0;
            }

            answerText = null;
            demandsAnswered.incrementRelease();
        }

        answeredDemand = demand;
        return 1;
    }

    /**
     * A dialect that throws has nothing to say.
     */
    private String words(final Supplier<String> venue)
    {
        try
        {
            return venue.get();
        }
        catch (final Throwable t)
        {
            dialectErrors.increment();
            errorHandler.onError(t);
            return null;
        }
    }

    private void publish()
    {
        published.progress(heartbeat.isAwaiting(), heartbeat.consecutiveMisses());
    }
}
