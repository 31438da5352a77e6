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

import io.netty.buffer.ByteBuf;
import io.ringwire.api.BackpressurePolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.frame.DeflateParameters;
import io.ringwire.frame.FrameDecoder;
import io.ringwire.frame.FrameSink;
import io.ringwire.frame.MessageInflater;
import io.ringwire.session.Delivery;
import io.ringwire.session.MessageRouter;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionStatus;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.tls.TlsCodec;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.ArrayDeque;

/**
 * Bytes of one session from the socket to its delivery, with the policy for a full ring. Bytes the ring has no room for
 * stay where they are, in the order they came, and are decoded again from the same byte on. Owner: the IO thread.
 */
final class InboundPath implements FrameSink
{
    private final FrameDecoder decoder;
    private final Delivery delivery;
    private final LinkListener link;
    private final NanoClock clock;
    private final SessionStatus status;
    private final MessageRouter router;
    private final BackpressurePolicy policy;
    private final AtomicCounter bytesReceived;
    private final AtomicCounter framesReceived;
    private final AtomicCounter messagesReceived;
    private final AtomicCounter messagesDropped;
    private final AtomicCounter highWaterMark;
    private final AtomicCounter inflateBytesIn;
    private final AtomicCounter inflateBytesOut;
    private final int maxInflatedLength;
    private final FrameReader reader;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final EventBacklog backlog;
    private final DroppedMessage dropped;
    /** Of this connection, null if it has agreed on no compression. */
    private MessageInflater inflater;
    private boolean open;
    private boolean decoding;
    private int epoch;
    private long receiveTimeNs;
    private boolean dropping;
    private boolean midMessage;
    private TlsCodec codec;
    private int plainWaiting;

    InboundPath(
        final WebSocketSession session,
        final Delivery delivery,
        final ReadBuffer readBuffer,
        final LinkListener link,
        final NanoClock clock)
    {
        this.delivery = delivery;
        this.link = link;
        this.clock = clock;
        final SessionConfig config = session.config();
        decoder = new FrameDecoder(config.maxFrameLength(), config.maxMessageLength(), config.validateUtf8());
        reader = new FrameReader(readBuffer, decoder);
        status = session.status();
        status.directMemory(reader.memoryLength());
        router = session.router();
        dropped = new DroppedMessage(router, config.dialect() != null);
        policy = config.backpressure();
        bytesReceived = session.counters().of(Id.BYTES_RECEIVED);
        framesReceived = session.counters().of(Id.FRAMES_RECEIVED);
        messagesReceived = session.counters().of(Id.MESSAGES_RECEIVED);
        messagesDropped = session.counters().of(Id.MESSAGES_DROPPED);
        highWaterMark = session.counters().of(Id.RING_HIGH_WATER_MARK);
        backlog = new EventBacklog(session, delivery, clock);
        inflateBytesIn = session.counters().of(Id.INFLATE_BYTES_IN);
        inflateBytesOut = session.counters().of(Id.INFLATE_BYTES_OUT);
        final int inflatedLimit = config.deflate().maxInflatedLength();
        maxInflatedLength = inflatedLimit == 0 ? config.maxMessageLength() : inflatedLimit;
    }

    /**
     * A new connection: until {@link #open} its bytes wait.
     */
    void reset(final int epoch)
    {
        this.epoch = epoch;
        status.lastReceiveNs(clock.nanoTime());
        open = false;
        dropping = false;
        midMessage = false;
        decoder.reset(null);
    }

    /**
     * The new connection has agreed on compression.
     */
    void compressed(final DeflateParameters deflate)
    {
        inflater = new MessageInflater(maxInflatedLength, !deflate.serverNoContextTakeover());
        decoder.reset(inflater);
    }

    /**
     * From here on the connection is read through a codec of ours; what waits was read through Netty's.
     */
    void codec(final TlsCodec codec)
    {
        this.codec = codec;
        plainWaiting = waiting.size();
        final long before = reader.memoryLength();
        reader.codec(codec);
        status.directMemory(reader.memoryLength() - before);
    }

    /**
     * The session is live: decode what waits and all that comes.
     */
    void open()
    {
        open = true;
        retry();
        if (!waiting.isEmpty())
        {
            pause();
        }
    }

    /**
     * Bytes were read. Takes over the reference.
     */
    void onBytes(final ByteBuf bytes)
    {
        receiveTimeNs = clock.nanoTime();
        status.lastReceiveNs(receiveTimeNs);
        bytesReceived.getAndAddRelease(bytes.readableBytes());
        if (!open)
        {
            waiting.addLast(bytes);
            link.onEarlyBytes();
        }
        else if (!waiting.isEmpty())
        {
            waiting.addLast(bytes);
        }
        else if (!decode(bytes))
        {
            waiting.addLast(bytes);
            pause();
        }
    }

    /**
     * The read is done.
     */
    void onReadComplete()
    {
        delivery.flush();
        framesReceived.setRelease(decoder.framesReceived());
        if (inflater != null)
        {
            inflateBytesIn.getAndAddRelease(inflater.takeBytesIn());
            inflateBytesOut.getAndAddRelease(inflater.takeBytesOut());
        }

        final int occupancy = delivery.occupancy();
        if (occupancy > highWaterMark.getPlain())
        {
            highWaterMark.setRelease(occupancy);
        }
    }

    /**
     * Is there something that waits for room?
     */
    boolean isBlocked()
    {
        return open && !waiting.isEmpty() || !backlog.isEmpty();
    }

    boolean hasWaitingBytes()
    {
        return !waiting.isEmpty();
    }

