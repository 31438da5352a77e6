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
package io.ringwire.samples.operate;

import java.nio.file.Path;
import java.util.List;

/**
 * All engines of a folder as they were at one moment.
 *
 * @param path       where was looked.
 * @param timeMs     when, in ms since 1970.
 * @param engines    by the name of their file.
 * @param complaints a line for each file that could not be read.
 */
record Scrape(Path path, long timeMs, List<EngineReading> engines, List<String> complaints)
{
    /**
     * Was there nothing at all?
     *
     * @return true if no file was there.
     */
    boolean isEmpty()
    {
        return engines.isEmpty() && complaints.isEmpty();
    }

    /**
     * Say that nothing was there.
     *
     * @return the line.
     */
    String emptyLine()
    {
        return "no engine in " + path + ": one that was told another folder, or runs as another user, needs --dir";
    }
}
