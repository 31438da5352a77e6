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
package io.ringwire.samples.exchange;

import io.ringwire.journal.CaptureSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Recorded traffic of a venue, in memory. The format of the file is that of {@link CaptureSource}.
 */
public final class Capture
{
    private final List<RecordedMessage> messages;

    private Capture(final List<RecordedMessage> messages)
    {
        this.messages = Collections.unmodifiableList(messages);
    }

    /**
     * Read a capture.
     *
     * @param file to read.
     * @return what it holds.
     * @throws IOException if it cannot be read, or if a line is not of the format: file, line and fault are named.
     */
    public static Capture read(final Path file) throws IOException
    {
        final List<RecordedMessage> messages = new ArrayList<>();
        try (RecordedMessages source = new RecordedMessages(new CaptureSource(file)))
        {
            source.forEachRemaining(messages::add);
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }

        return new Capture(messages);
    }

    /**
     * What the venue sent.
     *
     * @return the messages in order.
     */
    public List<RecordedMessage> messages()
    {
        return messages;
    }

    /**
     * From the first message to the last.
     *
     * @return time in nanoseconds.
     */
    public long durationNs()
    {
        return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).timeNs();
    }
}
