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
package io.ringwire.system;

import io.ringwire.Engine;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * An engine in a process that is killed in the middle of it. Run by {@link CrashTest}.
 */
final class CrashRun
{
    private CrashRun()
    {
    }

    public static void main(final String[] args) throws Exception
    {
        final CountDownLatch told = new CountDownLatch(1);
        try (RawVenue venue = new RawVenue();
            Engine engine = Engine.launch(new EngineContext()
                .threadingMode(ThreadingMode.DEDICATED)
                .observation(new ObservationPolicy().directory(Path.of(args[0])))
                .eventLog((level, source, message, cause) -> {})
                .errorHandler((error) -> told.countDown())))
        {
            final Pump pump = new Pump(engine);
            engine.connect(new SessionConfig().uri(venue.uri("/")).name("venue").messageHandler(
                (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                    throw new IllegalStateException("the last error");
                }));
            final RawConnection connection = venue.accept(pump);
            connection.upgrade();
            connection.writeText("hello");
            told.await();
            new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        }
    }
}
