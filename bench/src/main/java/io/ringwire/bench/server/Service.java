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

/**
 * What the server does on one connection, from the upgrade on. Whoever reads only, or sends only, leaves out the other
 * half. Owner: the serving thread.
 */
abstract class Service
{
    /** Nothing is due at any time. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * The connection is upgraded; the answer leaves before what is sent here.
     */
    void onOpen(final Connection connection)
    {
    }

    /**
     * The header of a data frame was received.
     *
     * @param firstByte of it, with FIN, RSV1 and opcode.
     * @param length    of its payload.
     */
    void onHeader(final Connection connection, final int firstByte, final long length)
    {
    }

    /**
     * A piece of a data frame's payload was received.
     *
     * @param input  masked, from its position on.
     * @param length of the piece.
     * @return how much of it was taken: less than the length if no more can be sent now.
     */
    int onPayload(final Connection connection, final ByteBuffer input, final int length)
    {
        input.position(input.position() + length);
        return length;
    }

    /**
     * All of a data frame was received.
     *
     * @param firstByte of it.
     */
    void onFrame(final Connection connection, final int firstByte) throws IOException
    {
    }

    /**
     * When {@link #next} has something to send, by {@link System#nanoTime()}.
     *
     * @return a time, 0 for always, or {@link #NEVER}.
     */
    long dueNs()
    {
        return NEVER;
    }

    /**
     * What is due.
     *
     * @param nowNs the time.
     * @return whole frames, in a direct buffer that the service touches again when all of it is sent, or null.
     */
    ByteBuffer next(final long nowNs)
    {
        return null;
    }

    /**
     * Is the connection to be closed once {@link #next} has nothing more?
     */
    boolean isOver()
    {
        return false;
    }
}
