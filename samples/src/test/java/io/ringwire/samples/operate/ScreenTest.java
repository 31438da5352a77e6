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
package io.ringwire.samples.operate;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest
{
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void shouldShowAllWhereTheSizeIsUnknown()
    {
        screen.size("").show(List.of("head", " line"));
        assertThat(text()).isEqualTo("\033[H\033[2J\033[1mhead\033[0m\033[K\n line\033[K\n\033[J");
        screen.size("0 0").show(List.of(" again"));
        assertThat(text()).endsWith("\033[J\033[H again\033[K\n\033[J");
    }

    @Test
    void shouldCutToTheSizeAndSayHowMuch()
    {
        screen.size("4 12").show(List.of(" 1", " 2", " 3 is wide and more"));
        assertThat(text()).contains(" 1\033[K\n 2\033[K\n 3 is wide a\033[K\n\033[J");
        screen.size("4 80").show(List.of(" 1", " 2", " 3", " 4"));
        assertThat(text())
            .endsWith(" 2\033[K\n... and 2 lines more: a taller window, --no-zeros or --filter\033[K\n\033[J");
        screen.size("1 80").show(List.of(" 1", " 2"));
        assertThat(text()).contains("\033[H... and 2 lines more");
    }

    private String text()
    {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
