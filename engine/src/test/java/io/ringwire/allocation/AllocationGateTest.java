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
package io.ringwire.allocation;

import io.netty.channel.epoll.Epoll;
import io.netty.handler.ssl.OpenSsl;
import io.ringwire.ForkedJvm;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs {@link AllocationRun}, {@link TlsAllocationRun} and {@link RecordedAllocationRun} in a JVM with the options of
 * production: the leak detector of the tests allocates.
 */
@Timeout(180)
class AllocationGateTest
{
    /** What a record may cost with the JDK's engine: it costs up to 1,520 B on JDK 17, 1,624 B on 25. */
    private static final int JDK_RECORD_BYTES = 1800;
    private static final String GATE = "gate";
    private static final String REPORT = "report";

    @Test
    void shouldNotAllocateOnTheEnginesThreads() throws Exception
    {
        assumeTrue(Epoll.isAvailable(), "no epoll on this machine");
        run(Transport.EPOLL, GATE);
    }

    @Test
    void shouldNotAllocateEvenWithoutEscapeAnalysis() throws Exception
    {
        assumeTrue(Epoll.isAvailable(), "no epoll on this machine");
        run(Transport.EPOLL, GATE, "-XX:-DoEscapeAnalysis");
    }

    @Test
    void shouldReportWhatTheSelectorOfTheJdkAllocates() throws Exception
    {
        run(Transport.NIO, REPORT);
    }

    @ParameterizedTest
    @EnumSource(names = { "DEDICATED", "INLINE" })
    void shouldNotAllocateWithBoringSsl(final ThreadingMode mode) throws Exception
    {
        assumeTrue(Epoll.isAvailable() && OpenSsl.isAvailable(), "no epoll or no BoringSSL on this machine");
        java(TlsAllocationRun.class, List.of("-XX:-DoEscapeAnalysis"), TlsProvider.BORINGSSL, mode, 0);
    }

    @Test
    void shouldKeepTheJdksTlsWithinItsBudget() throws Exception
    {
        assumeTrue(Epoll.isAvailable(), "no epoll on this machine");
        java(TlsAllocationRun.class, List.of(), TlsProvider.JDK, ThreadingMode.DEDICATED, JDK_RECORD_BYTES);
    }

    @ParameterizedTest
    @EnumSource(names = { "DEDICATED", "INLINE" })
    void shouldNotAllocateWhileItRecords(final ThreadingMode mode, @TempDir final Path directory) throws Exception
    {
        assumeTrue(Epoll.isAvailable(), "no epoll on this machine");
        java(RecordedAllocationRun.class, List.of("-XX:-DoEscapeAnalysis"), mode, directory);
    }

    private static void run(final Transport transport, final String purpose, final String... jvmOptions)
        throws IOException, InterruptedException
    {
        System.out.println(transport + " " + String.join(" ", jvmOptions));
        java(AllocationRun.class, List.of(jvmOptions), transport, purpose);
    }

    private static void java(final Class<?> program, final List<String> jvmOptions, final Object... args)
        throws IOException, InterruptedException
    {
        final List<String> options = new ArrayList<>(List.of("-Xms128m", "-Xmx128m"));
        options.addAll(jvmOptions);
        ForkedJvm.run(0, "low-latency.options", options, program, args);
    }
}