    /**
     * Try again what found no room.
     *
     * @return true if something found it.
     */
    boolean retry()
    {
        final int backlogBefore = backlog.size();
        deliverBacklog();
        boolean progressed = backlog.size() < backlogBefore;
        while (open && !waiting.isEmpty() && decode(waiting.peekFirst()))
        {
            waiting.pollFirst();
            progressed = true;
        }

        if (progressed)
        {
            onReadComplete();
        }

        final boolean paused = open && !waiting.isEmpty();
        if (!paused && status.isPaused())
        {
            status.lastReceiveNs(clock.nanoTime()); // the time of the pause is not the peer's
        }

        status.paused(paused);
        return progressed;
    }

    /**
     * An event, behind what the delivery holds.
     */
    void event(final SessionEvent event)
    {
        backlog.add(event, epoch);
        if (deliverBacklog())
        {
            delivery.flush();
        }
    }

    boolean hasEvents()
    {
        return backlog.hasEvents();
    }

    /**
     * The connection is over: bytes that still wait are given up, and so is a message not yet whole.
     */
    void discard()
    {
        while (!waiting.isEmpty())
        {
            waiting.pollFirst().release();
        }

        if (midMessage)
        {
            midMessage = false;
            delivery.abandon();
        }

        open = false;
        status.paused(false);
        deliverBacklog();
        onReadComplete();
        if (!decoding)
        {
            freeInflater();
        }
    }

    @Override
    public boolean onMessage(
        final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean endOfBatch)
    {
        if (dropping)
        {
            return true;
        }

        if (router.take(opcode, buffer, offset, length) ||
            deliverBacklog() && delivery.message(opcode, buffer, offset, length, epoch, receiveTimeNs, endOfBatch))
        {
            messagesReceived.incrementRelease();
            return true;
        }

        return onNoRoom();
    }

    @Override
    public boolean onFrameBegin(
        final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
    {
        if (dropping)
        {
            return true;
        }

        if ((!firstFrame || deliverBacklog()) && delivery.begin(firstFrame, (int)payloadLength))
        {
            midMessage = true;
            return true;
        }

        if (policy == BackpressurePolicy.STOP_READING)
        {
            return false;
        }

        dropped.begin(policy == BackpressurePolicy.DROP_NEWEST && !midMessage);
        if (midMessage)
        {
            midMessage = false;
            delivery.abandon();
        }

        dropping = true; // to the end of this message
        return policy == BackpressurePolicy.DROP_NEWEST || onNoRoom();
    }

    @Override
    public void onFramePayload(final DirectBuffer buffer, final int offset, final int length)
    {
        if (dropping)
        {
            dropped.append(buffer, offset, length);
        }
        else
        {
            delivery.append(buffer, offset, length);
        }
    }

    @Override
    public void onMessageEnd(final int opcode, final boolean endOfBatch)
    {
        if (!dropping)
        {
            midMessage = false;
            delivery.end(opcode, epoch, receiveTimeNs, endOfBatch);
            messagesReceived.incrementRelease();
        }
        else if (policy == BackpressurePolicy.DROP_NEWEST) // under FAIL the rest of the connection is dropped
        {
            dropping = false;
            if (dropped.isOfEngine(opcode))
            {
                messagesReceived.incrementRelease();
            }
            else
            {
                onNoRoom();
            }
        }
    }

    @Override
    public void onPing(final DirectBuffer buffer, final int offset, final int length)
    {
        link.onPing(buffer, offset, length);
    }

    @Override
    public void onPong(final DirectBuffer buffer, final int offset, final int length)
    {
        link.onPong(buffer, offset, length);
    }

    @Override
    public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
    {
        link.onPeerClose(code, buffer, offset, length);
    }

    @Override
    public void onProtocolError(final int closeCode, final String reason)
    {
        if (midMessage)
        {
            midMessage = false;
            delivery.abandon();
        }

        link.onViolation(closeCode, reason);
    }

    void free()
    {
        status.directMemory(-reader.memoryLength());
        reader.free();
    }

    long receiveTimeNs()
    {
        return receiveTimeNs;
    }

    /**
     * Decode what is left of the bytes; when all are, give the reference back.
     */
    private boolean decode(final ByteBuf bytes)
    {
        final boolean done;
        decoding = true;
        try
        {
            done = reader.decode(bytes, plainWaiting == 0, this);
        }
        catch (final Throwable t)
        {
            if (waiting.peekFirst() == bytes)
            {
                waiting.pollFirst();
            }

            bytes.release(); // the memory must come back for the next connection
            throw t;
        }
        finally
        {
            decoding = false;
            if (!open)
            {
                freeInflater(); // the connection ended in a callback that may have been reading its memory
            }
        }

        if (done)
        {
            bytes.release();
            plainWaiting -= plainWaiting > 0 ? 1 : 0;
            if (codec != null && codec.hasEnded())
            {
                link.onTlsEnded();
            }
        }

        return done;
    }

    private void freeInflater()
    {
        if (inflater != null)
        {
            decoder.reset(null);
            inflater.close();
            inflater = null;
        }
    }

    /**
     * Events cannot stand inside a message.
     */
    private boolean deliverBacklog()
    {
        return backlog.isEmpty() || !midMessage && backlog.deliver(epoch, receiveTimeNs);
    }

    private boolean onNoRoom()
    {
        switch (policy)
        {
            case STOP_READING ->
            {
                router.again();
                return false;
            }
            case DROP_NEWEST ->
            {
                backlog.messageLost();
                messagesDropped.incrementRelease();
                return true;
            }
            case FAIL ->
            {
                dropping = true;
                link.onRingFull();
                return true;
            }
            default -> throw new IllegalStateException("unknown policy " + policy);
        }
    }

    private void pause()
    {
        status.paused(true);
        link.onPaused();
    }
}
