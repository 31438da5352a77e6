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
package io.ringwire.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

import static io.ringwire.bench.server.FrameHeaders.CLOSE;
import static io.ringwire.bench.server.FrameHeaders.FIN_BIT;
import static io.ringwire.bench.server.FrameHeaders.LENGTH_16;
import static io.ringwire.bench.server.FrameHeaders.LENGTH_64;
import static io.ringwire.bench.server.FrameHeaders.MASK_BIT;
import static io.ringwire.bench.server.FrameHeaders.OPCODE_BITS;
import static io.ringwire.bench.server.FrameHeaders.PING;
import static io.ringwire.bench.server.FrameHeaders.PONG;
import static io.ringwire.bench.server.FrameHeaders.TEXT;

/**
 * One accepted socket: the server's half of the upgrade (RFC 6455 section 4.2), frames in, frames out, and the end. It
 * gets a turn when something is there for it, and never waits in it. Owner: the serving thread.
 */
final class Connection
{
    /** Length of each of the two buffers, in bytes: a request must fit in. */
    static final int BUFFER_LENGTH = 64 * 1024;

    /** About as many bytes are encoded at once, and are sent in one turn. */
    static final int BATCH_LENGTH = 128 * 1024;

    private static final int ROOM_FOR_A_FRAME = 256; // a header, or a whole control frame
    private static final int FIRST_CONTROL_OPCODE = 0x8;
    private static final short NORMAL = 1000;
    private static final short PROTOCOL_ERROR = 1002;
    private static final byte[] SHORT_TEXT = {'o', 'k'};

    private final Link link;
    private final SelectionKey key;
    private final Services services;
    private final ByteBuffer input; // from position to limit: received and not yet used
    private final ByteBuffer output; // up to the position: to be sent behind the batch
    private ByteBuffer batch; // being sent, or null
    private Service service; // null before the upgrade
    private ConnectionState state = ConnectionState.UPGRADING;
    private boolean compressed;
    private boolean blocked; // the socket takes no more
    private boolean stalled; // what was received waits for room in the output
    private int readyOps;
    private int firstByte; // of the data frame that is being received
    private boolean inFrame;
    private long remaining; // of its payload
    private int maskingKey; // turned to the byte that comes next

    /**
     * Take over a socket.
     *
     * @param link     to it.
     * @param key      of it; interest in reading is declared.
     * @param services to choose from.
     * @param input    direct, of {@link #BUFFER_LENGTH}, cleared.
     * @param output   like it.
     */
    Connection(
        final Link link,
        final SelectionKey key,
        final Services services,
        final ByteBuffer input,
        final ByteBuffer output)
    {
        this.link = link;
        this.key = key;
        this.services = services;
        this.input = input.flip();
        this.output = output;
    }

    /**
     * The selector says what the socket is ready for.
     */
    void onReady(final int ops)
    {
        readyOps |= ops;
    }

    /**
     * Is a turn due?
     */
    boolean isReady(final long nowNs)
    {
        return readyOps != 0 || dueNs() <= nowNs;
    }

    /**
     * When a turn is due though the selector does not say so.
     *
     * @return a time, 0 for at once, or {@link Service#NEVER}.
     */
    long dueNs()
    {
        return blocked ? Service.NEVER : link.holdsInput() ? 0 : sendsAlways() ? Service.NEVER : serviceDueNs();
    }

    /**
     * Does nothing happen before the peer sends something?
     */
    boolean isAwaitingInput()
    {
        return !blocked && serviceDueNs() == Service.NEVER;
    }

    /**
     * Does the selector have to say when the socket takes more?
     */
    boolean isAwaitingOutput()
    {
        return blocked || sendsAlways();
    }

    boolean isClosed()
    {
        return state == ConnectionState.CLOSED;
    }

