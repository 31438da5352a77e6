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
package io.ringwire.config;

import io.ringwire.ProjectRoot;
import io.ringwire.feed.FeedPolicy;
import io.ringwire.feed.RotationPolicy;
import io.ringwire.pool.PoolPolicy;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class PropertyTableTest
{
    private static final Pattern PROPERTY = Pattern.compile("^\\| `(ringwire\\.[^`]+)`", Pattern.MULTILINE);
    private static final Pattern SETTING =
        Pattern.compile("\\| `((?:EngineContext|SessionConfig|\\w+Policy)\\.\\w+)` \\|");

    private final String docs;

    PropertyTableTest() throws IOException
    {
        docs = Files.readString(ProjectRoot.resolve("src/docs/configuration.md"));
    }

    @Test
    void shouldDocumentEveryPropertyAndNoOther() throws IllegalAccessException
    {
        final Set<String> properties = new TreeSet<>();
        for (final Field field : Configuration.class.getFields())
        {
            if (field.getName().endsWith("_PROP_NAME"))
            {
                properties.add((String)field.get(null));
            }
        }

        assertThat(namesIn(PROPERTY)).isEqualTo(properties);
    }

    @Test
    void shouldDocumentEverySettingAndNoOther()
    {
        final Set<String> settings = new TreeSet<>();
        settings().forEach(
            (type) -> Arrays.stream(type.getDeclaredMethods())
                .filter((method) -> isSetting(type, method))
                .forEach((method) -> settings.add(type.getSimpleName() + "." + method.getName())));
        assertThat(namesIn(SETTING)).isEqualTo(settings);
    }

    /**
     * The types a user sets: the policies are found as the types of the configuration's own settings.
     */
    private static Stream<Class<?>> settings()
    {
        return Stream.concat(
            Stream.of(
                EngineContext.class, SessionConfig.class, PoolPolicy.class, FeedPolicy.class, RotationPolicy.class),
            Stream.of(EngineContext.class, SessionConfig.class)
                .flatMap((type) -> Arrays.stream(type.getMethods()))
                .filter((method) -> method.getParameterCount() == 0)
                .map(Method::getReturnType)
                .filter((type) -> type.getSimpleName().endsWith("Policy") && !type.isEnum()));
    }

    private static boolean isSetting(final Class<?> type, final Method method)
    {
        return Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0 &&
            method.getReturnType() == type && !method.getName().equals("conclude");
    }

    private Set<String> namesIn(final Pattern pattern)
    {
        final Set<String> names = new TreeSet<>();
        final Matcher matcher = pattern.matcher(docs);
        while (matcher.find())
        {
            names.add(matcher.group(1));
        }

        return names;
    }
}
