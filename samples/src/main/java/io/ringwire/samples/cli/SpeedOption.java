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

/**
 * How fast a recording goes: a factor, {@code recorded} for 1, or {@code max} for infinity.
 */
public final class SpeedOption implements ITypeConverter<Double>
{
    @Override
    public Double convert(final String value)
    {
        try
        {
            final double factor = switch (value)
            {
                case "recorded" -> 1;
                case "max" -> Double.POSITIVE_INFINITY;
                default -> Double.parseDouble(value);
            };
            if (factor > 0)
            {
                return factor;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw refusal(value);
        }

        throw refusal(value);
    }

    private static TypeConversionException refusal(final String value)
    {
        return new TypeConversionException("'" + value + "' is not a factor above zero, 'recorded' or 'max'");
    }
}
