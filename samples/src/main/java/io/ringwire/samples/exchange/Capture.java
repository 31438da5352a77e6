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

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recorded traffic of a venue. One event a line:
 * <pre>
 *   URL &lt;-&gt; SECONDS        a connection was opened
 *   URL &lt;- SECONDS: TEXT    the client sent TEXT
 *   SECONDS: TEXT           the venue sent TEXT
 * </pre>
 */
public final class Capture
{
    private static final Pattern OPENED = Pattern.compile("wss?://\\S+ <-> \\d+(\\.\\d+)?");
    private static final Pattern SENT = Pattern.compile("wss?://\\S+ <- \\d+(\\.\\d+)?: .*");
    private static final Pattern RECEIVED = Pattern.compile("(\\d+(?:\\.\\d+)?): (.*)");
    private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

    private final List<Message> messages;

    private Capture(final List<Message> messages)
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
        final List<Message> messages = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8))
        {
            long startNs = -1;
            int lineNumber = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine())
            {
                lineNumber++;
                final Matcher received = RECEIVED.matcher(line);
                if (received.matches())
                {
                    final long timeNs = new BigDecimal(received.group(1)).multiply(NS_PER_SECOND).longValue();
                    startNs = startNs < 0 ? timeNs : startNs;
                    messages.add(new Message(
                        Math.max(0, timeNs - startNs), received.group(2).getBytes(StandardCharsets.UTF_8)));
                }
                else if (!OPENED.matcher(line).matches() && !SENT.matcher(line).matches() && !line.isBlank())
                {
                    throw new IOException(
                        file + ":" + lineNumber + ": not 'SECONDS: TEXT', 'URL <- SECONDS: TEXT' or 'URL <-> SECONDS'");
                }
            }
        }

        return new Capture(messages);
    }

    /**
     * What the venue sent.
     *
     * @return the messages in order.
     */
    public List<Message> messages()
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

    /**
     * A message of the venue.
     *
     * @param timeNs since the first message, in nanoseconds.
     * @param text   in UTF-8; not to be changed.
     */
    public record Message(long timeNs, byte[] text)
    {
    }
}
