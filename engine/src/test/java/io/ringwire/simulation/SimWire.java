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
package io.ringwire.simulation;

import io.ringwire.api.Opcode;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.SessionStatus;
import io.ringwire.session.WebSocketSession;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * One connection, or the attempt at one.
 */
final class SimWire
{
    private final SimLink link;
    private final SimVenue venue;
    private final Agenda agenda;
    private final WebSocketSession session;
    final int attemptId;
    final SimVenue.Connection connection;
    final ArrayDeque<String> inbound = new ArrayDeque<>();
    boolean up;
    boolean upgraded;
    boolean open;
    private boolean ended;
    private long handledPing;

    SimWire(
        final SimLink link,
        final SimVenue venue,
        final Agenda agenda,
        final WebSocketSession session,
        final int attemptId,
        final int epoch)
    {
        this.link = link;
        this.venue = venue;
        this.agenda = agenda;
        this.session = session;
        handledPing = session.status().pingRequest();
        this.attemptId = attemptId;
        connection = venue.new Connection(epoch, this);
    }

    /**
     * The venue sends.
     */
    boolean send(final String text)
    {
        if (up && !ended)
        {
            inbound.addLast(text);
            return true;
        }

        return false;
    }

    void plan()
    {
        link.connections++;
        if (venue.chance(0.03))
        {
            return; // the network is silent
        }

        if (venue.chance(0.1))
        {
            agenda.in(venue.delayNs(SimClient.STEP_TIMEOUT_NS), () -> refuse("connection refused"));
            return;
        }

        agenda.in(venue.delayNs(SimClient.STEP_TIMEOUT_NS), () ->
        {
            if (!ended)
            {
                link.onConnected(session, attemptId);
                agenda.in(venue.delayNs(SimClient.STEP_TIMEOUT_NS), this::upgrade);
            }
        });
    }

    private void upgrade()
    {
        if (venue.chance(0.05))
        {
            refuse("upgrade refused");
        }
        else if (!ended && !venue.chance(0.03))
        {
            link.connectionsOpen++;
            up = true;
            upgraded = true;
            link.onUpgraded(session, attemptId, null, null);
        }
    }

    private void refuse(final String reason)
    {
        if (!ended)
        {
            link.release();
            link.onConnectFailed(session, attemptId, ConnectFailure.of(reason));
        }
    }

    void fail()
    {
        if (upgraded && !ended)
        {
            up = false;
            inbound.addLast("\0gone");
        }
    }

    void end()
    {
        if (upgraded)
        {
            link.connectionsOpen--;
        }

        ended = true;
        up = false;
        inbound.clear();
    }

    boolean work(final int limit)
    {
        if (upgraded && up && session.status().pingRequest() != handledPing)
        {
            handledPing = session.status().pingRequest();
            if (SessionStatus.attemptOf(handledPing) == attemptId && !venue.chance(0.2))
            {
                inbound.addLast("\0pong");
            }
        }

        int count = 0;
        while (open && !ended && count < limit && !inbound.isEmpty() && take(inbound.peekFirst()))
        {
            if (!ended)
            {
                inbound.pollFirst();
            }

            count++;
        }

        session.status().paused(open && !ended && !inbound.isEmpty() && count < limit);
        link.delivery().flush();
        return count > 0;
    }

    private boolean take(final String text)
    {
        session.status().lastReceiveNs(agenda.nowNs());
        if (text.charAt(0) == '\0')
        {
            onSign(text);
            return true;
        }

        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (session.router().take(Opcode.TEXT, buffer, 0, bytes.length) ||
            link.deliverBacklog() && link.delivery().message(
            Opcode.TEXT, buffer, 0, bytes.length, connection.epoch, agenda.nowNs(), false))
        {
            return true;
        }

        session.router().again();
        return false;
    }

    private void onSign(final String text)
    {
        final String[] words = text.substring(1).split(" ");
        switch (words[0])
        {
            case "pong" ->
            {
                // a byte came, that is all
            }
            case "gone" -> over(1006, "connection lost");
            case "answered" ->
            {
                link.onClosing(session, attemptId, Integer.parseInt(words[1]), "", true);
                over(Integer.parseInt(words[1]), "");
            }
            default ->
            {
                link.onClosing(session, attemptId, Integer.parseInt(words[1]), "venue closes", true);
                if (venue.chance(0.5))
                {
                    agenda.in(
                        venue.delayNs(SimClient.STEP_TIMEOUT_NS),
                        () -> over(Integer.parseInt(words[1]), "venue closes"));
                }
                else
                {
                    over(Integer.parseInt(words[1]), "venue closes");
                }
            }
        }
    }

    private void over(final int code, final String reason)
    {
        if (!ended)
        {
            link.release();
            link.onClosed(session, attemptId, code, reason);
        }
    }
}
