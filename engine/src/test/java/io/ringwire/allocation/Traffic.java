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
package io.ringwire.allocation;

import io.ringwire.api.MessageClaim;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The kinds of traffic a session is measured under. Each method moves a number of messages and returns when the last
 * has arrived; what runs on the engine's threads allocates nothing itself.
 */
final class Traffic implements MessageHandler, ReplyHandler
{
    private static final int FRAMES_PER_WRITE = 100;
    private static final int CHAINS = 32;
    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID_TEXT = "order-2026-11-23-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TICK =
        "{\"method\":\"subscription\",\"params\":{\"channel\":\"ticker\",\"data\":{\"last\":64123.5,\"n\":\"\u20ac\"}}}"
            .getBytes(StandardCharsets.UTF_8);

    private final EchoVenue venue;
    private final byte[] tick = frame(0x81, TICK);
    private final byte[] feed = repeat(tick);
    private final byte[] pings = repeat(frame(0x89, "tick".getBytes(StandardCharsets.US_ASCII)));
    private final byte[] demand = frame(0x81, "demand".getBytes(StandardCharsets.US_ASCII));
    private final byte[] fragments = repeat(fragmented());
    private final MessageClaim claim = new MessageClaim();
    private final UnsafeBuffer userBuffer = new UnsafeBuffer(new byte[128]);
    private final UnsafeBuffer callbackBuffer = new UnsafeBuffer(new byte[128]);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile long lastRequest;
    private volatile Form form = Form.INTEGER;
    private volatile String failure;
    private Session session;

    Traffic(final EchoVenue venue)
    {
        this.venue = venue;
    }

    void session(final Session session)
    {
        this.session = session;
    }

    /**
     * No more of it.
     */
    void end()
    {
        session.abort();
        await(() -> session.state().isTerminal() ? 1 : 0, 1);
    }

    void receive(final int messages)
    {
        final long target = received.get() + messages;
        venue.write(feed, messages / FRAMES_PER_WRITE);
        await(received::get, target);
    }

    /**
     * Each message in a write of its own: with TLS in a record of its own.
     */
    void receiveSingly(final int messages)
    {
        final long target = received.get() + messages;
        venue.write(tick, messages);
        await(received::get, target);
    }

    void receiveFragments(final int messages)
    {
        final long target = received.get() + messages;
        venue.write(fragments, messages / FRAMES_PER_WRITE);
        await(received::get, target);
    }

    void receivePings(final int messages)
    {
        final long target = session.metrics().pingsReceived() + messages;
        venue.write(pings, messages / FRAMES_PER_WRITE);
        await(() -> session.metrics().pingsReceived(), target);
    }

    void sendPings(final int messages)
    {
        await(() -> session.metrics().pongsReceived(), session.metrics().pongsReceived() + messages);
    }

    /**
     * Ping in the venue's words, each echoed and so answered, and be demanded of a sign of life as often.
     */
    void sendHeartbeats(final int messages)
    {
        venue.echoing(true);
        final long target = session.heartbeat().answered() + messages;
        for (int i = 0; i < messages; i++)
        {
            final long answers = session.heartbeat().demandsAnswered() + 1;
            venue.write(demand, 1);
            await(() -> session.heartbeat().demandsAnswered(), answers);
        }

        await(() -> session.heartbeat().answered(), target);
    }

    /**
     * Send and claim by turns, from a thread of the user's.
     */
    void send(final int messages)
    {
        final long target = venue.frames() + messages;
        userBuffer.putBytes(0, REQUEST);
        for (int i = 0; i < messages; i++)
        {
            while ((i & 1) == 0 ? !trySend() : !tryClaim()) // ends when the socket has taken some
            {
                Thread.yield();
            }
        }

        await(venue::frames, target);
    }

    /**
     * Send messages in three parts each, from a thread of the user's.
     */
    void sendParts(final int messages)
    {
        final long target = venue.frames() + 3L * messages;
        userBuffer.putBytes(0, REQUEST);
        for (int i = 0; i < messages; i++)
        {
            while (!isAccepted(session.sendFirst(Opcode.TEXT, userBuffer, 0, 1))) // each ends as above
            {
                Thread.yield();
            }

            while (!isAccepted(session.sendMiddle(userBuffer, 1, 1)))
            {
                Thread.yield();
            }

            while (!isAccepted(session.sendLast(userBuffer, 2, REQUEST.length - 2)))
            {
                Thread.yield();
            }
        }

        await(venue::frames, target);
    }

    /**
     * Send the next when the one before has arrived: with TLS in a record of its own.
     */
    void sendSingly(final int messages)
    {
        userBuffer.putBytes(0, REQUEST);
        for (int i = 0; i < messages; i++)
        {
            final long target = venue.frames() + 1;
            trySend();
            await(venue::frames, target);
        }
    }

    /**
     * One request from a thread of the user's, and each reply makes the next.
     */
    void roundTrips(final int messages)
    {
        requestAndReply(messages, 1);
    }

    /**
     * Some requests from a thread of the user's, and each reply makes the next.
     */
    void requestAndReply(final int messages)
    {
        requestAndReply(messages, CHAINS);
    }

