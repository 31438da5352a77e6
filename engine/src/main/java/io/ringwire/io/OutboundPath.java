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

import io.netty.channel.Channel;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.frame.DeflateParameters;
import io.ringwire.frame.FrameEncoder;
import io.ringwire.frame.MaskKeys;
import io.ringwire.frame.MessageDeflater;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.RateLimiter;
import io.ringwire.session.SendWindow;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import io.ringwire.tls.TlsCodec;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import javax.net.ssl.SSLException;
import java.nio.ByteOrder;

/**
 * Frames of one session from records to the socket. Pings and pongs wait in a place of their own until a write is due,
 * so any number of pings of the peer costs one pong, of the latest (RFC 6455 section 5.5.3), and a peer that does not
 * read cannot make them pile up. Where the rate limits count them they wait there for a token, too. Owner: the IO
 * thread.
 */
final class OutboundPath
{
    /** Room in the batch for one ping, one pong and one close frame beside the send window. */
    private static final int CONTROL_RESERVE = 3 * (FrameEncoder.MAX_CONTROL_PAYLOAD_LENGTH + 14);

    /**
     * A part that does not get shorter by compression takes 5 bytes more for each block of 65,535 and one at the end.
     * The charge of a shorter part has room for them beside its header; longer parts need a 4,096th of the window.
     */
    private static final int PART_RESERVE_SHIFT = 12;

    private final WebSocketSession session;
    private final RateLimiter rateLimiter;
    private final WriteBatch batch;
    private final MaskKeys maskKeys;
    private final FrameRecorder recorder;
    private final AtomicCounter framesSent;
    private final AtomicCounter bytesSent;
    private final AtomicCounter pingsSent;
    private final AtomicCounter sendsDiscarded;
    private final AtomicCounter deflateBytesIn;
    private final AtomicCounter deflateBytesOut;
    private final int minDeflateLength;
    private final UnsafeBuffer pongPayload = new UnsafeBuffer(new byte[FrameEncoder.MAX_CONTROL_PAYLOAD_LENGTH]);
    private final UnsafeBuffer pingPayload = new UnsafeBuffer(new byte[Long.BYTES]);

    /** Of this connection, null if it has agreed on no compression. */
    private MessageDeflater deflater;
    private int pongLength;
    private boolean pongDue;
    private boolean pingDue;
    private long pingSequence;
    private long pingTimeNs;
    private boolean pongAwaited;
    private boolean closeFrameEncoded;
    private boolean compressing; // the message whose part was encoded last
    private boolean messageOpen; // its first part is encoded, its last is not
    private int messageOpcode; // of the message recorded last
    private TlsCodec codec;

    OutboundPath(final WebSocketSession session, final IoContext io)
    {
        this.session = session;
        maskKeys = io.maskKeys();
        recorder = new FrameRecorder(io.tape(), RecordKind.OUTBOUND, session.id());
        rateLimiter = session.rateLimiter();
        final int window = session.config().buffers().sendWindowLength();
        batch = new WriteBatch(window + (window >>> PART_RESERVE_SHIFT) + CONTROL_RESERVE);
        session.status().directMemory(batch.memoryLength());
        framesSent = session.counters().of(Id.FRAMES_SENT);
        bytesSent = session.counters().of(Id.BYTES_SENT);
        pingsSent = session.counters().of(Id.HEARTBEATS_SENT);
        sendsDiscarded = session.counters().of(Id.SENDS_DISCARDED);
        deflateBytesIn = session.counters().of(Id.DEFLATE_BYTES_IN);
        deflateBytesOut = session.counters().of(Id.DEFLATE_BYTES_OUT);
        minDeflateLength = Math.max(1, session.config().deflate().minLength());
    }

    /**
     * A new connection starts with nothing due.
     */
    void reset(final int epoch)
    {
        recorder.reset(epoch);
        nothingDue();
    }

    private void nothingDue()
    {
        pongDue = false;
        pingDue = false;
        pongAwaited = false;
        closeFrameEncoded = false;
        messageOpen = false;
    }

    /**
     * From here on the connection is written through this codec, or again without.
     */
    void codec(final TlsCodec codec)
    {
        this.codec = codec;
        final long before = batch.memoryLength();
        batch.codec(codec);
        session.status().directMemory(batch.memoryLength() - before);
    }

    /**
     * The new connection has agreed on compression.
     */
    void compressed(final DeflateParameters deflate)
    {
        final DeflatePolicy policy = session.config().deflate();
        deflater = new MessageDeflater(
            policy.level(), !deflate.clientNoContextTakeover(), deflate.clientMaxWindowBits());
    }

