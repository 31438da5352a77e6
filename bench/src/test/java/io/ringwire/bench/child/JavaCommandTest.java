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
package io.ringwire.bench.child;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JavaCommandTest
{
    private static final List<String> PARENT = List.of("-XX:+UseParallelGC", "-Xmx512m", "-Xms512m", "-Xmn64m",
        "-XX:+AlwaysPreTouch", "-javaagent:x.jar", "-agentpath:y.so", "-agentlib:jdwp=z", "-ea", "-ea:io.ringwire...",
        "-Xss1m", "-Da=b", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    @Test
    void shouldInheritAllButHeapAgentsAndAssertions()
    {
        assertThat(JavaCommand.options(PARENT, List.of("-Xmx64m"))).containsExactly("-XX:+UseParallelGC", "-Xss1m",
            "-Da=b", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx64m");
    }

    @Test
    void shouldHaveOneCollector()
    {
        final List<String> own = List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx64m");
        assertThat(JavaCommand.options(PARENT, own)).containsExactly("-Xss1m", "-Da=b",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC", "-Xmx64m");
    }

    @Test
    void shouldNameTheMainClassBehindTheOptions()
    {
        final List<String> command = JavaCommand.of(List.of("-Xmx64m"), String.class, List.of("a", "b"));
        assertThat(command.get(0)).endsWith("java");
        assertThat(command.subList(1, command.size())).containsExactly(
            "-Xmx64m", "-cp", System.getProperty("java.class.path"), "java.lang.String", "a", "b");
    }
}
