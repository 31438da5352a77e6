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

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations on the command line: {@code 500ms}, {@code 10s}, {@code 2m}, or a plain number in the option's own unit.
 */
public final class DurationOption
{
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)?");

    private DurationOption()
    {
    }

    private static Duration parse(final String value, final String plainUnit)
    {
        final Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches())
        {
            throw new TypeConversionException("'" + value + "' is not a duration like 500ms, 10s or 2m");
        }

        final long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? plainUnit : matcher.group(2))
        {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** A plain number means milliseconds. */
    public static final class Milliseconds implements ITypeConverter<Duration>
    {
        @Override
        public Duration convert(final String value)
        {
            return parse(value, "ms");
        }
    }

    /** A plain number means seconds. */
    public static final class Seconds implements ITypeConverter<Duration>
    {
        @Override
        public Duration convert(final String value)
        {
            return parse(value, "s");
        }
    }
}
