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
package io.ringwire.bench.client;

/**
 * A WebSocket client under measure.
 */
public interface Client
{
    /**
     * Connect, do the work, disconnect. Blocks the calling thread, at most for the timeout of the workload and the time
     * to shut down.
     *
     * @param workload to do.
     * @return what was measured.
     * @throws BenchException that says why the work could not be done.
     */
    Measurement run(Workload workload) throws BenchException;

    /**
     * Can the client do such work at all? What it cannot do is left out of a comparison, and said.
     *
     * @param workload to do; its URI may not be reachable yet.
     * @return false if the client lacks what the workload asks for.
     */
    default boolean supports(final Workload workload)
    {
        return true;
    }
}
