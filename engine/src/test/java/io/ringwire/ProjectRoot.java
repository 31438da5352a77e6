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

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the files of the whole project are, whichever module's directory the test runs in.
 */
public final class ProjectRoot
{
    private static final String MARK = "src/jvm/low-latency.options";

    private ProjectRoot()
    {
    }

    /**
     * A file of the project.
     *
     * @param path relative to the project's root.
     * @return the path, whether or not there is such a file.
     */
    public static Path resolve(final String path)
    {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(MARK)))
        {
            directory = directory.getParent();
            if (directory == null)
            {
                throw new IllegalStateException("not started inside of the project: no " + MARK + " above");
            }
        }

        return directory.resolve(path).normalize();
    }
}
