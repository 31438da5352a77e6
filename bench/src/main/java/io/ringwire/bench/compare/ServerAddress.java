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
package io.ringwire.bench.compare;

import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Where the load server listens.
 *
 * @param authority    of {@code ws} URIs: {@code 127.0.0.1:4711}.
 * @param tlsAuthority of {@code wss} URIs; empty if it does not listen for them.
 * @param hasCapture   true if it has a capture to play.
 * @param exitCode     asked when something fails: that of its process, empty while it runs or if nobody knows.
 */
public record ServerAddress(
    String authority, String tlsAuthority, boolean hasCapture, Supplier<OptionalInt> exitCode)
{
    /**
     * Why a scenario cannot be run against it.
     *
     * @param scenario to run.
     * @return one line, empty if it can.
     */
    String obstacle(final Scenario scenario)
    {
        if (scenario.tls() && tlsAuthority.isEmpty())
        {
            return "left out: the server does not listen for wss";
        }

        return scenario.path().equals(Scenarios.CAPTURE_PATH) && !hasCapture ?
            "left out: there is no capture to play (see --capture)" : "";
    }

    String authority(final Scenario scenario)
    {
        return scenario.tls() ? tlsAuthority : authority;
    }
}