    /**
     * Read, answer and send once.
     *
     * @param nowNs   the time.
     * @param mayRead true to try whether there is something to read, though the selector did not say so.
     */
    void turn(final long nowNs, final boolean mayRead) throws IOException
    {
        if (!stalled && (mayRead || (readyOps & SelectionKey.OP_READ) != 0 || link.holdsInput()))
        {
            receive();
        }

        readyOps = 0;
        do
        {
            process(nowNs);
            send(nowNs);
        }
        while (stalled && output.remaining() >= ROOM_FOR_A_FRAME && !isClosed());

        if (!isClosed())
        {
            final int ops =
                (stalled ? 0 : SelectionKey.OP_READ) | (isAwaitingOutput() ? SelectionKey.OP_WRITE : 0);
            if (ops != key.interestOps())
            {
                key.interestOps(ops);
            }
        }
    }

    /**
     * Close the socket without a close frame.
     */
    void drop() throws IOException
    {
        if (!isClosed())
        {
            state = ConnectionState.CLOSED;
            link.close();
        }
    }

    /**
     * When the connection is closed: give back its buffers.
     */
    void giveBack(final ArrayDeque<ByteBuffer> spareBuffers)
    {
        spareBuffers.addFirst(input);
        spareBuffers.addFirst(output);
    }

    /**
     * For a service: where answers go, behind the position.
     */
    ByteBuffer output()
    {
        return output;
    }

    /**
     * For a service: move payload of the frame being received to the output.
     *
     * @param length in bytes; there are as many and there is room for them.
     */
    void unmask(final int length)
    {
        final long longKey = (maskingKey & 0xFFFF_FFFFL) << Integer.SIZE | maskingKey & 0xFFFF_FFFFL;
        int left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES)
        {
            output.putLong(input.getLong() ^ longKey);
        }

