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
package io.ringwire.samples.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files that are made of any text: letters, digits, dots and hyphens, no name twice, also where upper and
 * lower case are the same. For one thread.
 */
public final class FileNames
{
    private static final int MAX_LENGTH = 120;
    private static final String NAMELESS = "file";

    private final Set<String> names = new HashSet<>();

    /**
     * Make a name.
     *
     * @param text to make it of.
     * @return a name that was not returned before, without an extension.
     */
    public String of(final String text)
    {
        final String clean = text.replaceAll("[^A-Za-z0-9.]+", "-").replaceFirst("^[.-]+", "");
        final String stem = clean.isEmpty() ? NAMELESS : clean.substring(0, Math.min(MAX_LENGTH, clean.length()));
        String name = stem;
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++)
        {
            name = stem + "-" + i;
        }

        return name;
    }
}