    /**
     * Requests with ids that are strings.
     */
    void requestByText(final int messages)
    {
        form = Form.TEXT;
        requestAndReply(messages, CHAINS);
        form = Form.INTEGER;
    }

    /**
     * Requests that are arrays of one, which come back as such.
     */
    void requestInBatches(final int messages)
    {
        form = Form.BATCH;
        requestAndReply(messages, CHAINS);
        form = Form.INTEGER;
    }

    private void requestAndReply(final int messages, final int chains)
    {
        venue.echoing(true);
        final long target = replies.get() + messages;
        lastRequest = requests.get() + messages;
        for (int i = 0; i < chains; i++)
        {
            request(userBuffer);
        }

        await(replies::get, target);
        venue.echoing(false);
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        received.lazySet(received.getPlain() + 1);
    }

    @Override
    public void onReply(
        final Session session,
        final long correlationId,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        if (outcome == ReplyOutcome.REPLY)
        {
            replies.lazySet(replies.getPlain() + 1);
            request(callbackBuffer);
        }
        else
        {
            failure = "a request ended as " + outcome;
        }
    }

    private boolean trySend()
    {
        return isAccepted(session.send(Opcode.TEXT, userBuffer, 0, REQUEST.length));
    }

    private boolean tryClaim()
    {
        if (!isAccepted(session.tryClaim(Opcode.TEXT, REQUEST.length, claim)))
        {
            return false;
        }

        claim.buffer().putBytes(claim.offset(), REQUEST);
        claim.commit();
        return true;
    }

    private void request(final UnsafeBuffer buffer)
    {
        long id;
        do
        {
            id = requests.get();
            if (id >= lastRequest)
            {
                return;
            }
        }
        while (!requests.compareAndSet(id, id + 1));

        final boolean accepted = switch (form)
        {
            case INTEGER -> requestByInteger(id, buffer);
            case TEXT -> requestByText(id, buffer);
            case BATCH -> requestInBatch(id, buffer);
        };
        if (!accepted)
        {
            failure = "a request was back-pressured";
        }
    }

    private boolean requestByInteger(final long id, final UnsafeBuffer buffer)
    {
        buffer.putBytes(0, REQUEST);
        final int end = REQUEST.length + buffer.putLongAscii(REQUEST.length, id);
        buffer.putByte(end, (byte)'}');
        return isAccepted(session.request(id, buffer, 0, end + 1, REQUEST_TIMEOUT_NS, this));
    }

    private boolean requestByText(final long id, final UnsafeBuffer buffer)
    {
        buffer.putBytes(0, REQUEST);
        buffer.putByte(REQUEST.length, (byte)'"');
        final int start = REQUEST.length + 1;
        buffer.putBytes(start, ID_TEXT);
        final int end = start + ID_TEXT.length + buffer.putLongAscii(start + ID_TEXT.length, id);
        buffer.putByte(end, (byte)'"');
        buffer.putByte(end + 1, (byte)'}');
        return isAccepted(session.request(
            id, buffer, start, end - start, buffer, 0, end + 2, REQUEST_TIMEOUT_NS, this));
    }

    private boolean requestInBatch(final long id, final UnsafeBuffer buffer)
    {
        buffer.putByte(0, (byte)'[');
        buffer.putBytes(1, REQUEST);
        final int end = 1 + REQUEST.length + buffer.putLongAscii(1 + REQUEST.length, id);
        buffer.putByte(end, (byte)'}');
        buffer.putByte(end + 1, (byte)']');
        return isAccepted(session.request(id, buffer, 0, end + 2, REQUEST_TIMEOUT_NS, this));
    }

    private boolean isAccepted(final long result)
    {
        if (result < 0 && result != SendResult.BACK_PRESSURED)
        {
            failure = SendResult.name(result);
        }

        return result > 0;
    }

    private void await(final LongSupplier count, final long target)
    {
        final long startNs = System.nanoTime();
        while (count.getAsLong() < target)
        {
            if (failure != null || System.nanoTime() - startNs > STALL_NS)
            {
                throw new IllegalStateException(
                    (failure != null ? failure : "stalled") + " at " + count.getAsLong() + " of " + target + ": " +
                    session.lastChange() + ' ' + session.metrics());
            }

            Thread.yield();
        }
    }

    /**
     * A message in three pieces, with a ping before the last.
     */
    private static byte[] fragmented()
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(0x01, TICK));
        out.writeBytes(frame(0x00, TICK));
        out.writeBytes(frame(0x89, new byte[0]));
        out.writeBytes(frame(0x80, TICK));
        return out.toByteArray();
    }

    private static byte[] frame(final int firstByte, final byte[] payload)
    {
        final byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte)firstByte;
        frame[1] = (byte)payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    private static byte[] repeat(final byte[] frame)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES_PER_WRITE; i++)
        {
            out.writeBytes(frame);
        }

        return out.toByteArray();
    }

    private enum Form
    {
        INTEGER,
        TEXT,
        BATCH
    }
}
