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
import io.ringwire.api.HeartbeatHealth;
import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import io.ringwire.api.RateLimits;
import io.ringwire.api.Reply;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.RequestRefusedException;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionSnapshot;
import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.Verdict;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.stats.Stage;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a user holds of a session: the send path, run by any thread, and what the engine's threads publish about it.
 */
public final class WebSocketSession implements Session
{
    private final int id;
    private final SessionConfig config;
    private final SessionWiring wiring;
    private final SessionCounters counters;
    private final RateLimiter rateLimiter;
    private final SendPath sendPath;
    private final RequestPath requestPath;
    private final SenderCheck senderCheck; // null: not checked
    private final SessionLatencies latencies = new SessionLatencies();
    private final SessionStatus status;
    private final HeartbeatStatus heartbeatStatus;
    private final MessageRouter router;
    private final ChannelSets channels = new ChannelSets();
    private final AtomicReference<CloseRequest> closeRequest = new AtomicReference<>();
    private final AtomicBoolean reconnectRequested = new AtomicBoolean();

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
        counters = wiring.newCounters(config.name(), id);
        status = new SessionStatus(new StepLog(wiring.eventLog(), config.name()), config.name());
        rateLimiter = new RateLimiter(
            config.limits(), config.dialect(), wiring.nanoClock(), wiring.errorHandler(), counters);
        sendPath = new SendPath(id, config.buffers().sendWindowLength(), wiring, counters, rateLimiter);
        requestPath = new RequestPath(this, sendPath, wiring);
        senderCheck = config.checkSingleSender() ? new SenderCheck(config.name()) : null;
        heartbeatStatus =
            new HeartbeatStatus(config.heartbeat(), config.dialect(), counters, latencies.of(Stage.HEARTBEAT_RTT));
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

    /** {@return what the engine's threads publish about the heartbeats} */
    public HeartbeatStatus heartbeatStatus()
    {
        return heartbeatStatus;
    }

    /** {@return what tells the engine's own messages from the user's} */
    public MessageRouter router()
    {
        return router;
    }

    /** {@return the channels, for any thread to read} */
    ChannelSets channels()
    {
        return channels;
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
        return requestPath.table();
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

    /**
     * The control thread: the wish to connect anew was taken, and may be uttered again.
     */
    void reconnectTaken()
    {
        reconnectRequested.set(false);
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
        checkSender();
        checkOpcode(opcode);
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.send(opcode, epoch, buffer, offset, length);
    }

    @Override
    public long sendFirst(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        checkSender();
        checkOpcode(opcode);
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendFirst(opcode, epoch, buffer, offset, length);
    }

    @Override
    public long sendMiddle(final DirectBuffer buffer, final int offset, final int length)
    {
        checkSender();
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendMiddle(epoch, buffer, offset, length);
    }

    @Override
    public long sendLast(final DirectBuffer buffer, final int offset, final int length)
    {
        checkSender();
        buffer.boundsCheck(offset, length);
        final int epoch = status.openEpoch();
        final long refusal = refusal(epoch, length);
        return refusal < 0 ? refusal : sendPath.sendLast(epoch, buffer, offset, length);
    }

    @Override
    public long tryClaim(final int opcode, final int length, final MessageClaim claim)
    {
        checkSender();
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
        checkSender();
        RequestPath.checkId(correlationId);
        return requestPath.request(
            correlationId, null, 0, Verdict.NO_TEXT_ID, buffer, offset, length, timeoutNs, replyHandler);
    }

    @Override
    public long request(
        final long correlationId,
        final DirectBuffer idBuffer,
        final int idOffset,
        final int idLength,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        checkSender();
        RequestPath.checkTextId(idBuffer, idOffset, idLength);
        return requestPath.request(
            correlationId, idBuffer, idOffset, idLength, buffer, offset, length, timeoutNs, replyHandler);
    }

    @Override
    public CompletableFuture<Reply> requestAsync(
        final long correlationId, final String text, final long timeout, final TimeUnit unit)
    {
        if (text == null)
        {
            throw new IllegalArgumentException("text is null: a request needs a message");
        }

        final PendingReply reply = new PendingReply(requests(), correlationId);
        final UnsafeBuffer buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        final long result = request(correlationId, buffer, 0, buffer.capacity(), unit.toNanos(timeout), reply);
        if (result < 0)
        {
            reply.completeExceptionally(new RequestRefusedException(correlationId, result));
        }

        return reply;
    }

    @Override
    public boolean cancel(final long correlationId)
    {
        return requests().cancel(correlationId, null, 0, Verdict.NO_TEXT_ID, null);
    }

    @Override
    public boolean cancel(final DirectBuffer idBuffer, final int idOffset, final int idLength)
    {
        RequestPath.checkTextId(idBuffer, idOffset, idLength);
        return requests().cancel(0, idBuffer, idOffset, idLength, null);
    }

    @Override
    public long nextCorrelationId()
    {
        return requestPath.nextCorrelationId();
    }

    @Override
    public void subscribe(final String... channels)
    {
        wiring.linkEvents().onChannels(this, true, Subscriptions.names(this, channels));
    }

    @Override
    public void unsubscribe(final String... channels)
    {
        wiring.linkEvents().onChannels(this, false, Subscriptions.names(this, channels));
    }

    @Override
    public SubscriptionSnapshot subscriptions()
    {
        return channels.snapshot();
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
        final CloseRequest request = CloseRequest.of(code, reason);
        if (closeRequest.compareAndSet(null, request))
        {
            wiring.linkEvents().onCloseRequested(this);
        }
    }

    @Override
    public void reconnect()
    {
        if (reconnectRequested.compareAndSet(false, true)) // a loop of calls must not fill the control thread's queue
        {
            wiring.linkEvents().onReconnectRequested(this, status.epoch());
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
    public HeartbeatHealth heartbeat()
    {
        return heartbeatStatus.health(status.isPaused(), lastReceiveAgeNs());
    }

    @Override
    public SessionLatency latency()
    {
        return latencies.total();
    }

    @Override
    public SessionLatency intervalLatency()
    {
        return latencies.interval();
    }

    @Override
    public SessionMetrics metrics()
    {
        return MetricsSnapshot.of(this, lastReceiveAgeNs());
    }

    @Override
    public String toString()
    {
        return "Session{" + name() + ' ' + state() + " epoch=" + epoch() + '}';
    }

    private long lastReceiveAgeNs()
    {
        final long lastReceiveNs = status.lastReceiveNs();
        return counters.value(Id.BYTES_RECEIVED) == 0 ? SessionMetrics.NEVER :
            Math.max(0, wiring.nanoClock().nanoTime() - lastReceiveNs);
    }

    /**
     * Why a message would not be sent now, whatever the send path says.
     *
     * @param epoch  of the connection that takes messages.
     * @param length of the payload in bytes.
     * @return a negative code of {@link SendResult}, or 0.
     */
    long refusal(final int epoch, final int length)
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

    private void checkSender()
    {
        if (senderCheck != null)
        {
            senderCheck.check();
        }
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

    private static void checkOpcode(final int opcode)
    {
        if (opcode != Opcode.TEXT && opcode != Opcode.BINARY)
        {
            throw new IllegalArgumentException("opcode " + opcode + " is not TEXT (1) or BINARY (2)");
        }
    }
}
