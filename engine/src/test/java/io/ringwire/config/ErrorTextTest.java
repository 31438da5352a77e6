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
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Error texts name only settings that exist: {@code heartbeat.intervalNs} is a method of the type that
 * {@code SessionConfig.heartbeat()} returns.
 */
class ErrorTextTest
{
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\n]*)\"");

    @Test
    void shouldNameOnlySettingsThatExist() throws IOException
    {
        final Map<String, Class<?>> policies = Arrays.stream(SessionConfig.class.getMethods())
            .filter((method) -> method.getParameterCount() == 0 &&
                method.getReturnType().getSimpleName().endsWith("Policy") && !method.getReturnType().isEnum())
            .collect(Collectors.toMap(Method::getName, Method::getReturnType));
        final Pattern setting =
            Pattern.compile("(?<!ringwire\\.)\\b(" + String.join("|", policies.keySet()) + ")\\.([a-z]\\w+)");
        final List<MatchResult> named = sources().flatMap((text) -> LITERAL.matcher(text).results())
            .flatMap((literal) -> setting.matcher(literal.group(1)).results())
            .toList();
        assertThat(named).hasSizeGreaterThan(policies.size()).allSatisfy((result) ->
            assertThat(policies.get(result.group(1)).getMethods()).as(result.group())
                .anyMatch((method) -> method.getName().equals(result.group(2))));
    }

    private static Stream<String> sources() throws IOException
    {
        try (Stream<Path> files = Files.walk(ProjectRoot.resolve("engine/src/main/java")))
        {
            return files.filter((file) -> file.toString().endsWith(".java")).toList().stream().map(ErrorTextTest::read);
        }
    }

    private static String read(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
