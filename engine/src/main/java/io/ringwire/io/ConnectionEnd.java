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

import io.ringwire.api.CloseCode;

/**
 * Why a connection ends. The first reason counts: those that come later mostly follow from it. Owner: the IO thread.
 */
final class ConnectionEnd
{
    private int code;
    private String reason;

    /**
     * A new connection, which has no reason to end yet.
     */
    void clear()
    {
        code = CloseCode.ABNORMAL;
        reason = null;
    }

    void because(final int code, final String reason)
    {
        if (this.reason == null)
        {
            this.code = code;
            this.reason = reason;
        }
    }

    int code()
    {
        return code;
    }

    /**
     * The reason, which the state of the connection gives where nothing else did.
     *
     * @param closeSent was a close frame sent?
     * @param cut       did TCP end where TLS had not?
     */
    String reason(final boolean closeSent, final boolean cut)
    {
        if (reason != null)
        {
            return reason;
        }

        return (closeSent ?
            "connection ended before the close was answered" : "connection ended without a close frame") +
            (cut ? " and without close_notify: truncated" : "");
    }
}