    /**
     * A data message or a part of one (RFC 6455 section 5.4), which holds room in the send window.
     */
    void message(final int type, final DirectBuffer buffer, final int offset, final int length)
    {
        if (closeFrameEncoded)
        {
            discarded(type, length); // RFC 6455 section 5.5.1: nothing after a close frame
            return;
        }

        final boolean fin = (type & OutboundRing.MORE) == 0;
        if ((type & OutboundRing.CONTINUATION) == 0)
        {
            compressing = deflater != null && length >= minDeflateLength;
        }

        final int frameLength = encodeData(type, fin, buffer, offset, length);
        batch.advance(frameLength, SendWindow.charge(length), fin ? 1 : 0);
        messageOpen = !fin;
        framesSent.incrementRelease();
        if (recorder.isOn())
        {
            record(type, fin, buffer, offset, length);
        }
    }

    /**
     * A message or a part whose connection is over. A message in parts counts once: with its first part, or where the
     * connection ended between its parts.
     */
    void discarded(final int type, final int length)
    {
        if ((type & OutboundRing.CONTINUATION) == 0)
        {
            sendsDiscarded.incrementRelease();
        }

        session.window().settle(SendWindow.charge(length));
    }

    /**
     * A close frame; {@link io.ringwire.api.CloseCode#NO_STATUS} makes one without payload. A ping that came before is
     * answered before (RFC 6455 section 5.5.2), if the rate limits leave a token for that; the close frame needs none.
     */
    void close(final int code, final DirectBuffer reason, final int offset, final int length)
    {
        if (!closeFrameEncoded)
        {
            encodePong();
            closeFrameEncoded = true;
            rateLimiter.forceControlFrame();
            batch.advance(FrameEncoder.encodeClose(
                batch.buffer(), batch.tail(), maskKeys.nextKey(), code, reason, offset, length), 0, 0);
            framesSent.incrementRelease();
            recorder.close(recorder.nowNs(), code, reason, offset, length);
        }
    }

    boolean isCloseFrameEncoded()
    {
        return closeFrameEncoded;
    }

    void pong(final DirectBuffer payload, final int offset, final int length)
    {
        pongPayload.putBytes(0, payload, offset, length);
        pongLength = length;
        pongDue = true;
    }

    void ping()
    {
        pingDue = true;
    }

    /**
     * Does a pong answer the ping sent last? Others, a second one, and answers to older pings say nothing about the
     * round trip.
     */
    boolean answersLastPing(final DirectBuffer payload, final int offset, final int length)
    {
        final boolean answers = pongAwaited && length == Long.BYTES &&
            payload.getLong(offset, ByteOrder.LITTLE_ENDIAN) == pingSequence;
        pongAwaited &= !answers;
        return answers;
    }

    long pingTimeNs()
    {
        return pingTimeNs;
    }

    /**
     * Write what is due, unless the socket still holds the write before.
     *
     * @return bytes given to the socket.
     */
    int flush(final Channel channel, final long nowNs)
    {
        int written = 0;
        if (!batch.isInFlight())
        {
            if ((pongDue || pingDue) && !closeFrameEncoded)
            {
                encodeControlFrames(nowNs);
            }

            if (!batch.isEmpty() || codec != null && codec.hasOutput())
            {
                written = write(channel);
                bytesSent.getAndAddRelease(written);
            }
        }

        settle();
        return written;
    }

    /**
     * The last thing on a connection: the end of TLS, as far as the socket takes it at once.
     */
    void end(final Channel channel)
    {
        if (codec != null && channel.isActive())
        {
            batch.writeClose(channel);
        }
    }

    /**
     * The connection is gone.
     */
    void discard()
    {
        sendsDiscarded.getAndAddRelease(batch.discard() + (messageOpen ? 1 : 0));
        recorder.abandon();
        nothingDue();
        settle();
        if (deflater != null)
        {
            deflater.close();
            deflater = null;
        }
    }

    /**
     * Has the channel let go of the memory? Only then may the next connection use it.
     */
    boolean isReleased()
    {
        final boolean released = !batch.isInFlight();
        settle();
        return released;
    }

    void free()
    {
        session.status().directMemory(-batch.memoryLength());
        batch.free();
    }

