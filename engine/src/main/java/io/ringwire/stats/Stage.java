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
package io.ringwire.stats;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A part of the way of a message, a request, a heartbeat or a connect, whose latency is recorded.
 */
public enum Stage
{
    /** From the read of a message to the end of the decoding of what was read with it. Written by the IO thread. */
    READ_TO_DECODED("read-to-decoded"),

    /** From there to the call of the handler. Written by the handler thread. */
    DECODED_TO_HANDLER("decoded-to-handler"),

    /** From the read of a message to the call of the handler. Written by the handler thread. */
    READ_TO_HANDLER("read-to-handler"),

    /** From the call of a handler to its return. Written by the handler thread. */
    HANDLER("handler"),

    /** From the call of request to the read of the reply. Written by the handler thread. */
    REQUEST_RTT("request-rtt"),

    /** From the sending of a ping to the read of its answer. Written by the IO thread. */
    HEARTBEAT_RTT("heartbeat-rtt"),

    /** Phase of a connect. Written by the control thread, as all that follow. */
    CONNECT_RESOLVE("connect-resolve"),

    /** Phase of a connect. */
    CONNECT_TCP("connect-tcp"),

    /** Phase of a connect. */
    CONNECT_TLS("connect-tls"),

    /** Phase of a connect. */
    CONNECT_UPGRADE("connect-upgrade"),

    /** Phase of a connect. */
    CONNECT_LOGIN("connect-login"),

    /** Phase of a connect. */
    CONNECT_RESUBSCRIBE("connect-resubscribe"),

    /** A whole connect. */
    CONNECT_TOTAL("connect-total");

    private final String label;

    Stage(final String label)
    {
        this.label = label;
    }

    /** {@return the name of the stage in logs} */
    public String label()
    {
        return label;
    }

    /**
     * The tag of this stage in an interval log: the session's name, a minus and the label. The name is encoded as in a
     * query of a URL (UTF-8; all but letters, digits and {@code .-*_} as {@code %XX}), because a tag may hold neither
     * comma nor white space.
     *
     * @param session by name.
     * @return the tag.
     */
    public String tag(final String session)
    {
        return URLEncoder.encode(session, StandardCharsets.UTF_8).replace("+", "%20") + '-' + label;
    }
}
