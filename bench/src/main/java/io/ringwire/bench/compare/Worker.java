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

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;

/**
 * A client somewhere, as the runner sees it. Used by one thread, which waits for it.
 */
interface Worker extends AutoCloseable
{
    /**
     * Can the client do such work?
     *
     * @throws WorkerDeathException if the worker does not answer.
     */
    boolean supports(Workload workload) throws WorkerDeathException;

    /**
     * Do it.
     *
     * @param workload   to do.
     * @param patienceNs to wait for the answer behind the timeout of the work.
     * @throws BenchException       that says why the client could not; the worker can be asked again.
     * @throws WorkerDeathException if the worker died, hung or told nonsense; it is of no use any more.
     */
    Measurement run(Workload workload, long patienceNs) throws BenchException, WorkerDeathException;

    /**
     * End it, whatever its state. Waits for its end, at most some seconds.
     */
    @Override
    void close();

    /**
     * Starts workers.
     */
    @FunctionalInterface
    interface Starter
    {
        /**
         * Start one.
         *
         * @param entrant    that it is for.
         * @param patienceNs to wait for it to be ready.
         * @throws WorkerDeathException if it does not come up.
         */
        Worker start(Entrant entrant, long patienceNs) throws WorkerDeathException;
    }
}
