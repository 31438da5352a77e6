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

/**
 * A distinct error, as often as it was seen.
 *
 * @param count   of its observations.
 * @param firstMs of them, in ms since 1970.
 * @param lastMs  of them, in ms since 1970.
 * @param trace   its stack trace, of several lines.
 */
record ErrorReading(int count, long firstMs, long lastMs, String trace)
{
    /**
     * What it says.
     *
     * @return the first line of the trace.
     */
    String title()
    {
        return trace.lines().findFirst().orElse("");
    }
}
