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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class JvmTest
{
    private final Map<String, String> flags = new HashMap<>(Map.of(
        "InitialHeapSize", "1073741824", "MaxHeapSize", "1073741824", "AlwaysPreTouch", "true",
        "UsePerfData", "false", "PerfDisableSharedMem", "false", "GuaranteedSafepointInterval", "0"));

    @Test
    void shouldBeContentWithGoodFlags()
    {
        for (final String name : List.of(
            "collector", "heap", "heap touched", "statistics file", "safepoint interval", "agents"))
        {
            assertThat(finding(name).verdict()).as(name).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldWarnOfBadFlags()
    {
        flags.putAll(Map.of("InitialHeapSize", "268435456", "AlwaysPreTouch", "false", "UsePerfData", "true",
            "GuaranteedSafepointInterval", "1000"));
        assertThat(finding("heap").advice()).contains("-Xms1024m -Xmx1024m");
        assertThat(finding("heap touched").advice()).contains("-XX:+AlwaysPreTouch");
        assertThat(finding("statistics file").advice()).contains("-XX:-UsePerfData");
        assertThat(finding("safepoint interval").advice()).contains("-XX:GuaranteedSafepointInterval=0");
        flags.put("PerfDisableSharedMem", "true");
        assertThat(finding("statistics file").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldSayUnknownWhereTheJvmKeepsSilent()
    {
        flags.remove("MaxHeapSize");
        assertThat(finding("heap").advice()).isEqualTo("this JVM has no readable flag MaxHeapSize");
        flags.put("MaxHeapSize", "huge");
        assertThat(finding("heap").advice()).contains("'huge' is not a number");
        flags.clear();
        assertThat(finding("heap touched").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding("safepoint interval").found() + finding("safepoint interval").advice()).isNotEmpty();
    }

    @Test
    void shouldNameAgentsAndTheDefaultCollector()
    {
        final Jvm jvm = new Jvm(
            flags::get, List.of("-Xmx1g", "-agentlib:jdwp=transport=x,password=y"), List.of("G1 Young Generation"));
        assertThat(finding(jvm, "agents").found()).isEqualTo("-agentlib:jdwp");
        assertThat(finding(jvm, "collector").advice()).contains("-XX:+UseParallelGC");
    }

    private Finding finding(final String name)
    {
        return finding(new Jvm(flags::get, List.of("-Xmx1g"), List.of("PS Scavenge")), name);
    }

    private static Finding finding(final Jvm jvm, final String name)
    {
        return jvm.room().checks().stream()
            .filter((check) -> check.name().equals(name)).findFirst().orElseThrow().run();
    }
}
