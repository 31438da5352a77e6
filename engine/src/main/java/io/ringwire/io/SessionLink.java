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
package io.ringwire.io;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.ringwire.api.CloseCode;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.frame.DeflateParameters;
import io.ringwire.handshake.Opening;
import io.ringwire.handshake.OpeningListener;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Delivery;
import io.ringwire.session.Dial;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionStatus;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsFailure;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The connection of one session, one after the other through its reconnects, in memory that is allocated once. Owner:
 * the IO thread.
 */
final class SessionLink implements LinkListener, OpeningListener
{
    private static final DirectBuffer NO_REASON = new UnsafeBuffer(new byte[0]);

    private final WebSocketSession session;
    private final TlsContext tls;
    private final LinkEvents control;
    private final IoContext io;
    private final ReadBuffer readBuffer;
    private final InboundPath inbound;
    private final OutboundPath outbound;
    private final SocketOptions socketOptions;
    private final TlsRecords records;
    private final ConnectionEnd end = new ConnectionEnd();

    private Runnable deferredConnect;
    private Channel channel;
    private int attemptId;
    private int epoch;
    private boolean upgraded;
    private boolean open;
    private boolean inactive;
    private boolean retired;
    private long handledPingRequest;

    SessionLink(
        final WebSocketSession session,
        final TlsContext tls,
        final Delivery delivery,
        final LinkEvents control,
        final IoContext io)
    {
        this.session = session;
        this.tls = tls;
        this.control = control;
        this.io = io;
        readBuffer = new ReadBuffer(session.config().buffers().readBufferLength());
        inbound = new InboundPath(session, delivery, readBuffer, this, io);
        outbound = new OutboundPath(session, io);
        socketOptions = SocketOptions.of(session.config().socket(), io.transport().transport());
        records = new TlsRecords(inbound, outbound);
    }

    WebSocketSession session()
    {
        return session;
    }

    InboundPath inbound()
    {
        return inbound;
    }

    boolean isCurrent(final Channel candidate)
    {
        return candidate == channel;
    }

    void connect(final Dial dial, final int attemptId, final int epoch)
    {
        this.attemptId = attemptId;
        deferredConnect = () -> connectNow(dial, epoch);
        runDeferredConnect();
    }

    void open(final int attemptId)
    {
        if (attemptId == this.attemptId && upgraded)
        {
            open = true;
            session.router().reset(attemptId); // not earlier: the last sequence of the epoch before was asked for
            inbound.open();
            afterRetry();
        }
    }

    void drop(final int attemptId)
    {
        if (attemptId == this.attemptId)
        {
            deferredConnect = null;
            release();
        }
    }

    void deliver(final SessionEvent event)
    {
        if (event instanceof SessionEvent.Changed changed && changed.change().to().isTerminal())
        {
            release();
            retired = true;
        }

        inbound.event(event);
    }

    /**
     * A record of the outbound ring.
     */
    void send(final int type, final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean current = upgraded && epoch == this.epoch;
        if (current && type == OutboundRing.CLOSE)
        {
            final int code = buffer.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xffff;
            outbound.close(code, buffer, offset + Short.BYTES, length - Short.BYTES);
        }
        else if (current)
        {
            outbound.message(type, buffer, offset, length);
        }
        else if (type != OutboundRing.CLOSE)
        {
            outbound.discarded(type, length);
        }
    }

    /**
     * One duty cycle: what waited for memory, room or the socket.
     *
     * @return how much was done.
     */
    int doWork(final long nowNs)
    {
        int workCount = deferredConnect == null ? 0 : runDeferredConnect();
        if (inbound.isBlocked())
        {
            workCount += inbound.retry() ? 1 : 0;
            afterRetry();
        }

        return workCount + flush(nowNs);
    }

    int flush(final long nowNs)
    {
        if (channel == null || !upgraded || !channel.isActive()) // what a dead channel let go of was not written
        {
            return 0;
        }

        final long pingRequest = session.status().pingRequest();
        if (pingRequest != handledPingRequest)
        {
            handledPingRequest = pingRequest;
            if (SessionStatus.attemptOf(pingRequest) == attemptId)
            {
                outbound.ping();
            }
        }

        return outbound.flush(channel, nowNs);
    }

    boolean isBlocked()
    {
        return deferredConnect != null || inbound.isBlocked() || retired;
    }

    /**
     * The session has ended, its last event is in the delivery, and none of its messages waits in the outbound ring to
     * be counted: nothing here will be used again.
     */
    boolean isFinished()
    {
        return retired && !inbound.hasEvents() && isMemoryReleased() && session.window().isEmpty();
    }

    /**
     * Something that must not happen did: end this connection, so that the others go on.
     */
    void crash(final Throwable cause)
    {
        deferredConnect = null;
        final String reason = "engine fault: " + cause;
        control.onConnectFailed(session, attemptId, ConnectFailure.of(reason)); // which of the two it is, it knows
        control.onClosed(session, attemptId, CloseCode.ABNORMAL, reason);
        release();
    }

    /**
     * The engine stops.
     */
    void stop()
    {
        deferredConnect = null;
        release();
        retired = true;
    }

    boolean isMemoryReleased()
    {
        return readBuffer.isReleased() && outbound.isReleased();
    }

    void free()
    {
        readBuffer.free();
        inbound.free();
        outbound.free();
        if (tls != null)
        {
            tls.close();
        }
    }

    @Override
    public void onConnected(final Channel source)
    {
        if (isCurrent(source))
        {
            control.onConnected(session, attemptId);
        }
    }

    @Override
    public void onSecured(final Channel source, final String explanation)
    {
        if (isCurrent(source))
        {
            control.onSecured(session, attemptId, explanation);
        }
    }

