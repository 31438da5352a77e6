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

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContextSwitchesTest
{
    private static final String TASK = "/proc/self/task/";

    @TempDir
    private Path root;

    @Test
    void shouldFindAThreadByTheNameThatTheKernelCut() throws IOException
    {
        new MadeUpMachine(root)
            .file(TASK + "7/comm", "java")
            .file(TASK + "8/comm", "ringwire-handle")
            .file(TASK + "8/status", "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t70\n");
        final SystemFiles files = new SystemFiles(root);

        assertThat(ContextSwitches.of(files, "ringwire-handler-0").since(new ContextSwitches(2, 30)))
            .isEqualTo(new ContextSwitches(3, 40));
        assertThatThrownBy(() -> ContextSwitches.of(files, "ringwire-io"))
            .isInstanceOf(IOException.class).hasMessageContaining("no thread ringwire-io");
    }
}
