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
import java.io.PrintStream;

/**
 * Where a command reads and writes, so that it can be run without touching those of the process.
 *
 * @param in  what a pipe or a person feeds.
 * @param out results, and nothing else.
 * @param err status and errors.
 */
public record StandardStreams(InputStream in, PrintStream out, PrintStream err)
{
    /**
     * Those of the process.
     *
     * @return the streams.
     */
    public static StandardStreams ofProcess()
    {
        return new StandardStreams(System.in, System.out, System.err);
    }
}
