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
package io.ringwire.samples.doctor;

import java.util.Locale;

/**
 * What a finding means for latency.
 */
enum Verdict
{
    /** As it should be, or harmless. */
    OK("green"),

    /** Costs latency at times, or will under load. */
    WARN("yellow"),

    /** Costs latency now, or keeps the engine from running. */
    BAD("red"),

    /** This machine does not tell. */
    UNKNOWN("faint");

    private final String style;

    Verdict(final String style)
    {
        this.style = style;
    }

    /** The name of picocli's style for it. */
    String style()
    {
        return style;
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
