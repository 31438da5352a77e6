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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.SendResult;
import io.ringwire.ring.OutboundRing;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a session's messages from any thread to the IO thread: room in the send window, a place in the outbound
 * ring or straight in the write batch, the tokens of its rate limits, and nothing between the parts of a message (RFC
 * 6455 section 5.4).
 * <p>
 * Tokens are taken last, when nothing else can refuse the message any more; a look at them comes first, so that one
 * which waits for tokens takes no room while it polls.
 * <p>
 * Order is kept without a lock. A sender takes room, which all threads see, and then looks whether a message is
 * open; one who begins a message opens it, which all threads see, and then looks whether somebody holds room without
 * having a place in the order yet. Of two who do this at the same time at least one sees the other, and gives up.
 * Whoever had its place before the message was opened stands before it; the message ends only after its last part has
 * its place.
 */
public final class SendPath
{
    private static final long NO_MESSAGE_OPEN = 0;

    private final int sessionId;
    private final OutboundRing ring;
    private final SendWindow window;
    private final int maxLength;
    private final DirectWriter directWriter;
    private final LinkCommands linkCommands;
    private final AtomicCounter backPressured;
    private final AtomicCounter rateLimited;
    private final RateLimiter rateLimiter; // null if nothing is limited
    private final MessageClaim.Owner claimOwner = this::onClaimEnd;
    /** Epoch and thread of the message in parts that is open, see {@link #messageOf}. Any thread. */
    private final AtomicLong openMessage = new AtomicLong(NO_MESSAGE_OPEN);

    /**
     * Make the path of a session.
     *
     * @param sessionId    that marks its records in the outbound ring.
     * @param windowLength of its send window in bytes.
     * @param wiring       to the outbound ring and the IO thread.
     * @param counters     of the session.
     * @param rateLimiter  of the session.
     */
    public SendPath(
        final int sessionId,
        final int windowLength,
        final SessionWiring wiring,
        final SessionCounters counters,
        final RateLimiter rateLimiter)
    {
        this.sessionId = sessionId;
        this.rateLimiter = rateLimiter.isEmpty() ? null : rateLimiter;
        backPressured = counters.of(Id.BACK_PRESSURED);
        rateLimited = counters.of(Id.RATE_LIMITED);
        ring = wiring.outboundRing();
        directWriter = wiring.directWriter();
        linkCommands = wiring.linkCommands();
        window = new SendWindow(windowLength);
        maxLength = Math.min(window.maxPayloadLength(), ring.maxPayloadLength());
    }

    SendWindow window()
    {
        return window;
    }

    /**
     * The longest payload of a message or a part; callers check it.
     */
    int maxLength()
    {
        return maxLength;
    }

    /**
     * Send a whole message. Any thread.
     *
     * @param opcode of the message.
     * @param epoch  of the connection it is meant for.
     * @param buffer that holds the payload.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @return the send position, or a negative code of {@link SendResult}.
     */
    public long send(
        final int opcode, final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        return send(opcode, epoch, buffer, offset, length, false);
    }

    /**
     * Send a whole message. Any thread.
     *
     * @param opcode of the message.
     * @param epoch  of the connection it is meant for.
     * @param buffer that holds the payload.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @param urgent may it take the reserve of the rate limits?
     * @return the send position, or a negative code of {@link SendResult}.
     */
    long send(
        final int opcode,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final boolean urgent)
    {
        final int[] cost = costOf(buffer, offset, length);
        if (cost != null && !rateLimiter.wouldPass(cost, urgent))
        {
            return rateLimited();
        }

        final long position = takeRoom(epoch, length);
        return position < 0 ? position : publish(opcode, epoch, buffer, offset, length, cost, urgent, position);
    }

    /**
     * Claim room for a whole message. It has its place in the order from now on. Any thread.
     *
     * @param opcode of the message.
     * @param epoch  of the connection it is meant for.
     * @param length of the payload in bytes.
     * @param claim  to fill.
     * @return the send position, or a negative code of {@link SendResult}.
     */
    public long tryClaim(final int opcode, final int epoch, final int length, final MessageClaim claim)
    {
        final int[] cost = rateLimiter == null ? null : rateLimiter.claimCost();
        if (cost != null && !rateLimiter.wouldPass(cost, false))
        {
            return rateLimited();
        }

        final long position = takeRoom(epoch, length);
        if (position < 0)
        {
            return position;
        }

        if (!ring.tryClaim(opcode, sessionId, epoch, length, claim, claimOwner))
        {
            window.withdraw(SendWindow.charge(length));
            return backPressured();
        }

        window.publish(SendWindow.charge(length));
        if (cost != null && !rateLimiter.take(cost, false))
        {
            claim.abort();
            return rateLimited();
        }

        return position;
    }

    /**
     * Begin a message in parts. Any thread; the other parts come from the same one.
     *
     * @param opcode of the message.
     * @param epoch  of the connection it is meant for.
     * @param buffer that holds the part.
     * @param offset of the part.
     * @param length of the part in bytes.
     * @return the send position, or a negative code of {@link SendResult}.
     */
    public long sendFirst(
        final int opcode, final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        final int[] cost = costOf(buffer, offset, length);
        if (cost != null && !rateLimiter.wouldPass(cost, false))
        {
            return rateLimited();
        }

        final long message = messageOf(epoch);
        long open;
        do
        {
            open = openMessage.get();
            if (epochOf(open) >= epoch)
            {
                return epochOf(open) == epoch ? SendResult.MESSAGE_OPEN : SendResult.NOT_CONNECTED;
            }
        }
        while (!openMessage.compareAndSet(open, message)); // ends: one of those who try has opened or ended a message

        long position = SendResult.NO_MESSAGE; // unless the part has its place, also if its buffer throws
        try
        {
            position = window.isPublished() ?
                sendPart(OutboundRing.MORE | opcode, epoch, buffer, offset, length, cost) : backPressured();
            return position;
        }
        finally
        {
            if (position < 0)
            {
                openMessage.compareAndSet(message, NO_MESSAGE_OPEN);
            }
        }
    }

