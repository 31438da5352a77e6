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
package io.ringwire.thread;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Tells on which core a thread runs, out of the {@code stat} file that Linux has of it, without allocating.
 */
public final class ThreadCpu implements AutoCloseable
{
    /** The kernel does not tell. */
    public static final int UNKNOWN = -1;

    private static final Path THREAD_SELF = Path.of("/proc/thread-self");
    private static final int PROCESSOR_FIELD = 39;
    private static final int FIELD_BEHIND_NAME = 3;
    private static final int MAX_STAT_LENGTH = 1024;

    private final RandomAccessFile stat; // null: no such file
    private final byte[] bytes = new byte[MAX_STAT_LENGTH];

    private ThreadCpu(final RandomAccessFile stat)
    {
        this.stat = stat;
    }

    /**
     * The thread to be told about is the calling one.
     *
     * @return that tells, to any one thread.
     */
    public static ThreadCpu ofCurrent()
    {
        try
        {
            final String threadId = THREAD_SELF.toRealPath().getFileName().toString();
            return new ThreadCpu(new RandomAccessFile("/proc/self/task/" + threadId + "/stat", "r"));
        }
        catch (final IOException ex)
        {
            return new ThreadCpu(null);
        }
    }

    /**
     * Read the core.
     *
     * @return where the thread runs, or ran last; {@link #UNKNOWN} if the kernel does not tell or the thread has ended.
     */
    public int read()
    {
        if (stat == null)
        {
            return UNKNOWN;
        }

        try
        {
            stat.seek(0);
            return processor(bytes, stat.read(bytes, 0, bytes.length));
        }
        catch (final IOException ex)
        {
            return UNKNOWN;
        }
    }

    @Override
    public void close()
    {
        try
        {
            if (stat != null)
            {
                stat.close();
            }
        }
        catch (final IOException ex)
        {
            return; // it was only read
        }
    }

    /**
     * The name of a thread, in brackets, may hold spaces and brackets: fields are counted from behind the last one.
     */
    static int processor(final byte[] stat, final int length)
    {
        int i = length - 1;
        while (i >= 0 && stat[i] != ')')
        {
            i--;
        }

        int field = FIELD_BEHIND_NAME - 1;
        int value = UNKNOWN;
        for (i++; i > 0 && i < length && field <= PROCESSOR_FIELD; i++)
        {
            if (stat[i] == ' ')
            {
                field++;
            }
            else if (field == PROCESSOR_FIELD && stat[i] >= '0' && stat[i] <= '9')
            {
                value = Math.max(0, value) * 10 + stat[i] - '0';
            }
        }

        return value;
    }
}
