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

import io.ringwire.api.CloseCode;
import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import io.ringwire.api.RateLimits;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.frame.FrameEncoder;
import io.ringwire.stats.SessionCounters;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a user holds of a session: the send path, run by any thread, and what the engine's threads publish about it.
 */
public final class WebSocketSession implements Session
{
    private final int id;
    private final SessionConfig config;
    private final SessionWiring wiring;
    private final SessionCounters counters = new SessionCounters();
    private final RateLimiter rateLimiter;
    private final SendPath sendPath;
    private final RequestTable requests;
    private final SessionLatencies latencies = new SessionLatencies();
    private final SessionStatus status = new SessionStatus();
    private final MessageRouter router;
    private final AtomicReference<CloseRequest> closeRequest = new AtomicReference<>();

    /**
     * Make a session; the engine starts it.
     *
     * @param id     that marks its records in the outbound ring.
     * @param config concluded.
     * @param wiring to the engine's agents.
     */
    public WebSocketSession(final int id, final SessionConfig config, final SessionWiring wiring)
    {
        this.id = id;
        this.config = config;
        this.wiring = wiring;
        rateLimiter = new RateLimiter(
            config.limits(), config.dialect(), wiring.nanoClock(), wiring.errorHandler(), counters);
        sendPath = new SendPath(id, config.buffers().sendWindowLength(), wiring, counters, rateLimiter);
        requests = new RequestTable(config.maxRequestsInFlight());
        router = new MessageRouter(this, wiring);
    }

    /** {@return the number that marks the session's records in the outbound ring} */
    public int id()
    {
        return id;
    }

    /** {@return the concluded configuration} */
    public SessionConfig config()
    {
        return config;
    }

    /** {@return the counters} */
    public SessionCounters counters()
    {
        return counters;
    }

    /** {@return the latency recorders} */
    public SessionLatencies latencies()
    {
        return latencies;
    }

    /** {@return what the engine's threads publish about the session} */
    public SessionStatus status()
    {
        return status;
    }

    /** {@return what tells the engine's own messages from the user's} */
    public MessageRouter router()
    {
        return router;
    }

    /** {@return what limits the rate of what is sent} */
    public RateLimiter rateLimiter()
    {
        return rateLimiter;
    }

    /** {@return the path of messages to the wire} */
    SendPath sendPath()
    {
        return sendPath;
    }

    /** {@return the requests in flight} */
    public RequestTable requests()
    {
        return requests;
    }

    /** {@return the window of bytes accepted and not yet written} */
    public SendWindow window()
    {
        return sendPath.window();
    }

    /** {@return the user's wish to end the session, or null} */
    public CloseRequest closeRequest()
    {
        return closeRequest.get();
    }

    @Override
    public String name()
    {
        return config.name();
    }

    @Override
    public SessionState state()
    {
        return status.state();
    }

    @Override
    public StateChange lastChange()
    {
        return status.lastChange();
    }

    @Override
    public int epoch()
    {
        return status.epoch();
    }

    @Override
    public String subprotocol()
    {
        return status.subprotocol();
    }

    @Override
    public boolean awaitConnected(final long timeout, final TimeUnit unit)
    {
        return status.awaitConnected(unit.toNanos(timeout), wiring.invoker());
    }

    @Override
    public int maxSendLength()
    {
        return sendPath.maxLength();
    }

    @Override
    public long send(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        checkOpcode(opcode);
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.send(opcode, epoch, buffer, offset, length);
    }

    @Override
    public long sendFirst(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        checkOpcode(opcode);
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendFirst(opcode, epoch, buffer, offset, length);
    }

    @Override
    public long sendMiddle(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendMiddle(epoch, buffer, offset, length);
    }

    @Override
    public long sendLast(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendLast(epoch, buffer, offset, length);
    }

    @Override
    public long tryClaim(final int opcode, final int length, final MessageClaim claim)
    {
        checkOpcode(opcode);
        checkClaim(length, claim);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.tryClaim(opcode, epoch, length, claim);
    }

