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
package io.ringwire.bench.soak;

/**
 * Something that must hold at the end of a soak.
 *
 * @param held    does it?
 * @param finding one line with the figures.
 */
public record Check(boolean held, String finding)
{
    private static final String HELD = "held   ";
    private static final String FAILED = "FAILED ";

    /**
     * For the terminal, and from one process to another.
     *
     * @return the line, which says first whether it held.
     */
    public String line()
    {
        return (held ? HELD : FAILED) + finding;
    }

    /**
     * The reverse of {@link #line()}.
     *
     * @param line to read.
     * @return the check, or null if the line is none.
     */
    static Check parse(final String line)
    {
        return line.startsWith(HELD) ? new Check(true, line.substring(HELD.length())) :
            line.startsWith(FAILED) ? new Check(false, line.substring(FAILED.length())) : null;
    }
}
