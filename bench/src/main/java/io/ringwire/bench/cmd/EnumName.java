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
package io.ringwire.bench.cmd;

import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads a constant of an enum by its name in lower case.
 *
 * @param <E> the enum.
 */
abstract class EnumName<E extends Enum<E>> implements ITypeConverter<E>
{
    private final List<E> choices;

    EnumName(final List<E> choices)
    {
        this.choices = choices;
    }

    @Override
    public final E convert(final String name)
    {
        return choices.stream()
            .filter((choice) -> of(choice).equals(name.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new TypeConversionException("expected one of " +
                choices.stream().map(EnumName::of).collect(Collectors.joining(", ")) + " but was '" + name + '\''));
    }

    static String of(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static final class Mode extends EnumName<ThreadingMode>
    {
        Mode()
        {
            super(List.of(ThreadingMode.INLINE, ThreadingMode.DEDICATED, ThreadingMode.SHARED));
        }
    }

    static final class Idle extends EnumName<IdleMode>
    {
        Idle()
        {
            super(List.of(IdleMode.values()));
        }
    }

    static final class Carrier extends EnumName<Transport>
    {
        Carrier()
        {
            super(List.of(Transport.values()));
        }
    }
}
