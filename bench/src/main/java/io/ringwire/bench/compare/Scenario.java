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

import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Workload;

/**
 * One thing that clients are compared by.
 *
 * @param name        of it, in lower case with dashes: {@code rtt-128}.
 * @param title       a line that says what happens.
 * @param figure      that decides.
 * @param kind        of traffic.
 * @param path        and query of the server's URI.
 * @param sizeBytes   length of a message.
 * @param sessions    connections at once.
 * @param timestamped true if the messages received begin with the time they were due.
 * @param deflate     true to offer permessage-deflate.
 * @param tls         true for {@code wss}.
 */
public record Scenario(
    String name,
    String title,
    Figure figure,
    Workload.Kind kind,
    String path,
    int sizeBytes,
    int sessions,
    boolean timestamped,
    boolean deflate,
    boolean tls)
{
    /**
     * What is better than what.
     */
    public enum Figure
    {
        /** The median latency: less is better. */
        P50,

        /** The 99th percentile of the latency: less is better. */
        P99,

        /** Messages a second: more is better. */
        RATE
    }

    /**
     * The work of a client.
     *
     * @param authority of the server: {@code 127.0.0.1:4711}.
     * @param extent    how long.
     * @param timeoutNs for the whole run.
     * @return it.
     */
    public Workload workload(final String authority, final Extent extent, final long timeoutNs)
    {
        final String uri = (tls ? "wss://" : "ws://") + authority + path;
        return new Workload(kind, uri, sizeBytes, sessions, timestamped, deflate, extent, timeoutNs);
    }
}
