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

import org.agrona.BitUtil;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;
import static io.ringwire.config.Configuration.sizeOf;

/**
 * Whether and how an engine records: every frame of all its sessions in both directions, and their lives. Off without a
 * {@link #directory()}. Needs Chronicle Queue on the class path.
 */
public final class JournalPolicy
{
    private static final int MIN_TAPE_LENGTH = 64 * 1024;
    private static final long MIN_ROLL_BYTES = 1024 * 1024;

    private Path directory = Configuration.pathOf(Configuration.JOURNAL_DIRECTORY_PROP_NAME);
    private WhenFull whenFull =
        Configuration.enumOf(Configuration.JOURNAL_WHEN_FULL_PROP_NAME, WhenFull.class, WhenFull.DROP);
    private int tapeLength = sizeOf(Configuration.JOURNAL_TAPE_LENGTH_PROP_NAME, 16 * 1024 * 1024);
    private long rollBytes = Configuration.longSizeOf(Configuration.JOURNAL_ROLL_BYTES_PROP_NAME, 1L << 30);
    private long rollNs = durationOf(Configuration.JOURNAL_ROLL_INTERVAL_PROP_NAME, 1, TimeUnit.HOURS);
    private long minFreeBytes = Configuration.longSizeOf(Configuration.JOURNAL_MIN_FREE_BYTES_PROP_NAME, 256L << 20);
    private Set<String> redactedHeaders =
        Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");
    private Set<String> redactedKeys = Set.of(
        "client_secret", "secret", "signature", "sig", "sign", "passphrase", "password", "api_key", "apiKey", "key",
        "token", "access_token", "refresh_token", "listenKey");

    /** {@return where the journal is, or null if nothing is recorded. Default null} */
    public Path directory()
    {
        return directory;
    }

    /**
     * Record into this folder, made where it is missing. Each engine adds segments of its own; none is ever written
     * over.
     *
     * @param directory the value.
     * @return this.
     */
    public JournalPolicy directory(final Path directory)
    {
        this.directory = directory;
        return this;
    }

    /** {@return what happens to a record for which the tape has no room. Default {@link WhenFull#DROP}} */
    public WhenFull whenFull()
    {
        return whenFull;
    }

    /**
     * Choose what happens to a record for which the tape has no room, because the disk is slower than the market.
     *
     * @param whenFull the value.
     * @return this.
     */
    public JournalPolicy whenFull(final WhenFull whenFull)
    {
        this.whenFull = whenFull;
        return this;
    }

    /** {@return bytes of memory between the IO thread and the journal's. Default 16 MiB} */
    public int tapeLength()
    {
        return tapeLength;
    }

    /**
     * Choose how many bytes the IO thread may be ahead of the journal's thread.
     *
     * @param tapeLength in bytes, a power of two of at least 64 KiB.
     * @return this.
     */
    public JournalPolicy tapeLength(final int tapeLength)
    {
        this.tapeLength = tapeLength;
        return this;
    }

    /** {@return bytes from which on a segment is followed by the next. Default 1 GiB} */
    public long rollBytes()
    {
        return rollBytes;
    }

    /**
     * Choose at which size a segment is followed by the next.
     *
     * @param rollBytes in bytes, at least 1 MiB.
     * @return this.
     */
    public JournalPolicy rollBytes(final long rollBytes)
    {
        this.rollBytes = rollBytes;
        return this;
    }

    /** {@return age from which on a segment is followed by the next, in ns. Default 1 h} */
    public long rollNs()
    {
        return rollNs;
    }

    /**
     * Choose at which age a segment is followed by the next.
     *
     * @param rollNs in ns, at least 1 s.
     * @return this.
     */
    public JournalPolicy rollNs(final long rollNs)
    {
        this.rollNs = rollNs;
        return this;
    }

    /** {@return bytes of the disk that are left free. Default 256 MiB} */
    public long minFreeBytes()
    {
        return minFreeBytes;
    }

    /**
     * Choose how many bytes of the disk the journal leaves free: with less it stops, is counted and told, and the
     * sessions go on.
     *
     * @param minFreeBytes in bytes.
     * @return this.
     */
    public JournalPolicy minFreeBytes(final long minFreeBytes)
    {
        this.minFreeBytes = minFreeBytes;
        return this;
    }

    /** {@return names of headers whose values are not recorded, in lower case} */
    public Set<String> redactedHeaders()
    {
        return redactedHeaders;
    }

    /**
     * Choose the headers whose values are not recorded.
     *
     * @param redactedHeaders names in lower case, in place of those there are.
     * @return this.
     */
    public JournalPolicy redactedHeaders(final Set<String> redactedHeaders)
    {
        this.redactedHeaders = Set.copyOf(redactedHeaders);
        return this;
    }

    /** {@return keys whose values are not recorded} */
    public Set<String> redactedKeys()
    {
        return redactedKeys;
    }

    /**
     * Choose the keys of JSON objects in sent messages and in answers to a login, and of a URL's query, whose values
     * are not recorded. What looks like a key in a URL is not recorded under any name.
     *
     * @param redactedKeys in place of those there are.
     * @return this.
     */
    public JournalPolicy redactedKeys(final Set<String> redactedKeys)
    {
        this.redactedKeys = Set.copyOf(redactedKeys);
        return this;
    }

    void conclude()
    {
        if (!BitUtil.isPowerOfTwo(tapeLength) || tapeLength < MIN_TAPE_LENGTH)
        {
            throw new ConfigurationException(
                "journal.tapeLength=" + tapeLength + " must be a power of two of at least " + MIN_TAPE_LENGTH);
        }

        if (rollBytes < MIN_ROLL_BYTES)
        {
            throw new ConfigurationException("journal.rollBytes=" + rollBytes + " must be at least " + MIN_ROLL_BYTES);
        }

        if (rollNs < TimeUnit.SECONDS.toNanos(1))
        {
            throw new ConfigurationException("journal.rollNs=" + rollNs + " must be at least a second");
        }

        if (minFreeBytes < 0)
        {
            throw new ConfigurationException("journal.minFreeBytes=" + minFreeBytes + " must not be negative");
        }
    }

    /**
     * What happens to a record for which the tape has no room.
     */
    public enum WhenFull
    {
        /** It is dropped and counted, and the journal says so at that place. The engine never waits. */
        DROP,

        /** The IO thread waits until the journal has made room: nothing is missing, and all sessions wait with it. */
        WAIT
    }
}
