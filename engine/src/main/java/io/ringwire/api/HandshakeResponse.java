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

import java.util.List;
import java.util.Map;

/**
 * What a server answered to the upgrade request.
 *
 * @param status  the HTTP status code.
 * @param reason  the reason phrase, which RFC 9112 lets be empty or odd.
 * @param headers in the order received, names as the server wrote them.
 * @param body    the first {@link #MAX_BODY_LENGTH} bytes of the body as ISO 8859-1, empty after a 101.
 */
public record HandshakeResponse(int status, String reason, List<Map.Entry<String, String>> headers, String body)
{
    /** How much of the body of a refusal is kept, in bytes. */
    public static final int MAX_BODY_LENGTH = 1024;

    /**
     * The first header of a name.
     *
     * @param name of the header, compared without case.
     * @return its value, or null if the server did not send it.
     */
    public String header(final String name)
    {
        for (final Map.Entry<String, String> header : headers)
        {
            if (header.getKey().equalsIgnoreCase(name))
            {
                return header.getValue();
            }
        }

        return null;
    }

    /** {@return the answer for people: status, reason and the names of the headers, whose values can be secrets} */
    @Override
    public String toString()
    {
        return "HandshakeResponse[status=" + status + ", reason=" + reason + ", headers=" +
            headers.stream().map(Map.Entry::getKey).toList() + ", body of " + body.length() + " bytes]";
    }
}
