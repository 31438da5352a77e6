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

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Judges each inbound message once, before it goes into the delivery: what the engine asked for itself (logins,
 * subscriptions, heartbeats) goes to the control thread and never waits behind user code. What it did not ask for, such
 * as answers about channels when the session has none, is the user's. Owner: the IO thread.
 */
public final class MessageRouter
{
    /**
     * The first id of the engine's own requests. Users' ids are below; all are below 2^53, which venues that hold
     * numbers as doubles give back unchanged.
     */
    public static final long FIRST_ENGINE_ID = 9_000_000_000_000_000L;

    /**
     * The longest message in bytes that is the engine's own: a login, or an answer that lists 20,000 channels, is
     * shorter.
     */
    public static final int MAX_ANSWER_LENGTH = 1024 * 1024;

    /**
     * The first id of pings in the venue's words and of answers to its demands, above all other ids of the engine: what
     * replies to these ends on the IO thread.
     */
    static final long FIRST_HEARTBEAT_ID = 9_004_000_000_000_000L;

    private final WebSocketSession session;
    private final SessionStatus status;
    private final Dialect dialect;
    private final LinkEvents control;
    private final ErrorHandler errorHandler;
    private final AtomicCounter dialectErrors;
    private final HeartbeatStatus heartbeatStatus;
    private final boolean heartbeats;
    private final boolean logsIn;
    private final ChannelSets channels;
    private final Verdict verdict = new Verdict();
    private int attemptId;
    private boolean again; // the next whole message was judged before

    MessageRouter(final WebSocketSession session, final SessionWiring wiring)
    {
        this.session = session;
        status = session.status();
        dialect = session.config().dialect();
        control = wiring.linkEvents();
        errorHandler = wiring.errorHandler();
        dialectErrors = session.counters().of(Id.DIALECT_ERRORS);
        heartbeatStatus = session.heartbeatStatus();
        logsIn = session.config().login() != null;
        channels = session.channels();
        heartbeats = dialect != null && dialect.heartbeats() != null && session.config().heartbeat().isEnabled();
    }

    /**
     * A new connection, before its first message: what the one before has left is forgotten.
     *
     * @param attemptId of it.
     */
    public void reset(final int attemptId)
    {
        this.attemptId = attemptId;
        status.lastSequence(Verdict.NO_SEQUENCE);
        again = false;
        verdict.reset();
    }

    /**
     * The last whole message found no room in the delivery and will be judged again: nobody is to hear of it twice.
     */
    public void again()
    {
        again = true;
    }

    /**
     * The last message is in the delivery: what is told of the connection's end counts from it.
     */
    public void onDelivered()
    {
        if (verdict.kind() == MessageKind.STREAM && verdict.sequence() != Verdict.NO_SEQUENCE)
        {
            status.lastSequence(verdict.sequence());
        }
    }

    /** {@return what the last message is, until the next} */
    public Verdict verdict()
    {
        return verdict;
    }

    /**
     * Judge a whole message. A message that found no room in the delivery is judged again when it is tried again.
     *
     * @param opcode of the message.
     * @param buffer that holds it, valid during the call.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return true if it is the engine's own and goes no further.
     */
    public boolean take(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        if (dialect == null)
        {
            return false;
        }

        final boolean first = judge(opcode, buffer, offset, length);
        switch (verdict.kind())
        {
            case REPLY, ERROR_REPLY ->
            {
                return isEngineId() && (isHeartbeat() || answer(buffer, offset, length));
            }
            case LOGIN ->
            {
                return logsIn && answer(buffer, offset, length);
            }
            case SUBSCRIPTION ->
            {
                return channels.isInUse() && answer(buffer, offset, length);
            }
            case ERROR, SHUTDOWN ->
            {
                if (first)
                {
                    answer(buffer, offset, length);
                }

                return false;
            }
            case HEARTBEAT ->
            {
                if (heartbeats)
                {
                    heartbeatStatus.onHeartbeat(status.lastReceiveNs());
                }

                return heartbeats;
            }
            case HEARTBEAT_DEMAND ->
            {
                if (heartbeats)
                {
                    heartbeatStatus.onDemand(attemptId);
                }

                return heartbeats;
            }
            default ->
            {
                return false;
            }
        }
    }

    /**
     * Judge a message, and hear a complaint about our rate.
     *
     * @return is this the first time that the message is judged?
     */
    private boolean judge(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean first = !again;
        again = false;
        classify(opcode, buffer, offset, length, first);
        if (first && verdict.isRateLimited())
        {
            session.rateLimiter().onBreach();
        }

        return first;
    }

    private boolean isEngineId()
    {
        return !verdict.hasTextId() && verdict.correlationId() >= FIRST_ENGINE_ID;
    }

    private boolean isHeartbeat()
    {
        final long id = verdict.correlationId();
        if (id < FIRST_HEARTBEAT_ID)
        {
            return false;
        }

        heartbeatStatus.onReply(id, status.lastReceiveNs());
        return true;
    }

    /**
     * Copies wait for the control thread, thousands of them: what is too long for that is the user's.
     */
    private boolean answer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length > MAX_ANSWER_LENGTH)
        {
            return false;
        }

        final byte[] copy = new byte[length]; // seldom: what the engine asks for itself is not the stream
        buffer.getBytes(offset, copy);
        control.onAnswer(session, attemptId, verdict.kind(), verdict.correlationId(), copy);
        return true;
    }

    /**
     * A dialect that throws is no reason to lose a message: it is data. It is told once, also where the message waits
     * for room and is judged in each duty cycle.
     */
    private void classify(
        final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean first)
    {
        verdict.reset();
        try
        {
            dialect.classify(buffer, offset, length, opcode, verdict);
        }
        catch (final Throwable t)
        {
            verdict.reset().kind(MessageKind.DATA);
            if (first)
            {
                dialectErrors.increment();
                errorHandler.onError(t);
            }
        }
    }
}
