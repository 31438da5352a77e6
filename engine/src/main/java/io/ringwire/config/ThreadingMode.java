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
package io.ringwire.config;

/**
 * Which threads run the engine's agents. The agents are the same in every mode.
 */
public enum ThreadingMode
{
    /** An IO thread, one or more handler threads and the control thread. User code never delays the socket. */
    DEDICATED,

    /** One thread for IO and handlers, with the ring between them, and the control thread. */
    SHARED,

    /** Handlers run on the IO thread out of the read buffer, without a ring; and the control thread. Lowest latency. */
    INLINE,

    /** No thread at all: the caller drives the engine with {@code Engine.doWork()}. Name resolution blocks it. */
    INVOKER
}
