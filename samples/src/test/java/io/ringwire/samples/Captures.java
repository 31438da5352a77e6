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
package io.ringwire.samples;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Real traffic of venues, which lies beside the project and is not part of it.
 */
public final class Captures
{
    private static final Path FOLDER = Path.of("shared", "data", "captures");

    private Captures()
    {
    }

    /**
     * Find a capture, or skip the test that wants it.
     *
     * @param name of the file.
     * @return its path.
     */
    public static Path file(final String name)
    {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent())
        {
            final Path file = dir.resolve(FOLDER).resolve(name);
            if (Files.exists(file))
            {
                return file;
            }
        }

        assumeTrue(false, "skipped: no folder " + FOLDER + " beside the project");
        throw new IllegalStateException("unreachable");
    }
}
