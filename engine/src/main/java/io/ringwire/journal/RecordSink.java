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
package io.ringwire.journal;

import io.ringwire.tape.Tape;

/**
 * Keeps records. Owner: the journal's thread.
 */
interface RecordSink extends Tape.RecordReader, AutoCloseable
{
    /**
     * One duty cycle: what is due by the clock, such as the next segment or a look at the disk.
     *
     * @param nowNs of the engine's nano clock.
     * @return how much was done.
     */
    int doWork(long nowNs);

    /**
     * Has it stopped for good, because of a fault that was counted and told? It takes no record any more.
     *
     * @return true if so.
     */
    boolean hasFailed();

    @Override
    void close();
}
