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
package io.ringwire.handshake;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.frame.DeflateExtension;
import io.ringwire.frame.DeflateParameters;

import java.util.List;

/**
 * The extensions of one upgrade (RFC 6455 section 9.1): permessage-deflate, if the session asks for it, and no other.
 */
final class Extensions
{
    private final DeflateExtension offered;
    private DeflateParameters deflate;

    Extensions(final SessionConfig config)
    {
        final DeflatePolicy policy = config.deflate();
        offered = !policy.enabled() ? null : new DeflateExtension(new DeflateParameters(
            policy.serverNoContextTakeover(),
            policy.clientNoContextTakeover(),
            policy.serverMaxWindowBits(),
            policy.clientMaxWindowBits()));
    }

    /**
     * Add the offer to the request.
     */
    void offer(final HttpHeaders request)
    {
        if (offered != null)
        {
            request.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, offered.offer());
        }
    }

    /**
     * Take the server's answer.
     *
     * @return why the upgrade must fail, or null.
     */
    String answer(final HttpHeaders response)
    {
        final List<String> headers = response.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        if (headers.isEmpty())
        {
            return null;
        }

        final String header = String.join(", ", headers);
        if (offered == null)
        {
            return "server chose extensions that were not offered: " + header;
        }

        final DeflateExtension.Answer answer = offered.answer(header);
        deflate = answer.parameters();
        return deflate != null ? null :
            "server's answer to " + offered.offer() + " is no agreement: " + answer.refusal() + ": " + header;
    }

    /**
     * What was agreed on for compression, or null.
     */
    DeflateParameters deflate()
    {
        return deflate;
    }
}
