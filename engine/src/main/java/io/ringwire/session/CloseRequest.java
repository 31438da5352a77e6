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

import io.ringwire.api.CloseCode;
import io.ringwire.frame.FrameEncoder;

import java.nio.charset.StandardCharsets;

/**
 * The user's wish to end a session.
 *
 * @param code   for the close frame.
 * @param reason for the close frame.
 * @param abort  true to drop the connection without a close handshake.
 */
public record CloseRequest(int code, String reason, boolean abort)
{
    /**
     * To end by a close handshake.
     *
     * @throws IllegalArgumentException that names the code, the reason or the length refused.
     */
    static CloseRequest of(final int code, final String reason)
    {
        if (!CloseCode.isSendable(code))
        {
            throw new IllegalArgumentException(
                "close code " + code + " may not be sent: use 1000-1003, 1007-1014 or 3000-4999");
        }

        if (!StandardCharsets.UTF_8.newEncoder().canEncode(reason))
        {
            throw new IllegalArgumentException("close reason '" + reason + "' holds half a surrogate pair: not UTF-8");
        }

        final int reasonLength = reason.getBytes(StandardCharsets.UTF_8).length;
        if (reasonLength > FrameEncoder.MAX_CLOSE_REASON_LENGTH)
        {
            throw new IllegalArgumentException(
                "close reason of " + reasonLength + " bytes is over " + FrameEncoder.MAX_CLOSE_REASON_LENGTH);
        }

        return new CloseRequest(code, reason, false);
    }
}