        for (; left > 0; left--)
        {
            output.put((byte)(input.get() ^ maskingKey >>> 24));
            maskingKey = Integer.rotateLeft(maskingKey, Byte.SIZE);
        }
    }

    /**
     * For a service: send a message of two bytes.
     */
    void sendShortText()
    {
        FrameHeaders.put(output, FIN_BIT | TEXT, SHORT_TEXT.length);
        output.put(SHORT_TEXT);
    }

    private long serviceDueNs()
    {
        return state == ConnectionState.OPEN ? service.dueNs() : Service.NEVER;
    }

    private boolean sendsAlways()
    {
        return serviceDueNs() == 0;
    }

    private void receive() throws IOException
    {
        input.compact();
        final int length = link.read(input);
        input.flip();
        if (length == Link.END)
        {
            drop();
        }
    }

    /**
     * Use what was received, as far as there is room for the answers.
     */
    private void process(final long nowNs) throws IOException
    {
        boolean goesOn = true;
        stalled = false;
        while (goesOn) // ends when all that is whole is used, or with a lack of room
        {
            goesOn = switch (state)
            {
                case UPGRADING -> upgrade(nowNs);
                case OPEN, ENDING -> inFrame ? takePayload() : beginFrame();
                case ANSWERED, REFUSED, LINGERING, CLOSED ->
                {
                    input.position(input.limit());
                    yield false;
                }
            };
        }
    }

    private void send(final long nowNs) throws IOException
    {
        int length = 0;
        while (!isClosed() && sendPending()) // ends when nothing is due, or the socket takes no more
        {
            batch = state == ConnectionState.OPEN && length < BATCH_LENGTH ? service.next(nowNs) : null;
            if (batch != null)
            {
                length += batch.remaining();
            }
            else if (!takeNextStep())
            {
                blocked = false;
                return;
            }
        }

        blocked = true;
    }

    private boolean sendPending() throws IOException
    {
        if (!link.flush())
        {
            return false;
        }

        if (batch != null)
        {
            link.write(batch);
            if (batch.hasRemaining())
            {
                return false;
            }
        }

        if (output.position() > 0)
        {
            link.write(output.flip());
            output.compact();
        }

        return output.position() == 0 && link.flush();
    }

    /**
     * All is sent: go on with the end, if this is one.
     *
     * @return true if there is more to send.
     */
    private boolean takeNextStep() throws IOException
    {
        if (state == ConnectionState.OPEN && service.isOver())
        {
            putClose(NORMAL);
            state = ConnectionState.ENDING;
            return true;
        }

        if (state == ConnectionState.ANSWERED)
        {
            link.endOutput();
            drop();
        }
        else if (state == ConnectionState.REFUSED)
        {
            link.endOutput();
            state = ConnectionState.LINGERING;
        }

        return false;
    }

    /**
     * Answer the request, if all of it is there.
     */
    private boolean upgrade(final long nowNs)
    {
        final int length = Handshake.headLength(input);
        if (length == 0 && input.remaining() < BUFFER_LENGTH)
        {
            return false;
        }

        final byte[] head = new byte[length];
        input.get(head);
        try
        {
            final UpgradeRequest request = UpgradeRequest.parse(new String(head, StandardCharsets.ISO_8859_1));
            final String extension = Services.extension(request);
            compressed = !extension.isEmpty();
            service = services.begin(request, compressed, nowNs);
            output.put(Handshake.accepted(request.key(), extension));
            state = ConnectionState.OPEN;
            service.onOpen(this);
        }
        catch (final RefusedException ex)
        {
            output.put(Handshake.refused(ex));
            state = ConnectionState.REFUSED;
        }

        return true;
    }

    /**
     * Take the header of a frame, or a whole control frame, if all of it is there.
     */
    private boolean beginFrame()
    {
        final int start = input.position();
        if (input.remaining() < 2)
        {
            return false;
        }

        if (output.remaining() < ROOM_FOR_A_FRAME)
        {
            stalled = true;
            return false;
        }

        final int first = input.get(start);
        final int second = input.get(start + 1);
        final boolean control = (first & OPCODE_BITS) >= FIRST_CONTROL_OPCODE;
        final int lengthBits = second & ~MASK_BIT & 0xFF;
        if (FrameHeaders.isViolation(first, second, compressed))
        {
            putClose(PROTOCOL_ERROR);
            state = ConnectionState.REFUSED;
            return true;
        }

        final int keyOffset = lengthBits == LENGTH_64 ? 10 : lengthBits == LENGTH_16 ? 4 : 2;
        final int headerLength = keyOffset + Integer.BYTES;
        if (input.remaining() < headerLength + (control ? lengthBits : 0))
        {
            return false;
        }

        remaining = lengthBits == LENGTH_64 ? input.getLong(start + 2) & Long.MAX_VALUE :
            lengthBits == LENGTH_16 ? input.getShort(start + 2) & 0xFFFF : lengthBits;
        maskingKey = input.getInt(start + keyOffset);
        input.position(start + headerLength);
        if (control)
        {
            onControl(first & OPCODE_BITS, lengthBits);
        }
        else
        {
            inFrame = true;
            firstByte = first;
            if (state == ConnectionState.OPEN)
            {
                service.onHeader(this, first, remaining);
            }
        }

        return true;
    }

    private void onControl(final int opcode, final int length)
    {
        if (opcode == PONG || opcode == CLOSE && state == ConnectionState.ENDING)
        {
            input.position(input.position() + length);
        }
        else
        {
            FrameHeaders.put(output, FIN_BIT | (opcode == PING ? PONG : opcode), length);
            unmask(length);
        }

        if (opcode == CLOSE)
        {
            state = ConnectionState.ANSWERED;
        }
    }

    private boolean takePayload() throws IOException
    {
        final int length = (int)Math.min(remaining, input.remaining());
        if (state == ConnectionState.OPEN)
        {
            final int taken = service.onPayload(this, input, length);
            remaining -= taken;
            stalled = taken < length;
        }
        else
        {
            input.position(input.position() + length);
            remaining -= length;
        }

        if (remaining > 0)
        {
            return false;
        }

        inFrame = false;
        if (state == ConnectionState.OPEN)
        {
            service.onFrame(this, firstByte);
        }

        return true;
    }

    private void putClose(final short code)
    {
        FrameHeaders.put(output, FIN_BIT | CLOSE, Short.BYTES);
        output.putShort(code);
    }
}