    /**
     * What cannot be encoded is given up, and leaves nothing behind: not its room, nor what compression has seen of it.
     */
    private int encodeData(
        final int type, final boolean fin, final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return compressing ?
                encodeDeflated(type, fin, buffer, offset, length) : encode(type, fin, buffer, offset, length);
        }
        catch (final RuntimeException | Error ex)
        {
            discarded(type, length);
            if (deflater != null)
            {
                deflater.forget();
            }

            throw ex;
        }
    }

    private int encode(
        final int type, final boolean fin, final DirectBuffer buffer, final int offset, final int length)
    {
        return FrameEncoder.encode(
            batch.buffer(),
            batch.tail(),
            type & OutboundRing.OPCODE_BITS,
            fin,
            maskKeys.nextKey(),
            buffer,
            offset,
            length);
    }

    /**
     * A whole message is sent compressed only if that makes it shorter, so that it never needs more room than was taken
     * for it; the parts of one may need a little more, see {@link #PART_RESERVE_SHIFT}.
     */
    private int encodeDeflated(
        final int type, final boolean fin, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean continuation = (type & OutboundRing.CONTINUATION) != 0;
        final boolean whole = fin && !continuation;
        final int deflatedLength = whole ?
            deflater.deflate(buffer, offset, length, true) : deflater.deflatePart(buffer, offset, length, fin);
        deflateBytesIn.getAndAddRelease(length);
        if (whole && deflatedLength >= length)
        {
            deflater.forget();
            compressing = false;
            deflateBytesOut.getAndAddRelease(length);
            return encode(type, true, buffer, offset, length);
        }

        deflateBytesOut.getAndAddRelease(deflatedLength);
        return continuation ? // RFC 7692 section 6: only the first frame of a compressed message is marked
            encode(type, fin, deflater.buffer(), 0, deflatedLength) :
            FrameEncoder.encodeCompressed(
                batch.buffer(),
                batch.tail(),
                type & OutboundRing.OPCODE_BITS,
                fin,
                maskKeys.nextKey(),
                deflater.buffer(),
                0,
                deflatedLength);
    }

    private void record(
        final int type, final boolean fin, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean first = (type & OutboundRing.CONTINUATION) == 0;
        final int flags = (compressing ? RecordLayout.COMPRESSED : 0) |
            ((type & OutboundRing.ENGINE) == 0 ? 0 : RecordLayout.ENGINE);
        messageOpcode = first ? type & OutboundRing.OPCODE_BITS : messageOpcode;
        if (fin)
        {
            recorder.message(recorder.nowNs(), messageOpcode, flags, buffer, offset, length);
        }
        else
        {
            recorder.begin(recorder.nowNs(), messageOpcode, flags);
            recorder.append(recorder.nowNs(), buffer, offset, length);
        }
    }

    private int write(final Channel channel)
    {
        final int written = batch.write(channel);
        if (written < 0)
        {
            channel.pipeline().fireExceptionCaught(new SSLException(codec.failure())); // ends the connection
        }

        return Math.max(0, written);
    }

    private void encodeControlFrames(final long nowNs)
    {
        encodePong();
        if (pingDue && mayEncode())
        {
            pingDue = false;
            pingPayload.putLong(0, ++pingSequence, ByteOrder.LITTLE_ENDIAN);
            pingTimeNs = nowNs;
            pongAwaited = true;
            batch.advance(FrameEncoder.encodePing(
                batch.buffer(), batch.tail(), maskKeys.nextKey(), pingPayload, 0, Long.BYTES), 0, 0);
            framesSent.incrementRelease();
            pingsSent.increment();
            recorder.control(nowNs, FrameRecorder.OPCODE_PING, pingPayload, 0, Long.BYTES);
        }
    }

    private void encodePong()
    {
        if (pongDue && mayEncode())
        {
            pongDue = false;
            batch.advance(FrameEncoder.encodePong(
                batch.buffer(), batch.tail(), maskKeys.nextKey(), pongPayload, 0, pongLength), 0, 0);
            framesSent.incrementRelease();
            recorder.control(recorder.nowNs(), FrameRecorder.OPCODE_PONG, pongPayload, 0, pongLength);
        }
    }

    /**
     * A ping or a pong that finds no token stays due, and the next cycle tries again.
     */
    private boolean mayEncode()
    {
        return !closeFrameEncoded && rateLimiter.takeControlFrame();
    }

    private void settle()
    {
        final long charge = batch.takeSettledCharge();
        if (charge > 0)
        {
            session.window().settle(charge);
        }
    }
}
