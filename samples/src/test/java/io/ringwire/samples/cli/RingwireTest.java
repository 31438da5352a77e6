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
package io.ringwire.samples.cli;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RingwireTest
{
    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final Ringwire ringwire = new Ringwire(new StandardStreams(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8)));

    @Test
    void shouldHelpWithoutArguments()
    {
        assertThat(ringwire.run()).isEqualTo(2);
        assertThat(err.text()).contains("Usage: ringwire").contains("connect").contains("help");
        assertThat(out.text()).isEmpty();
    }

    @Test
    void shouldTellItsVersion()
    {
        assertThat(ringwire.run("--version")).isZero();
        assertThat(out.text()).matches("ringwire \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void shouldRefuseAnUnknownCommand()
    {
        assertThat(ringwire.run("conect")).isEqualTo(2);
        assertThat(err.text().lines()).singleElement().asString().contains("conect");
    }

    @Test
    void shouldShowAllOptionsOfAllCommands()
    {
        ringwire.commandLine().getSubcommands().forEach(this::assertHelp);
    }

    private void assertHelp(final String name, final CommandLine command)
    {
        if (!name.equals("help"))
        {
            assertThat(ringwire.run("help", name)).isZero();
            final String help = out.text().substring(out.text().lastIndexOf("Usage: ringwire " + name));
            assertThat(ringwire.run(name, "--help")).isZero();
            assertThat(out.text()).endsWith(help + help);
            assertThat(help).contains("--help");
            for (final OptionSpec option : command.getCommandSpec().options())
            {
                assertThat(help).contains(option.names());
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
            }
        }
    }
}
