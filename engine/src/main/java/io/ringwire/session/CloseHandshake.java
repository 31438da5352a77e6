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
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.jfr.CloseEvent;
import io.ringwire.ring.OutboundRing;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The close handshake of one connection after the other (RFC 6455 section 7.1.2): our frame's way into the outbound
 * ring, the peer's answer, and the deadline of both. Owner: the control thread.
 */
final class CloseHandshake
{
    /** After the close frames the server is to end TCP first (RFC 6455 section 7.1.1); one that does not is helped. */
    private static final long TCP_END_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final WebSocketSession session;
    private final SessionStateMachine machine;
    private final OutboundRing outboundRing;
    private final LinkCommands link;
    private CloseRequest request; // null: it was not us who began
    private boolean frameQueued;
    private boolean answered;
    private String closedBy;
    private int code;
    private String reason;

    CloseHandshake(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final OutboundRing outboundRing,
        final LinkCommands link)
    {
        this.session = session;
        this.machine = machine;
        this.outboundRing = outboundRing;
        this.link = link;
    }

    /**
     * A new connection.
     */
    void reset()
    {
        request = null;
        frameQueued = false;
        answered = false;
        closedBy = CloseEvent.PEER; // unless somebody else begins
    }

    /**
     * Do what the user wants who closes or aborts the session, in any state.
     *
     * @return false if the user does not, or the session has ended.
     */
    boolean beginIfRequested(final SessionState state)
    {
        final CloseRequest wish = session.closeRequest();
        if (wish == null || state.isTerminal())
        {
            return false;
        }

        if (wish.abort() && (state.isOpen() || state == SessionState.DRAINING))
        {
            closedBy = CloseEvent.USER;
            machine.abandon();
            machine.connectionEnded(CloseCode.ABNORMAL, wish.reason());
        }
        else if (state.isOpen())
        {
            machine.close(wish, "close requested");
        }
        else if (state != SessionState.DRAINING)
        {
            machine.abandon();
            machine.close("closed by the user", 0);
        }

        return true;
    }

    /**
     * End the open connection.
     */
    void begin(final CloseRequest request, final String why)
    {
        this.request = request;
        closedBy = session.closeRequest() == null ? CloseEvent.ENGINE : CloseEvent.USER;
        drain(why, request.code());
        queueFrame();
    }

    /**
     * A close frame came or went on an open connection: the IO thread has sent, or answered, it by itself.
     *
     * @param answered true if it came.
     */
    void onFrame(final int code, final String reason, final boolean answered)
    {
        frameQueued = true;
        closedBy = answered ? CloseEvent.PEER : CloseEvent.ENGINE;
        drain(reason, code);
    }

    /**
     * Close frames went both ways.
     */
    void onAnswered(final int code, final String reason)
    {
        answered = true;
        this.code = code;
        this.reason = reason;
        machine.hurry(TCP_END_GRACE_NS);
    }

    /**
     * The close frame goes through the outbound ring, behind what the closing thread sent. A full ring is tried again
     * on the next cycle; the close deadline bounds it.
     */
    void queueFrame()
    {
        if (frameQueued || request == null)
        {
            return;
        }

        final byte[] text = request.reason().getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[Short.BYTES + text.length]);
        payload.putShort(0, (short)request.code(), ByteOrder.BIG_ENDIAN);
        payload.putBytes(Short.BYTES, text);
        frameQueued = outboundRing.write(
            OutboundRing.CLOSE, session.id(), session.epoch(), payload, 0, payload.capacity());
        link.wake();
    }

    /**
     * Who ended the connection, as {@link CloseEvent} names them.
     */
    String closedBy()
    {
        return closedBy;
    }

    void onDeadline()
    {
        final StateChange closing = session.lastChange();
        machine.abandon();
        if (answered)
        {
            machine.connectionEnded(code, reason);
        }
        else
        {
            machine.connectionEnded(closing.closeCode(), closing.reason() + " (close not answered in time)");
        }
    }

    private void drain(final String why, final int closeCode)
    {
        machine.state(SessionState.DRAINING, session.config().timeouts().closeNs(), why, closeCode, null);
    }
}
