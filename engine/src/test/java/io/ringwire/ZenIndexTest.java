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
package io.ringwire;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the tables of {@code src/docs/zenwebsocket.md} true: every number has its row, and every row of a number names
 * a test that exists and bears the number in its name or its display name.
 */
class ZenIndexTest
{
    private static final int WEAKNESSES = 35;
    private static final int FAULTS = 22;
    private static final Pattern ROW = Pattern.compile("^\\| ([WG]\\d+) \\|.*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`([a-z]+)\\.([A-Z]\\w+Test)\\.(\\w+)`");

    private final String docs;

    ZenIndexTest() throws IOException
    {
        docs = Files.readString(ProjectRoot.resolve("src/docs/zenwebsocket.md"));
    }

    @Test
    void shouldHaveARowForEveryNumberWithATestOfThatName()
    {
        final Map<String, String> rows = new TreeMap<>();
        final Matcher row = ROW.matcher(docs);
        while (row.find())
        {
            assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1) + " stands there twice").isNull();
        }

        assertThat(rows).containsOnlyKeys(Stream.concat(numbers("W", WEAKNESSES), numbers("G", FAULTS)).toList());
        rows.forEach((number, cell) ->
            assertThat(testsIn(cell)).as(number).isNotEmpty().allMatch((test) -> bears(test, number)));
    }

    @Test
    void shouldNameNoTestThatIsNotThere()
    {
        assertThat(testsIn(docs)).hasSizeGreaterThan(WEAKNESSES + FAULTS);
    }

    private static Stream<String> numbers(final String letter, final int last)
    {
        return IntStream.rangeClosed(1, last).mapToObj((number) -> letter + number);
    }

    private static List<Method> testsIn(final String text)
    {
        final List<Method> tests = new ArrayList<>();
        final Matcher matcher = TEST.matcher(text);
        while (matcher.find())
        {
            tests.add(test("io.ringwire." + matcher.group(1) + '.' + matcher.group(2), matcher.group(3)));
        }

        return tests;
    }

    private static Method test(final String className, final String name)
    {
        try
        {
            return Arrays.stream(Class.forName(className).getDeclaredMethods())
                .filter((method) -> method.getName().equals(name) &&
                    (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no test " + name + " in " + className));
        }
        catch (final ClassNotFoundException ex)
        {
            throw new AssertionError("no class " + className, ex);
        }
    }

    private static boolean bears(final Method test, final String number)
    {
        final DisplayName shown = test.getAnnotation(DisplayName.class);
        return test.getName().matches(number.toLowerCase(Locale.ROOT) + "[A-Z].*") ||
            shown != null && shown.value().matches("(?s)(.*[^A-Z0-9])?" + number + "([^0-9].*)?");
    }
}
