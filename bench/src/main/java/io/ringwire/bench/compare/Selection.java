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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.BenchException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Picks names by patterns in which {@code *} stands for any characters and {@code ?} for one.
 */
public final class Selection
{
    private Selection()
    {
    }

    /**
     * Pick.
     *
     * @param option   that the patterns were given by, for the error.
     * @param names    to pick from.
     * @param patterns names or patterns.
     * @return the names picked, in the order of the patterns, each once.
     * @throws BenchException if a pattern picks none.
     */
    public static List<String> of(final String option, final List<String> names, final List<String> patterns)
        throws BenchException
    {
        final Set<String> picked = new LinkedHashSet<>();
        for (final String pattern : patterns)
        {
            final List<String> matching = matching(names, pattern);
            if (matching.isEmpty())
            {
                throw new BenchException(
                    option + ": '" + pattern + "' is none of " + String.join(", ", names) + " (see --list)");
            }

            picked.addAll(matching);
        }

        return List.copyOf(picked);
    }

    /**
     * Pick those that one pattern fits.
     *
     * @param names   to pick from.
     * @param pattern name or pattern.
     * @return the names picked, in their order; empty if there is none.
     */
    public static List<String> matching(final List<String> names, final String pattern)
    {
        final StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++)
        {
            final char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }

        final Pattern compiled = Pattern.compile(regex.toString());
        return names.stream().filter((name) -> compiled.matcher(name).matches()).toList();
    }
}
