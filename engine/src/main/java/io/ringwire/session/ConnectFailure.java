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

import io.ringwire.api.HandshakeResponse;

/**
 * Why an attempt to connect came to nothing. The one form in which this is told, from the socket to the reconnect.
 *
 * @param reason         for people.
 * @param response       of the server, or of the proxy; null if there was none.
 * @param badCertificate true if a certificate, the server's or ours, was not accepted: trying again will not mend that.
 */
public record ConnectFailure(String reason, HandshakeResponse response, boolean badCertificate)
{
    /**
     * A failure without an answer.
     *
     * @param reason for people.
     * @return the failure.
     */
    public static ConnectFailure of(final String reason)
    {
        return new ConnectFailure(reason, null, false);
    }

    /**
     * An answer that is not the one wanted.
     *
     * @param reason   for people.
     * @param response of the server, or of the proxy; null if there was none.
     * @return the failure.
     */
    public static ConnectFailure of(final String reason, final HandshakeResponse response)
    {
        return new ConnectFailure(reason, response, false);
    }
}