    @Override
    public void onUpgraded(
        final Channel source,
        final HandshakeResponse response,
        final String subprotocol,
        final DeflateParameters deflate)
    {
        if (isCurrent(source))
        {
            upgraded = true;
            if (deflate != null)
            {
                inbound.compressed(deflate);
                outbound.compressed(deflate);
            }

            readBuffer.enable(true);
            records.takeOver(channel);
            control.onUpgraded(session, attemptId, response, subprotocol);
        }
    }

    @Override
    public void onOpeningFailed(final Channel source, final ConnectFailure failure)
    {
        if (isCurrent(source))
        {
            release();
            control.onConnectFailed(session, attemptId, failure);
        }
    }

    @Override
    public WebSocketFrameDecoder frameHandler()
    {
        return new FrameChannelHandler(this);
    }

    void onChannelFailure(final Channel source, final Throwable cause)
    {
        if (isCurrent(source))
        {
            end.because(CloseCode.ABNORMAL, tls != null && TlsFailure.isTls(cause) ?
                tls.explain(cause).reason() : "connection failed: " + cause.getMessage());
        }
    }

    void onInactive(final Channel source)
    {
        if (isCurrent(source))
        {
            inactive = true;
            finishIfDrained();
        }
    }

    @Override
    public void onPing(final DirectBuffer buffer, final int offset, final int length)
    {
        session.counters().of(Id.PINGS_RECEIVED).incrementRelease();
        outbound.pong(buffer, offset, length);
    }

    @Override
    public void onPong(final DirectBuffer buffer, final int offset, final int length)
    {
        if (outbound.answersLastPing(buffer, offset, length))
        {
            session.counters().of(Id.PONGS_RECEIVED).incrementRelease();
            session.heartbeatStatus().answered(inbound.receiveTimeNs() - outbound.pingTimeNs());
        }
    }

    @Override
    public void onPeerClose(final int code, final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] reason = new byte[length];
        buffer.getBytes(offset, reason);
        closing(code, new String(reason, StandardCharsets.UTF_8), true);
    }

    @Override
    public void onViolation(final int code, final String reason)
    {
        session.counters().of(Id.PROTOCOL_ERRORS).incrementRelease();
        inbound.event(new SessionEvent.ProtocolError(code, reason));
        closing(code, reason, false);
    }

    @Override
    public void onRingFull()
    {
        closing(CloseCode.POLICY_VIOLATION, "message ring is full", false);
    }

    @Override
    public void onPaused()
    {
        session.counters().of(Id.PAUSES).incrementRelease();
        channel.config().setAutoRead(false);
    }

    /**
     * Bytes before the session is live: no more of them. Without any, reading goes on, or the end of a connection that
     * ends at once would go unnoticed by some transports.
     */
    @Override
    public void onEarlyBytes()
    {
        channel.config().setAutoRead(false);
    }

    @Override
    public void onTlsEnded()
    {
        if (records.failure() != null)
        {
            end.because(CloseCode.ABNORMAL, "TLS failed: " + records.failure());
        }

        outbound.end(channel);
        channel.close();
    }

    private void closing(final int code, final String reason, final boolean answered)
    {
        end.because(code, reason);
        outbound.close(code, NO_REASON, 0, 0);
        flush(io.clock().nanoTime()); // the peer may end the connection right behind its own
        control.onClosing(session, attemptId, code, reason, answered);
    }

    private int runDeferredConnect()
    {
        if (!isMemoryReleased())
        {
            return 0; // the channel before still holds it
        }

        final Runnable connect = deferredConnect;
        deferredConnect = null;
        connect.run();
        return 1;
    }

    private void connectNow(final Dial dial, final int epoch)
    {
        this.epoch = epoch;
        upgraded = false;
        open = false;
        inactive = false;
        end.clear();
        handledPingRequest = session.status().pingRequest();
        io.lives().connect(session.id(), epoch, dial.target());
        inbound.reset(epoch);
        outbound.reset(epoch);
        readBuffer.enable(false);

        final Bootstrap bootstrap = new Bootstrap()
            .group(io.eventLoop())
            .channelFactory(() -> io.transport().newChannel(dial.address()))
            .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffer);
        final Opening opening = new Opening(session.config(), dial, tls, bootstrap, this);
        channel = opening.channel();
        final String refusal = channel.isRegistered() ? socketOptions.apply(channel) : null;
        if (refusal == null)
        {
            opening.connect(io.transport().addressOf(dial.address()));
        }
        else
        {
            onOpeningFailed(channel, ConnectFailure.of(refusal));
        }
    }

    private void afterRetry()
    {
        if (open && channel != null && !inbound.hasWaitingBytes())
        {
            if (inactive)
            {
                finishIfDrained();
            }
            else if (!channel.config().isAutoRead())
            {
                channel.config().setAutoRead(true);
            }
        }
    }

    /**
     * The connection is gone; it has ended when the bytes it brought are in the delivery. Before the session is live
     * they cannot be: then this waits for {@link #open}.
     */
    private void finishIfDrained()
    {
        if (open && !inbound.hasWaitingBytes())
        {
            final String reason = end.reason(outbound.isCloseFrameEncoded(), records.isCut());
            release();
            control.onClosed(session, attemptId, end.code(), reason);
        }
    }

    /**
     * Let go of the connection. Its channel may hold on to the memory for a moment longer.
     */
    private void release()
    {
        final Channel released = channel;
        channel = null;
        upgraded = false;
        open = false;
        if (released != null)
        {
            records.release(released);
            released.close();
        }

        outbound.discard();
        inbound.discard(); // last: it calls what takes events
    }
}
