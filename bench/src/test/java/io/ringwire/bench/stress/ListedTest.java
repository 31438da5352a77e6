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
package io.ringwire.bench.stress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the annotation processors of jcstress and JMH did not list would never run, and nobody would be told.
 */
class ListedTest
{
    private static final Path CLASSES = Path.of("target", "classes");
    private static final String SUFFIX = ".class";

    @ParameterizedTest
    @CsvSource({"stress,Test,TestList", "micro,Benchmark,BenchmarkList"})
    void shouldListAll(final String directory, final String ending, final String list) throws IOException
    {
        final String listed =
            Files.readString(CLASSES.resolve("META-INF").resolve(list), StandardCharsets.ISO_8859_1);
        final List<String> names;
        try (Stream<Path> files = Files.list(CLASSES.resolve("io/ringwire/bench").resolve(directory)))
        {
            names = files.map((file) -> file.getFileName().toString())
                .filter((name) -> name.endsWith(ending + SUFFIX))
                .map((name) -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
        }

        assertThat(names).isNotEmpty().allSatisfy((name) ->
            assertThat(listed).contains("io.ringwire.bench." + directory + "." + name));
    }
}
