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
package io.ringwire.samples.cli;

import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The sending half of {@code ringwire connect}: each line of standard input becomes a message, in order. A line that
 * cannot be sent yet is held, and so is what is behind it in standard input. It runs on a daemon thread of its own,
 * because nothing but a line or the end of the stream ends a read.
 */
final class PipeInput implements Runnable
{
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long CONNECT_POLL_S = 1;

    private final InputStream in;
    private final Session session;
    private final PipeOutput output;
    private final boolean binary;
    private final long lingerNs;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private long sent;

    /**
     * Make the sending half.
     *
     * @param in       to read.
     * @param session  to send on.
     * @param output   the receiving half, which judges the end.
     * @param binary   send binary messages, not text.
     * @param lingerNs how long to wait for answers at the end of the stream; negative to leave the session open.
     */
    PipeInput(
        final InputStream in,
        final Session session,
        final PipeOutput output,
        final boolean binary,
        final long lingerNs)
    {
        this.in = in;
        this.session = session;
        this.output = output;
        this.binary = binary;
        this.lingerNs = lingerNs;
    }

    @Override
    public void run()
    {
        try
        {
            if (sendLines() && lingerNs >= 0 && awaitConnected())
            {
                output.awaitReceived(sent, lingerNs);
                output.close(session);
            }
        }
        catch (final IOException ex)
        {
            output.fail(session, "cannot read standard input: " + ex.getMessage());
        }
    }

    /**
     * Send all lines.
     *
     * @return false if the session ended before them.
     */
    private boolean sendLines() throws IOException
    {
        final LineReader lines = new LineReader(in, session.maxSendLength());
        final UnsafeBuffer buffer = new UnsafeBuffer(lines.line());
        int length = lines.next();
        while (length >= 0)
        {
            if (!binary && !isUtf8(lines.line(), length))
            {
                output.fail(session, "line " + (sent + 1) + " is not UTF-8: use --binary");
                return false;
            }

            if (!send(buffer, length))
            {
                if (session.epoch() > 0)
                {
                    output.status("line " + (sent + 1) + " was read but not sent");
                }

                return false;
            }

            sent++;
            length = lines.next();
        }

        if (length == LineReader.TOO_LONG)
        {
            output.fail(
                session,
                "line " + (sent + 1) + " is longer than " + session.maxSendLength() +
                " bytes, the longest message that can be sent");
            return false;
        }

        return true;
    }

    /**
     * Send a line. It waits for room and for a connection: the end event is success or the end of the session.
     */
    private boolean send(final UnsafeBuffer buffer, final int length)
    {
        final int opcode = binary ? Opcode.BINARY : Opcode.TEXT;
        long result = session.send(opcode, buffer, 0, length);
        while (result < 0)
        {
            if (result == SendResult.BACK_PRESSURED)
            {
                LockSupport.parkNanos(RETRY_NS);
            }
            else if (result != SendResult.NOT_CONNECTED || !awaitConnected())
            {
                return false;
            }

            result = session.send(opcode, buffer, 0, length);
        }

        return true;
    }

    /**
     * Wait for a connection: the end event is a connection or the end of the session.
     */
    private boolean awaitConnected()
    {
        while (!session.awaitConnected(CONNECT_POLL_S, TimeUnit.SECONDS))
        {
            if (session.state().isTerminal())
            {
                return false;
            }
        }

        return true;
    }

    private boolean isUtf8(final byte[] line, final int length)
    {
        try
        {
            decoder.decode(ByteBuffer.wrap(line, 0, length));
            return true;
        }
        catch (final CharacterCodingException ex)
        {
            return false;
        }
    }
}
