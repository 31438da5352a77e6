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
package io.ringwire.api;

import org.agrona.DirectBuffer;

/**
 * How a venue marks the messages it sends. Called on the session's handler thread while requests are in flight; it
 * must not allocate and must not guess.
 */
@FunctionalInterface
public interface Dialect
{
    /** The message answers no request. */
    long NOT_A_REPLY = Long.MIN_VALUE;

    /**
     * Find the correlation id of the request that a message answers.
     *
     * @param buffer that holds the message.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes.
     * @param opcode of the message.
     * @return the id, or {@link #NOT_A_REPLY}.
     */
    long correlationIdOf(DirectBuffer buffer, int offset, int length, int opcode);
}
