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
package io.ringwire;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The layers of the engine: an arrow may only point down.
 */
class LayeringTest
{
    private static final String ROOT = "io.ringwire";
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
        Map.entry("io.ringwire.api", 0),
        Map.entry("io.ringwire.dialect", 0),
        Map.entry("io.ringwire.frame", 0),
        Map.entry("io.ringwire.json", 0),
        Map.entry("io.ringwire.stats", 0),
        Map.entry("io.ringwire.thread", 0),
        Map.entry("io.ringwire.config", 1),
        Map.entry("io.ringwire.jfr", 1),
        Map.entry("io.ringwire.ring", 1),
        Map.entry("io.ringwire.tape", 1),
        Map.entry("io.ringwire.session", 2),
        Map.entry("io.ringwire.venue", 2),
        Map.entry("io.ringwire.venue.binance", 3),
        Map.entry("io.ringwire.venue.coinbase", 3),
        Map.entry("io.ringwire.venue.deribit", 3),
        Map.entry("io.ringwire.venue.kraken", 3),
        Map.entry("io.ringwire.tls", 2),
        Map.entry("io.ringwire.handshake", 3),
        Map.entry("io.ringwire.io", 4),
        Map.entry("io.ringwire.handler", 4),
        Map.entry("io.ringwire.control", 5),
        Map.entry("io.ringwire.feed", 5),
        Map.entry("io.ringwire.journal", 6),
        Map.entry("io.ringwire.pool", 6),
        Map.entry("io.ringwire", 7),
        Map.entry("io.ringwire.micrometer", 8));

    /** Constants of the protocol, which the public API names. */
    private static final Set<String> ALLOWED_ACROSS = Set.of("io.ringwire.frame -> io.ringwire.api");

    private final JavaClasses classes = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(ROOT);

    @Test
    void shouldKnowTheLayerOfEveryPackage()
    {
        final Set<String> packages = new TreeSet<>();
        classes.forEach((javaClass) -> packages.add(javaClass.getPackageName()));
        assertThat(packages).containsExactlyInAnyOrderElementsOf(LAYERS.keySet());
    }

    @Test
    void shouldPointDownWithEveryArrow()
    {
        final Set<String> offences = new TreeSet<>();
        for (final JavaClass javaClass : classes)
        {
            for (final Dependency dependency : javaClass.getDirectDependenciesFromSelf())
            {
                final String from = dependency.getOriginClass().getPackageName();
                final String to = dependency.getTargetClass().getPackageName();
                if (isOffence(from, to))
                {
                    offences.add(dependency.getDescription());
                }
            }
        }

        assertThat(offences).isEmpty();
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages()
    {
        SlicesRuleDefinition.slices().matching("io.ringwire.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void shouldKeepNettyInIoHandshakeTlsAndThread()
    {
        ArchRuleDefinition.noClasses()
            .that().resideOutsideOfPackages(
                "io.ringwire.io", "io.ringwire.handshake", "io.ringwire.tls", "io.ringwire.thread")
            .should().dependOnClassesThat().resideInAPackage("io.netty..").check(classes);
    }

    @Test
    void shouldKeepChronicleInJournal()
    {
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackage("io.ringwire.journal")
            .should().dependOnClassesThat().resideInAPackage("net.openhft..").check(classes);
    }

    @Test
    void shouldKeepMicrometerInMicrometer()
    {
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackage("io.ringwire.micrometer")
            .should().dependOnClassesThat().resideInAPackage("io.micrometer..").check(classes);
    }

    @Test
    void shouldKeepTheDisruptorInRingAndHandler()
    {
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackages("io.ringwire.ring", "io.ringwire.handler")
            .should().dependOnClassesThat().resideInAPackage("com.lmax.disruptor..").check(classes);
    }

    @Test
    void shouldNameRolesNotLeftovers()
    {
        ArchRuleDefinition.noClasses().should().haveNameMatching(".*(Utils?|Manager|Helper|Impl)").check(classes);
    }

    @Test
    void shouldSayTheLayerOfEveryPackageInItsPackageInfo()
    {
        for (final Map.Entry<String, Integer> layer : LAYERS.entrySet())
        {
            assertThat(ProjectRoot.resolve(
                "engine/src/main/java/" + layer.getKey().replace('.', '/') + "/package-info.java"))
                .content().contains("Layer " + layer.getValue() + ":");
        }
    }

    private static boolean isOffence(final String from, final String to)
    {
        return LAYERS.containsKey(to) && !from.equals(to) && LAYERS.get(to) >= LAYERS.get(from) &&
            !ALLOWED_ACROSS.contains(from + " -> " + to);
    }
}
