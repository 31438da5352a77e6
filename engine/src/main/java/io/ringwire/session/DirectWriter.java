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
package io.ringwire.session;

import org.agrona.DirectBuffer;

/**
 * The short way out of the engine: on the IO thread itself a message need not cross the outbound ring.
 */
public interface DirectWriter
{
    /**
     * Any thread: may the calling thread use the short way now without overtaking what it sent before?
     *
     * @return true on the IO thread while the outbound ring is empty.
     */
    boolean isUsable();

    /**
     * The IO thread: encode a message or a part of one into the session's write batch. The caller holds room for it in
     * the send window, which the writer takes over, even if it throws: then the message is given up.
     *
     * @param type      as in the outbound ring.
     * @param sessionId of the session.
     * @param epoch     the message is meant for.
     * @param buffer    that holds the payload.
     * @param offset    of the payload.
     * @param length    of the payload in bytes.
     */
    void write(int type, int sessionId, int epoch, DirectBuffer buffer, int offset, int length);
}
