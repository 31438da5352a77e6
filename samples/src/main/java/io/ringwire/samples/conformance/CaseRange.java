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
package io.ringwire.samples.conformance;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cases to run: {@code 7} or {@code 3-12}.
 *
 * @param first number, from 1.
 * @param last  number.
 */
record CaseRange(int first, int last)
{
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /** From the command line. */
    static final class Converter implements ITypeConverter<CaseRange>
    {
        @Override
        public CaseRange convert(final String value)
        {
            final Matcher matcher = RANGE.matcher(value);
            if (matcher.matches())
            {
                final int first = Integer.parseInt(matcher.group(1));
                final int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
                if (first > 0 && first <= last)
                {
                    return new CaseRange(first, last);
                }
            }

            throw new TypeConversionException("'" + value + "' is not a case like 7 or a range like 3-12");
        }
    }
}
