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
package io.ringwire.feed;

import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

/**
 * Finds the symbol of a message where several channels of a symbol share one sequence.
 */
@FunctionalInterface
public interface SymbolFinder
{
    /**
     * Find the symbol. Called for the first message of each channel.
     *
     * @param buffer  that holds the message, valid only during the call.
     * @param offset  of the message in the buffer.
     * @param length  of the message in bytes.
     * @param verdict on the message.
     * @return the symbol.
     */
    String symbolOf(DirectBuffer buffer, int offset, int length, Verdict verdict);
}
