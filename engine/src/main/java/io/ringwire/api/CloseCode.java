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
 * Close status codes of RFC 6455 section 7.4 and the IANA registry behind it.
 */
public final class CloseCode
{
    /** The purpose of the connection is fulfilled. */
    public static final int NORMAL = 1000;

    /** An endpoint goes away: a server shuts down or a client ends. */
    public static final int GOING_AWAY = 1001;

    /** A protocol rule was broken. */
    public static final int PROTOCOL_ERROR = 1002;

    /** A kind of data the endpoint does not accept. */
    public static final int UNSUPPORTED_DATA = 1003;

    /** Local only, never on the wire: the close frame carried no code. */
    public static final int NO_STATUS = 1005;

    /** Local only, never on the wire: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;

    /** Data that does not fit its type, such as text which is not UTF-8. */
    public static final int INVALID_PAYLOAD = 1007;

    /** A policy of the endpoint was broken; also our answer to a full ring under {@link BackpressurePolicy#FAIL}. */
    public static final int POLICY_VIOLATION = 1008;

    /** A message too big to take. */
    public static final int TOO_BIG = 1009;

    /** The server left out an extension the client needs. */
    public static final int MANDATORY_EXTENSION = 1010;

    /** The server met a condition it did not expect. */
    public static final int INTERNAL_ERROR = 1011;

    /** The server restarts. */
    public static final int SERVICE_RESTART = 1012;

    /** The server is overloaded: try again later. */
    public static final int TRY_AGAIN_LATER = 1013;

    /** A gateway received a bad answer from behind it. */
    public static final int BAD_GATEWAY = 1014;

    /** Local only, never on the wire: the TLS handshake failed. */
    public static final int TLS_HANDSHAKE = 1015;

    private CloseCode()
    {
    }

    /**
     * May this code stand in a close frame (RFC 6455 sections 7.4.1 and 7.4.2)? 1004, 1005, 1006, 1015 and the
     * unassigned rest of 1000 to 2999 may not.
     *
     * @param code to judge.
     * @return true if an endpoint may send it.
     */
    public static boolean isSendable(final int code)
    {
        return code >= NORMAL && code <= UNSUPPORTED_DATA ||
            code >= INVALID_PAYLOAD && code <= BAD_GATEWAY ||
            code >= 3000 && code <= 4999;
    }
}