    /**
     * Go on with the message that this thread began.
     *
     * @param epoch  of the connection it is meant for.
     * @param buffer that holds the part.
     * @param offset of the part.
     * @param length of the part in bytes.
     * @return the send position, or a negative code of {@link SendResult}.
     */
    public long sendMiddle(final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        return openMessage.get() != messageOf(epoch) ? SendResult.NO_MESSAGE :
            sendPart(OutboundRing.MORE | OutboundRing.CONTINUATION, epoch, buffer, offset, length, null);
    }

    /**
     * End the message that this thread began.
     *
     * @param epoch  of the connection it is meant for.
     * @param buffer that holds the part.
     * @param offset of the part.
     * @param length of the part in bytes.
     * @return the send position, or a negative code of {@link SendResult}.
     */
    public long sendLast(final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        final long message = messageOf(epoch);
        if (openMessage.get() != message)
        {
            return SendResult.NO_MESSAGE;
        }

        final long position = sendPart(OutboundRing.CONTINUATION, epoch, buffer, offset, length, null);
        if (position > 0)
        {
            openMessage.compareAndSet(message, NO_MESSAGE_OPEN);
        }

        return position;
    }

    /**
     * Take room for a whole message, unless one in parts is open. The first look keeps those who poll from taking room
     * that the parts need; the second, behind the room taken, is the one that counts.
     */
    private long takeRoom(final int epoch, final int length)
    {
        if (epochOf(openMessage.get()) == epoch)
        {
            return SendResult.MESSAGE_OPEN;
        }

        final int charge = SendWindow.charge(length);
        final long position = window.submit(charge);
        if (position == 0)
        {
            return backPressured();
        }

        if (epochOf(openMessage.get()) == epoch)
        {
            window.withdraw(charge);
            return SendResult.MESSAGE_OPEN;
        }

        return position;
    }

    private long sendPart(
        final int type,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int[] cost)
    {
        final long position = window.submit(SendWindow.charge(length));
        return position == 0 ? backPressured() : publish(type, epoch, buffer, offset, length, cost, false, position);
    }

    private long publish(
        final int type,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int[] cost,
        final boolean urgent,
        final long position)
    {
        if (directWriter.isUsable())
        {
            if (cost != null && !rateLimiter.take(cost, urgent))
            {
                window.withdraw(SendWindow.charge(length));
                return rateLimited();
            }

            writeDirectly(type, epoch, buffer, offset, length);
            return position;
        }

        final int place = ring.claim(type, sessionId, epoch, length);
        if (place < 0)
        {
            window.withdraw(SendWindow.charge(length));
            return backPressured();
        }

        if (cost != null && !rateLimiter.take(cost, urgent))
        {
            ring.endClaim(place, false);
            window.withdraw(SendWindow.charge(length));
            return rateLimited();
        }

        fill(place, buffer, offset, length);
        linkCommands.wake();
        return position;
    }

    /**
     * The writer takes over the room, also of a message that it throws at: that one is given up.
     */
    private void writeDirectly(
        final int type, final int epoch, final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            directWriter.write(type, sessionId, epoch, buffer, offset, length);
        }
        finally
        {
            window.publish(SendWindow.charge(length));
        }
    }

    /**
     * A claim that is not ended stops all sessions. The caller's buffer may throw where another thread wraps it anew.
     */
    private void fill(final int place, final DirectBuffer buffer, final int offset, final int length)
    {
        boolean filled = false;
        try
        {
            ring.fill(place, buffer, offset, length);
            filled = true;
        }
        finally
        {
            ring.endClaim(place, filled);
            if (filled)
            {
                window.publish(SendWindow.charge(length));
            }
            else
            {
                window.withdraw(SendWindow.charge(length));
            }
        }
    }

    private int[] costOf(final DirectBuffer buffer, final int offset, final int length)
    {
        return rateLimiter == null ? null : rateLimiter.costOf(buffer, offset, length);
    }

    private long rateLimited()
    {
        rateLimited.increment();
        return SendResult.RATE_LIMITED;
    }

    private long backPressured()
    {
        backPressured.increment();
        return SendResult.BACK_PRESSURED;
    }

    private void onClaimEnd(final int offset, final int length, final boolean commit)
    {
        ring.endClaim(offset, commit);
        if (commit)
        {
            linkCommands.wake();
        }
        else
        {
            window.settle(SendWindow.charge(length));
        }
    }

    /**
     * A message in parts: its epoch above, below it the thread it comes from, which keeps a thread that has missed a
     * reconnect from adding to a message that another has begun since.
     */
    private static long messageOf(final int epoch)
    {
        return (long)epoch << Integer.SIZE | Thread.currentThread().getId() & 0xffff_ffffL;
    }

    private static int epochOf(final long message)
    {
        return (int)(message >>> Integer.SIZE);
    }
}
