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
 * What the IO and handler threads do when there is nothing to do.
 */
public enum IdleMode
{
    /** Poll without pause. One core per thread; refused when there are more such threads than cores. */
    SPIN,

    /** Poll, giving the core away with {@link Thread#yield()} between polls. */
    YIELD,

    /** The IO thread waits in the selector, the handler thread parks; both are woken by the thread that has work. */
    BLOCK
}
