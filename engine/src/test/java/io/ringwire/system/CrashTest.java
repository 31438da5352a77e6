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

import io.ringwire.ForkedJvm;
import io.ringwire.stats.CountersFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an engine leaves behind that had no time for it.
 */
@Timeout(60)
class CrashTest
{
    private static final int KILLED_STATUS = 128 + 9;

    @TempDir
    Path directory;

    @Test
    void shouldLeaveItsCountersAndErrorsWhenItIsKilled() throws Exception
    {
        ForkedJvm.run(KILLED_STATUS, "test.options", List.of(), CrashRun.class, directory);

        final List<Path> files = CountersFileReader.list(directory);
        assertThat(files).hasSize(1);
        final CountersFileReader reader = CountersFileReader.open(files.get(0));
        assertThat(reader.isAlive()).isFalse();
        assertThat(reader.activityMs()).isGreaterThanOrEqualTo(reader.startMs());
        final Map<String, Long> values = new HashMap<>();
        reader.counters().forEach((value, id, label) -> values.put(label, value));
        assertThat(values)
            .containsEntry("messages-received session=venue", 1L)
            .containsEntry("messages-delivered session=venue", 1L)
            .containsEntry("errors engine", 1L);
        assertThat(reader.errors((count, firstMs, lastMs, text) -> assertThat(text).contains("the last error")))
            .isEqualTo(1);
    }
}
