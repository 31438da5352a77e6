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
package io.ringwire.dialect;

import org.agrona.DirectBuffer;

import java.util.List;

/**
 * How a venue is asked for channels, and how it answers. Called on the control thread; may allocate, must not block.
 */
public interface SubscriptionDialect
{
    /**
     * How many channels one request may name.
     *
     * @return the number, at least 1.
     */
    int maxChannelsPerRequest();

    /**
     * Ask for channels.
     *
     * @param requestId to be found again in the answer, if the venue gives it back.
     * @param channels  by the venue's names, at most {@link #maxChannelsPerRequest()}.
     * @return the text message to send.
     */
    String subscribe(long requestId, List<String> channels);

    /**
     * Give channels up.
     *
     * @param requestId to be found again in the answer, if the venue gives it back.
     * @param channels  by the venue's names, at most {@link #maxChannelsPerRequest()}.
     * @return the text message to send.
     */
    String unsubscribe(long requestId, List<String> channels);

    /**
     * Read an answer. Channels it says nothing about stay open until the next answer or the deadline.
     *
     * @param kind   of the message: {@link MessageKind#REPLY} or {@link MessageKind#ERROR_REPLY} to the request,
     *               {@link MessageKind#SUBSCRIPTION} or {@link MessageKind#ERROR} without an id.
     * @param buffer that holds the message, valid only during the call.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes.
     * @param answer to fill; it knows which channels are open.
     */
    void onAnswer(MessageKind kind, DirectBuffer buffer, int offset, int length, SubscriptionAnswer answer);
}
