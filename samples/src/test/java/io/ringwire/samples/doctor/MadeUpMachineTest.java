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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class MadeUpMachineTest
{
    private static final List<String> GARBAGE = List.of(
        "", "\n\n", "-1", "0", "99999999999999999999999", "9223372036854775807", "nonsense", "0-", "7-3", ",", "::",
        "max", "max max", "1 0", "\u001b[2J\u0000\u0007", "0-2147483647", "cpu", "cpu x y z", "cpu 1 2 3 4 5 6 7 x",
        "0::/../../etc", "1:cpu,cpuacct:/a\n2:memory:\n3:cpuset", "Max open files\nSwapTotal:\nHugePages_Total: x",
        "isolcpus=x nohz_full=9-1", "Cpus_allowed_list:\tx", "nr_throttled x", "oom_kill x", "fffffffffz", "@|red x|@");

    @TempDir
    private Path root;

    @Test
    void shouldFindNothingToMendOnAPerfectMachine()
    {
        assertThat(MadeUpMachine.perfect(root).findings())
            .allSatisfy((finding) -> assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.OK));
        assertThat(MadeUpMachine.perfect(root).findings(true))
            .allSatisfy((finding) -> assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.OK));
    }

    @Test
    void shouldSayUnknownAndWhyWhereNothingIsTold()
    {
        assertThat(new MadeUpMachine(root).findings()).allSatisfy((finding) ->
        {
            assertThat(finding.verdict()).as(finding.toString()).isIn(Verdict.UNKNOWN, Verdict.OK);
            assertThat(finding.found() + finding.advice()).as(finding.toString())
                .isNotEmpty().doesNotContain("the probe failed");
        });
        assertThat(new MadeUpMachine(root).finding("core isolation").advice())
            .isEqualTo("/proc/cmdline: there is no such file");
        assertThat(new MadeUpMachine(root).finding("CPU quota").advice())
            .isEqualTo("/proc/self/cgroup: there is no such file");
    }

    @Test
    void shouldSurviveAnyFileSpoilt() throws IOException
    {
        final MadeUpMachine machine = MadeUpMachine.perfect(root);
        final long seed = Long.getLong("seed", new Random().nextLong());
        final Random random = new Random(seed);
        for (final Path file : machine.files())
        {
            final byte[] before = Files.readAllBytes(file);
            Files.delete(file);
            switch (random.nextInt(4))
            {
                case 0 -> Files.createDirectory(file);
                case 1 -> Files.write(file, bytes(random));
                default -> Files.writeString(file, GARBAGE.get(random.nextInt(GARBAGE.size())));
            }

            assertSpeaking(machine, file + " spoilt, -Dseed=" + seed);
            Files.delete(file);
            Files.write(file, before);
        }
    }

    @Test
    void shouldSurviveAllFilesSpoilt() throws IOException
    {
        final MadeUpMachine machine = MadeUpMachine.perfect(root);
        final List<Path> files = machine.files();
        for (final String garbage : GARBAGE)
        {
            for (final Path file : files)
            {
                Files.writeString(file, garbage);
            }

            assertSpeaking(machine, "all files hold '" + garbage + "'");
        }

        for (final Path file : files)
        {
            Files.delete(file);
            Files.createDirectory(file);
        }

        assertSpeaking(machine, "all files are folders");
    }

    @Test
    void shouldSayThatItMustNotRead()
    {
        assertThat(SystemFiles.reasonOf("/proc/stat", new AccessDeniedException("/proc/stat")))
            .isEqualTo("/proc/stat: permission denied");
    }

    private static byte[] bytes(final Random random)
    {
        final byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertSpeaking(final MadeUpMachine machine, final String when)
    {
        assertThat(machine.findings()).as(when).noneMatch((finding) ->
        {
            final String text = finding.found() + finding.advice();
            return text.isEmpty() || text.contains("the probe failed") || text.length() > 700 ||
                text.chars().anyMatch(Character::isISOControl);
        });
    }
}
