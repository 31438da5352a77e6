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
package io.ringwire.samples.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTest
{
    @Test
    void shouldMakeANameOfAnyTextAndNoneTwice()
    {
        final FileNames names = new FileNames();

        assertThat(names.of("../etc/<x>|y z")).isEqualTo("etc-x-y-z");
        assertThat(names.of("rtt-128")).isEqualTo("rtt-128");
        assertThat(names.of("RTT 128")).isEqualTo("RTT-128-2");
        assertThat(names.of("rtt/128")).isEqualTo("rtt-128-3");
        assertThat(names.of(".hidden")).isEqualTo("hidden");
        assertThat(names.of("")).isEqualTo("file");
        assertThat(names.of("//")).isEqualTo("file-2");
        assertThat(names.of("a".repeat(1_000))).hasSize(120);
    }
}
