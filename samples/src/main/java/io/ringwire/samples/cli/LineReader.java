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

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream of bytes into lines, which {@code \n} ends; the end of the stream ends the last. Memory is bounded by
 * the longest line allowed. Owner: the thread that reads the stream.
 */
final class LineReader
{
    /** There are no more lines. */
    static final int END = -1;

    /** The next line is longer than allowed; where the one behind it starts is not known. */
    static final int TOO_LONG = -2;

    private static final int CHUNK_LENGTH = 64 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private final byte[] line;
    private int chunkOffset;
    private int chunkLimit;

    LineReader(final InputStream in, final int maxLineLength)
    {
        this.in = in;
        line = new byte[maxLineLength];
    }

    /** {@return where the line read last stands, from index 0; valid until the next} */
    byte[] line()
    {
        return line;
    }

    /**
     * Read a line, and wait for it: the end event is a line or the end of the stream.
     *
     * @return its length in bytes without the {@code \n}, {@link #END} or {@link #TOO_LONG}.
     */
    int next() throws IOException
    {
        int length = 0;
        while (true)
        {
            if (chunkOffset == chunkLimit && !fill())
            {
                return length == 0 ? END : length;
            }

            final int start = chunkOffset;
            while (chunkOffset < chunkLimit && chunk[chunkOffset] != '\n')
            {
                chunkOffset++;
            }

            final int partLength = chunkOffset - start;
            if (partLength > line.length - length)
            {
                return TOO_LONG;
            }

            System.arraycopy(chunk, start, line, length, partLength);
            length += partLength;
            if (chunkOffset < chunkLimit)
            {
                chunkOffset++;
                return length;
            }
        }
    }

    private boolean fill() throws IOException
    {
        chunkOffset = 0;
        chunkLimit = Math.max(in.read(chunk), 0);
        return chunkLimit > 0;
    }
}
