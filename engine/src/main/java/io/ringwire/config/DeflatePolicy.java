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

import io.ringwire.frame.DeflateExtension;

import static io.ringwire.config.Configuration.sizeOf;

/**
 * Whether and how messages are compressed: permessage-deflate (RFC 7692). Off by default: it costs the IO thread
 * microseconds a message, and some 400 KiB of memory outside of the heap a connection. It is an offer: a server may
 * decline, then all messages are plain.
 */
public final class DeflatePolicy
{
    private static final int MAX_LEVEL = 9;

    private boolean enabled;
    private int level = 1;
    private int minLength = sizeOf(Configuration.DEFLATE_MIN_LENGTH_PROP_NAME, 256);
    private int maxInflatedLength;
    private boolean serverNoContextTakeover;
    private boolean clientNoContextTakeover;
    private int serverMaxWindowBits = DeflateExtension.MAX_WINDOW_BITS;
    private int clientMaxWindowBits = DeflateExtension.MAX_WINDOW_BITS;

    /** {@return is compression offered to the server? Default false} */
    public boolean enabled()
    {
        return enabled;
    }

    /**
     * Choose whether compression is offered to the server.
     *
     * @param enabled the value.
     * @return this.
     */
    public DeflatePolicy enabled(final boolean enabled)
    {
        this.enabled = enabled;
        return this;
    }

    /** {@return the level of zlib for messages sent, 0 (stored) to 9 (smallest). Default 1, the fastest} */
    public int level()
    {
        return level;
    }

    /**
     * Choose the level of zlib for messages sent, 0 (stored) to 9 (smallest).
     *
     * @param level the value.
     * @return this.
     */
    public DeflatePolicy level(final int level)
    {
        this.level = level;
        return this;
    }

    /** {@return the shortest message that is sent compressed, in bytes; empty ones never are. Default 256} */
    public int minLength()
    {
        return minLength;
    }

    /**
     * Choose the shortest message that is sent compressed, in bytes.
     *
     * @param minLength the value.
     * @return this.
     */
    public DeflatePolicy minLength(final int minLength)
    {
        this.minLength = minLength;
        return this;
    }

    /** {@return the longest message taken after inflating, in bytes. Default 0: the longest message on the wire} */
    public int maxInflatedLength()
    {
        return maxInflatedLength;
    }

    /**
     * Choose the longest message taken after inflating, in bytes; a longer one ends the connection with 1009, and no
     * more of it than this is ever inflated. 0 means {@link SessionConfig#maxMessageLength()}.
     *
     * @param maxInflatedLength the value.
     * @return this.
     */
    public DeflatePolicy maxInflatedLength(final int maxInflatedLength)
    {
        this.maxInflatedLength = maxInflatedLength;
        return this;
    }

    /** {@return must the server compress each message by itself? Default false} */
    public boolean serverNoContextTakeover()
    {
        return serverNoContextTakeover;
    }

    /**
     * Ask the server to compress each message by itself; a server that does not agree fails the handshake.
     *
     * @param serverNoContextTakeover the value.
     * @return this.
     */
    public DeflatePolicy serverNoContextTakeover(final boolean serverNoContextTakeover)
    {
        this.serverNoContextTakeover = serverNoContextTakeover;
        return this;
    }

    /** {@return is each message sent compressed by itself? Default false; the server may ask for it} */
    public boolean clientNoContextTakeover()
    {
        return clientNoContextTakeover;
    }

    /**
     * Choose whether each message sent is compressed by itself, whatever the server says.
     *
     * @param clientNoContextTakeover the value.
     * @return this.
     */
    public DeflatePolicy clientNoContextTakeover(final boolean clientNoContextTakeover)
    {
        this.clientNoContextTakeover = clientNoContextTakeover;
        return this;
    }

    /** {@return the largest window of the server, as a power of two, 8 to 15. Default 15: any} */
    public int serverMaxWindowBits()
    {
        return serverMaxWindowBits;
    }

    /**
     * Limit the server's window, as a power of two, 8 to 15; below 15 a server that does not agree fails the handshake.
     * It saves nothing here, where 15 bits are always kept.
     *
     * @param serverMaxWindowBits the value.
     * @return this.
     */
    public DeflatePolicy serverMaxWindowBits(final int serverMaxWindowBits)
    {
        this.serverMaxWindowBits = serverMaxWindowBits;
        return this;
    }

    /** {@return the largest window for messages sent, as a power of two, 8 to 15. Default 15: what the server says} */
    public int clientMaxWindowBits()
    {
        return clientMaxWindowBits;
    }

    /**
     * Limit the window used for messages sent, as a power of two, 8 to 15, whatever the server says; it may ask for a
     * smaller one.
     *
     * @param clientMaxWindowBits the value.
     * @return this.
     */
    public DeflatePolicy clientMaxWindowBits(final int clientMaxWindowBits)
    {
        this.clientMaxWindowBits = clientMaxWindowBits;
        return this;
    }

    void check()
    {
        within("deflate.level", level, 0, MAX_LEVEL);
        within("deflate.minLength", minLength, 0, Integer.MAX_VALUE);
        within("deflate.maxInflatedLength", maxInflatedLength, 0, SessionConfigCheck.MAX_MESSAGE_LENGTH_LIMIT);
        within("deflate.serverMaxWindowBits", serverMaxWindowBits,
            DeflateExtension.MIN_WINDOW_BITS, DeflateExtension.MAX_WINDOW_BITS);
        within("deflate.clientMaxWindowBits", clientMaxWindowBits,
            DeflateExtension.MIN_WINDOW_BITS, DeflateExtension.MAX_WINDOW_BITS);
    }

    private static void within(final String name, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new ConfigurationException(name + "=" + value + " must be from " + min + " to " + max);
        }
    }
}
