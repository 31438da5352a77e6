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
package io.ringwire.system;

import io.ringwire.ProjectRoot;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ThreadingMode;
import io.ringwire.stats.CounterLabel;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.SessionCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the table of counters in {@code src/docs/operations.md} true.
 */
class OperationsTableTest extends SystemTest
{
    private static final Pattern ROW = Pattern.compile(
        "^\\| `([a-z0-9-]+)` \\| (session|agent|engine) \\| ([A-Z_]+) \\| ([a-z]+) \\|", Pattern.MULTILINE);

    private final String docs;

    @TempDir
    private Path directory;

    OperationsTableTest() throws IOException
    {
        docs = Files.readString(ProjectRoot.resolve("src/docs/operations.md"));
    }

    @Test
    void shouldHaveEveryCounterOfAnEngineAndNoOther()
    {
        final EngineContext context = context(ThreadingMode.INVOKER);
        context.observation().enabled(false);
        context.journal().directory(directory).minFreeBytes(0);
        launch(context);
        connectLive(config());

        final Set<String> counters = new TreeSet<>();
        engine.counters().forEach((id, typeId, key, label) ->
            counters.add(describe(CounterLabel.parse(label)) + ' ' + CounterType.of(typeId)));
        assertThat(rows((row) -> row.group(1) + ' ' + row.group(2) + ' ' + row.group(3))).isEqualTo(counters);
    }

    @Test
    void shouldNameTheThreadThatWritesACounterOfASession()
    {
        assertThat(rows((row) -> row.group(1) + ' ' + row.group(4))).containsAll(
            Arrays.stream(SessionCounters.Id.values())
                .map((id) -> id.label() + ' ' + id.owner().name().toLowerCase(Locale.ROOT))
                .toList());
    }

    private Set<String> rows(final Function<MatchResult, String> columns)
    {
        return ROW.matcher(docs).results().map(columns).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String describe(final CounterLabel label)
    {
        return label.name() + (label.session() != null ? " session" : label.agent() != null ? " agent" : " engine");
    }
}