    @Override
    public long request(
        final long correlationId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        checkRequest(buffer, offset, length, timeoutNs, replyHandler);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        if (refusal < 0)
        {
            return refusal;
        }

        final long startNs = wiring.nanoClock().nanoTime();
        final long token = requests.register(correlationId, epoch, startNs, timeoutNs, replyHandler);
        if (token < 0)
        {
            return token;
        }

        final long position = sendPath.send(Opcode.TEXT, epoch, buffer, offset, length);
        if (position < 0)
        {
            return requests.cancel(token) ? position : 1; // false: a message with its id has ended it as a reply
        }

        if (requests.confirm(token))
        {
            final long elapsedNs = wiring.nanoClock().nanoTime() - startNs;
            replyHandler.onReply(this, correlationId, ReplyOutcome.UNKNOWN_OUTCOME, null, 0, 0, elapsedNs);
        }

        return position;
    }

    @Override
    public RateLimits rateLimits()
    {
        return rateLimiter;
    }

    @Override
    public void close()
    {
        close(CloseCode.NORMAL, "");
    }

    @Override
    public void close(final int code, final String reason)
    {
        if (!CloseCode.isSendable(code))
        {
            throw new IllegalArgumentException(
                "close code " + code + " may not be sent: use 1000-1003, 1007-1014 or 3000-4999");
        }

        if (!StandardCharsets.UTF_8.newEncoder().canEncode(reason))
        {
            throw new IllegalArgumentException("close reason '" + reason + "' holds half a surrogate pair: not UTF-8");
        }

        final int reasonLength = reason.getBytes(StandardCharsets.UTF_8).length;
        if (reasonLength > FrameEncoder.MAX_CLOSE_REASON_LENGTH)
        {
            throw new IllegalArgumentException(
                "close reason of " + reasonLength + " bytes is over " + FrameEncoder.MAX_CLOSE_REASON_LENGTH);
        }

        if (closeRequest.compareAndSet(null, new CloseRequest(code, reason, false)))
        {
            wiring.linkEvents().onCloseRequested(this);
        }
    }

    @Override
    public void abort()
    {
        final CloseRequest current = closeRequest.get();
        if (current == null || !current.abort())
        {
            closeRequest.set(new CloseRequest(CloseCode.ABNORMAL, "aborted by the user", true));
            wiring.linkEvents().onCloseRequested(this);
        }
    }

    @Override
    public long skipBehind(final long newest)
    {
        return status.skipper().skipBehind(newest);
    }

    @Override
    public SessionLatency latency()
    {
        return latencies.snapshot();
    }

    @Override
    public SessionMetrics metrics()
    {
        return status.metrics(counters, requests.inFlight());
    }

    @Override
    public String toString()
    {
        return "Session{" + name() + ' ' + state() + " epoch=" + epoch() + '}';
    }

    private long refusal(final int epoch, final int length)
    {
        if (closeRequest.get() != null)
        {
            return SendResult.CLOSED;
        }

        if (epoch == SessionStatus.NOT_OPEN)
        {
            return status.state().isTerminal() ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
        }

        return length > sendPath.maxLength() ? SendResult.TOO_LONG : 0;
    }

    private static void checkClaim(final int length, final MessageClaim claim)
    {
        if (length < 0)
        {
            throw new IllegalArgumentException("length " + length + " is negative");
        }

        if (claim.buffer() != null)
        {
            throw new IllegalStateException("claim is still open: commit or abort it before the next");
        }
    }

    private static void checkRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        buffer.boundsCheck(offset, length);
        if (timeoutNs < 0)
        {
            throw new IllegalArgumentException("timeoutNs " + timeoutNs + " is negative");
        }

        if (replyHandler == null)
        {
            throw new IllegalArgumentException("replyHandler is null: a request needs somebody to tell of its end");
        }
    }

    private static void checkOpcode(final int opcode)
    {
        if (opcode != Opcode.TEXT && opcode != Opcode.BINARY)
        {
            throw new IllegalArgumentException("opcode " + opcode + " is not TEXT (1) or BINARY (2)");
        }
    }
}
