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
package io.ringwire.bench.hop;

import org.agrona.DirectBuffer;

/**
 * One way from a producing thread to a consuming one, which copies what it is given.
 */
interface Carrier extends AutoCloseable
{
    /**
     * The producer: copy a message in. It may be shown to the consumer now or by {@link #flush()}.
     *
     * @param src    to copy from; not kept.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return false if there is no room now.
     */
    boolean offer(DirectBuffer src, int offset, int length);

    /**
     * The producer: show the consumer all that was offered.
     */
    void flush();

    /**
     * The consumer: take what is there.
     *
     * @param receiver told of each message.
     * @return how many there were.
     */
    int poll(Receiver receiver);

    /**
     * Both threads have ended.
     */
    @Override
    void close();

    /**
     * Told of a message, on the consuming thread.
     */
    @FunctionalInterface
    interface Receiver
    {
        /**
         * One message.
         *
         * @param buffer that holds it; valid only during the call.
         * @param offset of the message.
         * @param length of the message in bytes.
         */
        void onMessage(DirectBuffer buffer, int offset, int length);
    }
}
