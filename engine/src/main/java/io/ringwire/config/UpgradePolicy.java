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
package io.ringwire.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the upgrade request carries (RFC 6455 section 4.1).
 */
public final class UpgradePolicy
{
    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private String subprotocols;

    /** {@return the headers sent with the upgrade request, in the order added} */
    public List<Map.Entry<String, String>> headers()
    {
        return headers;
    }

    /**
     * Send a header with the upgrade request.
     *
     * @param name  of the header.
     * @param value of the header.
     * @return this.
     */
    public UpgradePolicy header(final String name, final String value)
    {
        headers.add(Map.entry(name, value));
        return this;
    }

    /** {@return subprotocols offered, separated by commas, or null} */
    public String subprotocols()
    {
        return subprotocols;
    }

    /**
     * Offer subprotocols, separated by commas; the server must choose one.
     *
     * @param subprotocols the value.
     * @return this.
     */
    public UpgradePolicy subprotocols(final String subprotocols)
    {
        this.subprotocols = subprotocols;
        return this;
    }

    void check()
    {
        headers.forEach(UpgradePolicy::checkHeader);
    }

    private static void checkHeader(final Map.Entry<String, String> header)
    {
        final String name = header.getKey();
        if (name.isEmpty() || !name.chars().allMatch(UpgradePolicy::isTokenCharacter))
        {
            throw new ConfigurationException("header name '" + name + "' is not a token of RFC 9110 section 5.6.2");
        }

        final String lowerName = name.toLowerCase(Locale.ROOT);
        if (lowerName.equals("connection") || lowerName.equals("upgrade") ||
            lowerName.startsWith("sec-websocket-"))
        {
            throw new ConfigurationException("header " + name + " belongs to the handshake and cannot be set");
        }

        if (!header.getValue().chars().allMatch((c) -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff))
        {
            throw new ConfigurationException("the value of header " + name + " holds a control or non-latin character");
        }
    }

    private static boolean isTokenCharacter(final int c)
    {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_CHARACTERS.indexOf(c) >= 0;
    }
}
