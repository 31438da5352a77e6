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
 * Told how a request ended, on the session's handler thread, exactly once per accepted request. If the session ends
 * during the call of request itself, it may be told on the calling thread.
 */
@FunctionalInterface
public interface ReplyHandler
{
    /**
     * A request ended.
     *
     * @param session       it was sent through.
     * @param correlationId given with the request.
     * @param outcome       how it ended.
     * @param buffer        that holds the reply, valid only during the call; null unless the outcome is
     *                      {@link ReplyOutcome#REPLY} or {@link ReplyOutcome#ERROR_REPLY}.
     * @param offset        of the reply in the buffer.
     * @param length        of the reply in bytes.
     * @param rttNs         from the call of request to the read of the reply from the socket, or to the end otherwise.
     */
    void onReply(
        Session session,
        long correlationId,
        ReplyOutcome outcome,
        DirectBuffer buffer,
        int offset,
        int length,
        long rttNs);
}
