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
package io.ringwire.handler;

/**
 * The consuming half of a session's delivery. Called on one handler thread only.
 */
public interface Dispatcher
{
    /**
     * Deliver what waits, and end requests whose time is over.
     *
     * @param limit of messages and events.
     * @param nowNs the time.
     * @return how much was done.
     */
    int poll(int limit, long nowNs);

    /** {@return was the last event of the session delivered} */
    boolean isFinished();

    /**
     * The session has ended, or the engine stops: end what is in flight.
     *
     * @param nowNs the time.
     */
    void end(long nowNs);

    /**
     * Give the memory back: the IO thread will not touch it any more.
     */
    void free();
}
