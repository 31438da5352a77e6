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
import io.ringwire.tape.RecordLayout;
import io.ringwire.tls.TlsCodec;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

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
    private final InboundMeters meters;
    private final InboundRecorder recorder;
    private final FrameRecorder frames;
    private final boolean recordsFirst;
    private final int maxInflatedLength;
    private final UndecodedBytes waiting;
    private final EventBacklog backlog;
    private final DroppedMessage dropped;
    private MessageInflater inflater; // of this connection, null if it has agreed on no compression
    private boolean open;
    private boolean decoding;
    private int epoch;
    private long receiveTimeNs;
    private boolean dropping;
    private boolean midMessage;

    InboundPath(
        final WebSocketSession session,
        final Delivery delivery,
        final ReadBuffer readBuffer,
        final LinkListener link,
        final IoContext io)
    {
        this.delivery = delivery;
        this.link = link;
        clock = io.clock();
        final SessionConfig config = session.config();
        decoder = new FrameDecoder(config.maxFrameLength(), config.maxMessageLength(), config.validateUtf8());
        waiting = new UndecodedBytes(new FrameReader(readBuffer, decoder));
        status = session.status();
        status.directMemory(waiting.memoryLength());
        router = session.router();
        dropped = new DroppedMessage(router, config.dialect() != null);
        policy = config.backpressure();
        meters = new InboundMeters(session.counters());
        recorder = new InboundRecorder(io.tape(), session.id());
        frames = recorder.frames();
        recordsFirst = delivery.isInline(); // what the handler sends in its call stands behind what it answers
        backlog = new EventBacklog(session, delivery, clock, io.lives(), frames);
        final int limit = config.deflate().maxInflatedLength();
        maxInflatedLength = limit == 0 ? config.maxMessageLength() : limit;
    }

    /**
     * A new connection: until {@link #open} its bytes wait.
     */
    void reset(final int epoch)
    {
        this.epoch = epoch;
        frames.reset(epoch);
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
        recorder.inflater(inflater);
    }

    /**
     * From here on the connection is read through a codec of ours; what waits was read through Netty's.
     */
    void codec(final TlsCodec codec)
    {
        final long before = waiting.memoryLength();
        waiting.codec(codec);
        status.directMemory(waiting.memoryLength() - before);
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
        frames.nowNs(receiveTimeNs);
        meters.onBytes(bytes.readableBytes());
        if (!open)
        {
            waiting.add(bytes);
            link.onEarlyBytes();
        }
        else if (!waiting.isEmpty())
        {
            waiting.add(bytes);
        }
        else if (!decode(bytes))
        {
            waiting.add(bytes);
            pause();
        }
    }

    /**
     * The read is done.
     */
    void onReadComplete()
    {
        delivery.flush();
        meters.onReadComplete(decoder.framesReceived(), inflater, delivery.occupancy());
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
        while (open && !waiting.isEmpty() && decode(waiting.first()))
        {
            waiting.removeFirst();
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
        waiting.release();
        abandonMessage();
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
        if (!dropping && router.take(opcode, buffer, offset, length))
        {
            recorder.message(receiveTimeNs, opcode, RecordLayout.ENGINE, buffer, offset, length, endOfBatch);
        }
        else if (dropping || !deliverBacklog() || !deliver(opcode, buffer, offset, length, endOfBatch))
        {
            if (policy != BackpressurePolicy.STOP_READING)
            {
                meters.onDrop();
                recorder.message(receiveTimeNs, opcode, RecordLayout.DROPPED, buffer, offset, length, endOfBatch);
            }

            return dropping || onNoRoom();
        }

        meters.onMessage();
        return true;
    }

    @Override
    public void onCompressedFragment(final int opcode)
    {
        frames.begin(receiveTimeNs, opcode, RecordLayout.COMPRESSED);
    }

    @Override
    public boolean onFrameBegin(
        final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
    {
        final boolean taken =
            !dropping && (!firstFrame || deliverBacklog()) && delivery.begin(firstFrame, (int)payloadLength);
        if (!taken && !dropping && policy == BackpressurePolicy.STOP_READING)
        {
            return false;
        }

        frames.begin(receiveTimeNs, opcode, 0);
        if (taken || dropping)
        {
            midMessage |= taken;
            return true;
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
        frames.append(receiveTimeNs, buffer, offset, length);
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
            final boolean ofEngine = delivery.isOfEngine(opcode);
            recorder.end(receiveTimeNs, ofEngine ? RecordLayout.ENGINE : InboundRecorder.DELIVERED, endOfBatch);
            if (!ofEngine)
            {
                delivery.end(opcode, epoch, receiveTimeNs, endOfBatch);
            }

            meters.onMessage();
        }
        else
        {
            onDroppedEnd(opcode, endOfBatch);
        }
    }

    @Override
    public void onPing(final DirectBuffer buffer, final int offset, final int length)
    {
        frames.control(receiveTimeNs, FrameRecorder.OPCODE_PING, buffer, offset, length);
        link.onPing(buffer, offset, length);
    }

    @Override
    public void onPong(final DirectBuffer buffer, final int offset, final int length)
    {
        frames.control(receiveTimeNs, FrameRecorder.OPCODE_PONG, buffer, offset, length);
        link.onPong(buffer, offset, length);
    }

    @Override
    public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
    {
        frames.close(receiveTimeNs, code, buffer, offset, length);
        link.onPeerClose(code, buffer, offset, length);
    }

    @Override
    public void onProtocolError(final int closeCode, final String reason)
    {
        abandonMessage();
        link.onViolation(closeCode, reason);
    }

    void free()
    {
        status.directMemory(-waiting.memoryLength());
        waiting.free();
    }

    long receiveTimeNs()
    {
        return receiveTimeNs;
    }

    private boolean decode(final ByteBuf bytes)
    {
        final boolean done;
        decoding = true;
        try
        {
            done = waiting.decode(bytes, this);
        }
        finally
        {
            decoding = false;
            if (!open)
            {
                freeInflater(); // the connection ended in a callback that may have been reading its memory
            }
        }

        if (done && waiting.hasTlsEnded())
        {
            link.onTlsEnded();
        }

        return done;
    }

    private void abandonMessage()
    {
        if (midMessage)
        {
            midMessage = false;
            delivery.abandon();
        }

        frames.abandon();
    }

    private void freeInflater()
    {
        if (inflater != null)
        {
            decoder.reset(null);
            inflater.close();
            inflater = null;
            recorder.inflater(null);
        }
    }

    private boolean deliver(
        final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean endOfBatch)
    {
        if (recordsFirst)
        {
            recorder.message(receiveTimeNs, opcode, InboundRecorder.DELIVERED, buffer, offset, length, endOfBatch);
        }

        final boolean taken = delivery.message(opcode, buffer, offset, length, epoch, receiveTimeNs, endOfBatch);
        if (taken && !recordsFirst) // one that is refused is offered again
        {
            recorder.message(receiveTimeNs, opcode, InboundRecorder.DELIVERED, buffer, offset, length, endOfBatch);
        }

        return taken;
    }

    /**
     * A message in pieces that was dropped has ended. Under FAIL the rest of the connection is dropped, too.
     */
    private void onDroppedEnd(final int opcode, final boolean endOfBatch)
    {
        dropping = policy == BackpressurePolicy.FAIL;
        final boolean ofEngine = !dropping && dropped.isOfEngine(opcode);
        recorder.end(receiveTimeNs, ofEngine ? RecordLayout.ENGINE : RecordLayout.DROPPED, endOfBatch);
        if (ofEngine)
        {
            meters.onMessage();
            return;
        }

        meters.onDrop();
        if (!dropping)
        {
            onNoRoom();
        }
    }

    /** Events cannot stand inside a message. */
    private boolean deliverBacklog()
    {
        return backlog.isEmpty() || !midMessage && backlog.deliver(epoch, receiveTimeNs);
    }

    private boolean onNoRoom()
    {
        if (policy == BackpressurePolicy.STOP_READING)
        {
            router.again();
            return false;
        }

        dropping = policy == BackpressurePolicy.FAIL;
        if (dropping)
        {
            link.onRingFull();
        }
        else
        {
            backlog.messageLost();
        }

        return true;
    }

    private void pause()
    {
        status.paused(true);
        link.onPaused();
    }
}
