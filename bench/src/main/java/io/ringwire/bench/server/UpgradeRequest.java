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
package io.ringwire.bench.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's half of the handshake (RFC 6455 section 4.2.1).
 *
 * @param path       that says what to do.
 * @param parameters of the query by name, in their order.
 * @param key        to be answered.
 * @param extensions offered, empty for none.
 */
record UpgradeRequest(String path, Map<String, String> parameters, String key, String extensions)
{
    private static final Pattern REQUEST_LINE = Pattern.compile("GET (/[^\\s?#]*)(?:\\?([^\\s#]*))? HTTP/1\\.1");
    private static final Pattern HEADER = Pattern.compile("([^\\s:]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}=="); // 16 bytes
    private static final String END_OF_LINE = "\r\n";

    /**
     * Read a request.
     *
     * @param head from the request line to the last header, each with its end of line.
     * @throws RefusedException if it is not a handshake as the RFC has it.
     */
    static UpgradeRequest parse(final String head) throws RefusedException
    {
        final String[] lines = head.split(END_OF_LINE);
        final Matcher line = REQUEST_LINE.matcher(lines[0]);
        if (!line.matches())
        {
            throw RefusedException.badRequest("'" + lines[0] + "' is not 'GET /path HTTP/1.1'");
        }

        final Map<String, String> headers = headers(lines);
        check(headers, "host", ".+");
        check(headers, "upgrade", "(?i)(.*,)?\\s*websocket\\s*(,.*)?");
        check(headers, "connection", "(?i)(.*,)?\\s*upgrade\\s*(,.*)?");
        check(headers, "sec-websocket-version", "13");
        check(headers, "sec-websocket-key", KEY.pattern());
        return new UpgradeRequest(
            line.group(1),
            parameters(line.group(2)),
            headers.get("sec-websocket-key"),
            headers.getOrDefault("sec-websocket-extensions", ""));
    }

    /**
     * Is a parameter 1?
     *
     * @param name of the parameter.
     * @return false if it is 0 or not there.
     * @throws RefusedException if it is something else.
     */
    boolean isOn(final String name) throws RefusedException
    {
        final String value = parameters.getOrDefault(name, "0");
        if (!value.matches("[01]"))
        {
            throw RefusedException.badRequest(name + '=' + value + " is neither 0 nor 1");
        }

        return value.equals("1");
    }

    /**
     * A parameter that is a number.
     *
     * @param name         of the parameter.
     * @param defaultValue of the parameter.
     * @param max          the greatest that is let through.
     * @return its value, not negative.
     * @throws RefusedException if it is something else.
     */
    long number(final String name, final long defaultValue, final long max) throws RefusedException
    {
        final String value = parameters.get(name);
        try
        {
            final long number = value == null ? defaultValue : Long.parseLong(value);
            if (number >= 0 && number <= max)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw RefusedException.badRequest(name + '=' + value + " is not a number");
        }

        throw RefusedException.badRequest(name + '=' + value + " is not within 0 to " + max);
    }

    private static Map<String, String> headers(final String[] lines) throws RefusedException
    {
        final Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++)
        {
            final Matcher header = HEADER.matcher(lines[i]);
            if (!header.matches())
            {
                throw RefusedException.badRequest("'" + lines[i] + "' is not a header");
            }

            headers.merge(
                header.group(1).toLowerCase(Locale.ROOT), header.group(2), (first, next) -> first + ", " + next);
        }

        return headers;
    }

    private static void check(final Map<String, String> headers, final String name, final String expected)
        throws RefusedException
    {
        final String value = headers.get(name);
        if (value == null || !value.matches(expected))
        {
            throw RefusedException.badRequest(
                value == null ? "no header '" + name + "'" : "bad header '" + name + ": " + value + "'");
        }
    }

    private static Map<String, String> parameters(final String query)
    {
        final Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null && !query.isEmpty())
        {
            for (final String parameter : query.split("&"))
            {
                final int end = parameter.indexOf('=');
                parameters.put(
                    end < 0 ? parameter : parameter.substring(0, end), end < 0 ? "" : parameter.substring(end + 1));
            }
        }

        return parameters;
    }
}
