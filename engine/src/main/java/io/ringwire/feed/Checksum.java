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

import org.agrona.DirectBuffer;

/**
 * Compares what the user has built of a channel with the checksum in a message.
 */
@FunctionalInterface
public interface Checksum
{
    /**
     * Called on the feed's thread when the handler has been given the message, and only while the channel is live.
     *
     * @param channel of the message; {@link FeedChannel#attachment()} is the place for the user's book.
     * @param buffer  that holds the message, valid only during the call.
     * @param offset  of the message in the buffer.
     * @param length  of the message in bytes.
     * @return false if they differ.
     */
    boolean matches(FeedChannel channel, DirectBuffer buffer, int offset, int length);
}
