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
package io.ringwire.feed;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a channel by the bytes of its name in a message: open addressing, linear probing. Owner: the feed's thread.
 */
final class ChannelTable
{
    private final int maxChannels;
    private final int mask;
    private final byte[][] names;
    private final FeedChannel[] slots;
    private final List<FeedChannel> channels = new ArrayList<>();

    ChannelTable(final int maxChannels)
    {
        this.maxChannels = maxChannels;
        final int capacity = BitUtil.findNextPositivePowerOfTwo(maxChannels * 2);
        mask = capacity - 1;
        names = new byte[capacity][];
        slots = new FeedChannel[capacity];
    }

    List<FeedChannel> channels()
    {
        return channels;
    }

    boolean isFull()
    {
        return channels.size() == maxChannels;
    }

    FeedChannel find(final DirectBuffer buffer, final int offset, final int length)
    {
        int index = hash(buffer, offset, length) & mask;
        while (slots[index] != null)
        {
            if (matches(names[index], buffer, offset, length))
            {
                return slots[index];
            }

            index = index + 1 & mask;
        }

        return null;
    }

    void add(final FeedChannel channel, final DirectBuffer buffer, final int offset, final int length)
    {
        int index = hash(buffer, offset, length) & mask;
        while (slots[index] != null)
        {
            index = index + 1 & mask;
        }

        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        names[index] = name;
        slots[index] = channel;
        channels.add(channel);
    }

    static String name(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static boolean matches(final byte[] name, final DirectBuffer buffer, final int offset, final int length)
    {
        if (name.length != length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (name[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }

        return true;
    }

    private static int hash(final DirectBuffer buffer, final int offset, final int length)
    {
        int hash = 0x811c9dc5; // FNV-1a
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ buffer.getByte(offset + i)) * 0x01000193;
        }

        return hash ^ hash >>> 16;
    }
}
