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
package io.ringwire.config;

import static io.ringwire.config.Configuration.sizeOf;

/**
 * How large the ring, the arena and the buffers of a session are. What is configured is what is taken, at
 * {@code Engine.connect}.
 */
public final class BufferPolicy
{
    private static final int MIN_RING_CAPACITY = 4;
    private static final int MIN_ARENA_LENGTH = 1024;
    private static final int MIN_READ_BUFFER_LENGTH = 1024;
    private static final int MIN_SEND_WINDOW_LENGTH = 1024;

    private int ringCapacity = sizeOf(Configuration.RING_CAPACITY_PROP_NAME, 16 * 1024);
    private int arenaLength = sizeOf(Configuration.ARENA_LENGTH_PROP_NAME, 8 * 1024 * 1024);
    private int readBufferLength = sizeOf(Configuration.READ_BUFFER_LENGTH_PROP_NAME, 64 * 1024);
    private int sendWindowLength = sizeOf(Configuration.SEND_WINDOW_LENGTH_PROP_NAME, 256 * 1024);
    private int maxRequestsInFlight = sizeOf(Configuration.MAX_REQUESTS_PROP_NAME, 1024);

    /** {@return entries of the message ring. Default 16,384} */
    public int ringCapacity()
    {
        return ringCapacity;
    }

    /**
     * Choose the entries of the message ring: a power of two.
     *
     * @param ringCapacity the value.
     * @return this.
     */
    public BufferPolicy ringCapacity(final int ringCapacity)
    {
        this.ringCapacity = ringCapacity;
        return this;
    }

    /** {@return bytes of the message ring's arena, in direct memory. Default 8 MiB. Not used in INLINE mode} */
    public int arenaLength()
    {
        return arenaLength;
    }

    /**
     * Choose the bytes of the arena: a power of two, at least twice the longest message.
     *
     * @param arenaLength the value.
     * @return this.
     */
    public BufferPolicy arenaLength(final int arenaLength)
    {
        this.arenaLength = arenaLength;
        return this;
    }

    /** {@return bytes of the buffer that the socket is read into, in direct memory. Default 64 KiB} */
    public int readBufferLength()
    {
        return readBufferLength;
    }

    /**
     * Choose the bytes of the read buffer.
     *
     * @param readBufferLength the value.
     * @return this.
     */
    public BufferPolicy readBufferLength(final int readBufferLength)
    {
        this.readBufferLength = readBufferLength;
        return this;
    }

    /** {@return bytes accepted and not yet written, twice in direct memory. Default 256 KiB} */
    public int sendWindowLength()
    {
        return sendWindowLength;
    }

    /**
     * Choose the bytes that may be accepted and not yet written.
     *
     * @param sendWindowLength the value.
     * @return this.
     */
    public BufferPolicy sendWindowLength(final int sendWindowLength)
    {
        this.sendWindowLength = sendWindowLength;
        return this;
    }

    /** {@return how many requests may wait for their end at a time. Default 1,024} */
    public int maxRequestsInFlight()
    {
        return maxRequestsInFlight;
    }

    /**
     * Choose how many requests may wait at a time.
     *
     * @param maxRequestsInFlight the value.
     * @return this.
     */
    public BufferPolicy maxRequestsInFlight(final int maxRequestsInFlight)
    {
        this.maxRequestsInFlight = maxRequestsInFlight;
        return this;
    }

    void check(final boolean hasArena)
    {
        SessionConfigCheck.powerOfTwo("buffers.ringCapacity", ringCapacity, MIN_RING_CAPACITY);
        SessionConfigCheck.atLeast("buffers.readBufferLength", readBufferLength, MIN_READ_BUFFER_LENGTH);
        SessionConfigCheck.atLeast("buffers.sendWindowLength", sendWindowLength, MIN_SEND_WINDOW_LENGTH);
        SessionConfigCheck.atLeast("buffers.maxRequestsInFlight", maxRequestsInFlight, 1);
        if (hasArena)
        {
            SessionConfigCheck.powerOfTwo("buffers.arenaLength", arenaLength, MIN_ARENA_LENGTH);
        }
    }
}
