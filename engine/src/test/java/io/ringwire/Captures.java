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
package io.ringwire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Real traffic of venues, recorded, one message a line. It is no part of the project: a test that wants it is skipped
 * where it is missing.
 */
public final class Captures
{
    /** The venues that there are captures of. */
    public static final List<String> VENUES = List.of("binance", "coinbase", "deribit", "kraken");

    private static final String PROPERTY = "ringwire.test.captures";
    private static final String DIRECTORY = "../shared/data/captures";

    private Captures()
    {
    }

    /**
     * What a venue sent, in order.
     *
     * @param venue one of {@link #VENUES}.
     * @return the messages.
     */
    public static List<String> messagesOf(final String venue)
    {
        try
        {
            return Files.readAllLines(fileOf(venue)).stream()
                .filter((line) -> line.matches("[0-9.]+: .*"))
                .map((line) -> line.substring(line.indexOf(": ") + 2))
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Find the file of a venue, or skip the test that wants it.
     *
     * @param venue one of {@link #VENUES}.
     * @return its path.
     */
    public static Path fileOf(final String venue)
    {
        final Path directory = ProjectRoot.resolve(System.getProperty(PROPERTY, DIRECTORY));
        assumeTrue(Files.isDirectory(directory),
            "no recorded traffic at " + directory + "; name another directory with -D" + PROPERTY);
        return directory.resolve(venue + ".capture");
    }
}
