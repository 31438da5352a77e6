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
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class MachineTest
{
    private static final String GOVERNOR = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";

    @TempDir
    private Path root;

    @Test
    void shouldTellWhatFiguresMustBeReadWith()
    {
        MadeUpMachine.perfect(root)
            .file("/proc/cpuinfo", "model name\t: Made Up 1000\nflags\t\t: fpu tsc\n")
            .file("/proc/loadavg", "0.52 0.30 0.10 1/200 4711\n")
            .file("/proc/stat", "cpu  100 0 100 9800 0 0 0 17 0 0\n");
        final Machine machine = new Machine(root);

        assertThat(machine.facts())
            .containsEntry("processor", "Made Up 1000")
            .containsEntry("governor", "performance")
            .containsEntry("load average", "0.52")
            .containsKeys("cores", "kernel", "clock source", "hypervisor", "transparent pages");
        assertThat(machine.warnings()).isEmpty();
        assertThat(machine.stolenMs()).isEqualTo(170);
    }

    @Test
    void shouldWarnOfWhatSpoilsThem()
    {
        MadeUpMachine.perfect(root).file(GOVERNOR, "powersave\n");

        assertThat(new Machine(root).warnings()).singleElement().asString()
            .startsWith("governor:").contains("powersave").contains("cpupower");
    }

    @Test
    void shouldTellWhyNothingIsKnown()
    {
        final Machine machine = new Machine(root);

        assertThat(machine.facts().get("processor")).contains("/proc/cpuinfo").contains("no such file");
        assertThat(machine.stolenMs()).isZero();
    }
}
