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
package io.ringwire.rfc;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down what a session tells its handler, in the words of {@link WireCase}.
 */
final class Script implements MessageHandler, SessionListener
{
    private static final int SHORT_LENGTH = 40;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile StateChange end;

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
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        events.add((opcode == Opcode.TEXT ?
            "text " + abbreviated(new String(bytes, StandardCharsets.UTF_8), 1) :
            "binary " + hex(bytes)).trim());
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        if (change.to().isTerminal())
        {
            end = change;
        }
    }

    @Override
    public void onGap(final Session session, final long messages)
    {
        events.add("gap " + messages);
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        events.add(("closed " + closeCode + " " + abbreviated(reason, 1)).trim());
    }

    @Override
    public void onProtocolError(final Session session, final int closeCode, final String reason)
    {
        events.add("error " + closeCode + " " + reason);
    }

    List<String> events()
    {
        return events;
    }

    /**
     * The step into the state the session ended in, null until then.
     */
    StateChange end()
    {
        return end;
    }

    static String hex(final byte[] bytes)
    {
        return abbreviated(HexFormat.of().formatHex(bytes), 2);
    }

    private static String abbreviated(final String text, final int unit)
    {
        if (text.length() > SHORT_LENGTH && text.startsWith(text.substring(unit)))
        {
            return text.substring(0, unit) + "*" + text.length() / unit;
        }

        return text;
    }
}
