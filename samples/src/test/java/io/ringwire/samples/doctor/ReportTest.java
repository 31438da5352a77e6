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
package io.ringwire.samples.doctor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest
{
    private static final String COMMAND = "net.ipv4.tcp_slow_start_after_idle=0";
    private static final List<Finding> FINDINGS = List.of(
        new Finding("TCP", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
            Verdict.BAD, "Put an end to it: sysctl " + COMMAND + ' ' + COMMAND, Section.NETWORK),
        new Finding("park 1 ms", "@|red late|@", Verdict.WARN, "Wait.", Section.JITTER),
        new Finding("sleep 1 ms", "later", Verdict.WARN, "Wait.", Section.JITTER),
        new Finding("governor", "", Verdict.UNKNOWN, "nobody tells", Section.MACHINE));

    @ParameterizedTest
    @EnumSource(Section.class)
    void shouldSendToSectionsThatThereAre(final Section section) throws IOException
    {
        assertThat(Files.readAllLines(Path.of("..", "tuning.md"))).contains("## " + section.heading());
        assertThat(section.heading()).startsWith(section.number() + ". ");
    }

    @ParameterizedTest
    @ValueSource(ints = { 72, 80, 120 })
    void shouldFitIntoTheTerminalAndBreakNoCommand(final int width)
    {
        final String table = report(Ansi.OFF, width).table("Network", FINDINGS);
        assertThat(table.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        assertThat(table).contains("sysctl", COMMAND, "@|red late|@", "nobody tells").containsOnlyOnce("Wait.");
        assertThat(table.lines().filter((line) -> line.endsWith(" 7"))).singleElement().asString()
            .startsWith(" bad     TCP");
    }

    @Test
    void shouldColourTheVerdict()
    {
        assertThat(report(Ansi.ON, 80).table("Network", FINDINGS)).contains("\u001b[31mbad").contains("@|red late|@");
        assertThat(report(Ansi.OFF, 80).table("Network", FINDINGS)).doesNotContain("\u001b");
    }

    @Test
    void shouldCountVerdicts()
    {
        assertThat(Report.summary(FINDINGS)).startsWith("0 ok, 2 warn, 1 bad, 1 unknown.");
    }

    private static Report report(final Ansi ansi, final int width)
    {
        return new Report(Help.defaultColorScheme(ansi), width);
    }
}
