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
package io.ringwire.thread;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ThreadCpuTest
{
    private static final String BEHIND_NAME = " S" + " 7".repeat(35);

    @Test
    void shouldTellACoreThatThisThreadMayRunOn()
    {
        assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "no /proc on this machine");
        try (ThreadCpu cpu = ThreadCpu.ofCurrent())
        {
            for (int i = 0; i < 10; i++)
            {
                assertThat(cpu.read()).isNotNegative();
            }
        }
    }

    @Test
    void shouldTellNothingBehindTheEndOfTheThread() throws InterruptedException
    {
        final ThreadCpu[] cpu = new ThreadCpu[1];
        final Thread thread = new Thread(() -> cpu[0] = ThreadCpu.ofCurrent());
        thread.start();
        thread.join();
        while (cpu[0].read() != ThreadCpu.UNKNOWN)
        {
            Thread.onSpinWait(); // ends when the kernel has let go of the thread; @Timeout of the build otherwise
        }

        cpu[0].close();
        assertThat(cpu[0].read()).isEqualTo(ThreadCpu.UNKNOWN);
    }

    @Test
    void shouldReadTheFieldBehindAnyName()
    {
        assertThat(processor("12 (io) 9 (x) y)" + BEHIND_NAME + " 13 0 0\n")).isEqualTo(13);
        assertThat(processor("12 (a)" + BEHIND_NAME + " 5")).isEqualTo(5);
        assertThat(processor("12 (a)" + BEHIND_NAME)).isEqualTo(ThreadCpu.UNKNOWN);
        assertThat(processor("12 (a")).isEqualTo(ThreadCpu.UNKNOWN);
        assertThat(processor("")).isEqualTo(ThreadCpu.UNKNOWN);
        assertThat(ThreadCpu.processor(new byte[0], -1)).isEqualTo(ThreadCpu.UNKNOWN);
    }

    private static int processor(final String stat)
    {
        final byte[] bytes = stat.getBytes(StandardCharsets.US_ASCII);
        return ThreadCpu.processor(bytes, bytes.length);
    }
}
