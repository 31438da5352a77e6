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
package io.ringwire.tls;

import io.netty.handler.ssl.OpenSsl;
import io.ringwire.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What BoringSSL holds of a connection, some 30 KiB, comes back however the connection ends.
 */
@Timeout(120)
class NativeMemoryTest
{
    private static final int WARM_UP = 200;
    private static final int CONNECTIONS = Integer.getInteger("ringwire.test.tls.connections", 600);
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;

    @Test
    void shouldGiveNativeMemoryBack() throws Exception
    {
        assumeTrue(OpenSsl.isAvailable() && Files.exists(Path.of("/proc/self/statm")), "no BoringSSL or no /proc here");
        final List<String> options = List.of(
            "-Dio.netty.leakDetection.level=disabled",
            "-Xms48m", "-Xmx48m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        ForkedJvm.run(0, "test.options", options, NativeMemoryRun.class, WARM_UP, CONNECTIONS, LIMIT_BYTES);
    }
}
