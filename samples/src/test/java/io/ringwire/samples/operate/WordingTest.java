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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordingTest
{
    @ParameterizedTest
    @CsvSource({
        "-5, 0.0s", "0, 0.0s", "1234, 1.2s", "59999, 59.9s", "60000, 1m00s", "3599999, 59m59s", "3600000, 1h00m",
        "86399999, 23h59m", "86400000, 1d00h", "9000000000, 104d04h" })
    void shouldTellAnAgeInTwoUnits(final long ageMs, final String words)
    {
        assertThat(Wording.age(ageMs)).isEqualTo(words);
    }

    @Test
    void shouldNotLetNamesCommandTheTerminal()
    {
        assertThat(Wording.printable("a\033[2Jb\rc\u009bd\te\n")).isEqualTo("a?[2Jb?c?d\te\n");
    }
}
