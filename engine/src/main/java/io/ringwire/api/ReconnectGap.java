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

/**
 * Messages of the venue may have been missed between two connections of a session: whatever was built from the stream
 * has to be built anew.
 *
 * @param previousEpoch of the connection that was lost.
 * @param lastSequence  the sequence number that the session's dialect found in the last message of that connection
 *                      that had one and was not lost on the way to the handler, or {@link #NO_SEQUENCE}.
 * @param downtimeNs    from the loss to the upgrade of the connection that follows.
 */
public record ReconnectGap(int previousEpoch, long lastSequence, long downtimeNs)
{
    /** No message of the lost connection bore a sequence number. */
    public static final long NO_SEQUENCE = Long.MIN_VALUE;
}
