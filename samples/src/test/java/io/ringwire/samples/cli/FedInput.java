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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Standard input as the test feeds it.
 */
final class FedInput extends InputStream
{
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
    private byte[] part = {};
    private int offset;
    private boolean ended;

    void feed(final String text)
    {
        feed(text.getBytes(StandardCharsets.UTF_8));
    }

    void feed(final byte[] bytes)
    {
        parts.add(bytes);
    }

    void end()
    {
        parts.add(END);
    }

    @Override
    public int read()
    {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] bytes, final int start, final int length)
    {
        if (offset == part.length && !ended)
        {
            next();
        }

        if (ended)
        {
            return -1;
        }

        final int count = Math.min(length, part.length - offset);
        System.arraycopy(part, offset, bytes, start, count);
        offset += count;
        return count;
    }

    private void next()
    {
        try
        {
            part = parts.take();
        }
        catch (final InterruptedException ex)
        {
            part = END;
        }

        offset = 0;
        ended = part == END;
    }
}
