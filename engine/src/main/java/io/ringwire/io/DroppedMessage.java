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
package io.ringwire.io;

import io.ringwire.session.MessageRouter;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A message in pieces that found no room in the delivery and is dropped, unless it is the engine's own: then a full
 * ring is no reason to lose it. It is put together here to be judged, in memory that grows to the longest seen. Owner:
 * the IO thread.
 */
final class DroppedMessage
{
    private final ExpandableArrayBuffer pieces = new ExpandableArrayBuffer();
    private final MessageRouter router;
    private final boolean judged;
    private boolean kept;
    private int length;

    /**
     * @param judged is there anybody who could tell the engine's own messages from others?
     */
    DroppedMessage(final MessageRouter router, final boolean judged)
    {
        this.router = router;
        this.judged = judged;
    }

    /**
     * A message found no room.
     *
     * @param whole are all of its pieces still to come?
     */
    void begin(final boolean whole)
    {
        kept = judged && whole;
        length = 0;
    }

    void append(final DirectBuffer buffer, final int offset, final int pieceLength)
    {
        kept &= pieceLength <= MessageRouter.MAX_ANSWER_LENGTH - length;
        if (kept)
        {
            pieces.putBytes(length, buffer, offset, pieceLength);
            length += pieceLength;
        }
    }

    /**
     * The message has ended. It is judged, and if it is the engine's own it is not lost.
     */
    boolean isOfEngine(final int opcode)
    {
        final boolean isOfEngine = kept && router.take(opcode, pieces, 0, length);
        kept = false;
        return isOfEngine;
    }
}
