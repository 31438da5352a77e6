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

import java.net.CookieHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the upgrade request carries (RFC 6455 section 4.1), and what is done with an answer that leads elsewhere. Values
 * of headers are never printed by the engine.
 * <p>
 * On the wire the handshake's own headers come first ({@code Host, Upgrade, Connection, Sec-WebSocket-Key,
 * Sec-WebSocket-Version, Sec-WebSocket-Protocol, Sec-WebSocket-Extensions}), then those given here in their order, then
 * those of the supplier, then the cookies. A {@code Host} given here takes the place of the handshake's own.
 */
public final class UpgradePolicy
{
    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";
    private static final int MAX_REDIRECTS_LIMIT = 20;

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private Supplier<List<Map.Entry<String, String>>> headerSupplier;
    private CookieHandler cookies;
    private String subprotocols;
    private int maxRedirects;

    /** {@return the headers sent with the upgrade request, in the order added} */
    public List<Map.Entry<String, String>> headers()
    {
        return headers;
    }

    /**
     * Send a header with the upgrade request. A name may be given more than once; each time is a header of its own.
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

    /**
     * Send {@code Authorization: Bearer} (RFC 6750 section 2.1). For a token that expires see {@link #headerSupplier}.
     *
     * @param token the value.
     * @return this.
     */
    public UpgradePolicy bearer(final String token)
    {
        return header("Authorization", "Bearer " + token);
    }

    /**
     * Send {@code Authorization: Basic} (RFC 7617), in UTF-8.
     *
     * @param user     without a colon.
     * @param password the value.
     * @return this.
     */
    public UpgradePolicy basic(final String user, final String password)
    {
        return header("Authorization", basicCredentials(user, password));
    }

    /** {@return who gives headers anew for each attempt, or null} */
    public Supplier<List<Map.Entry<String, String>>> headerSupplier()
    {
        return headerSupplier;
    }

    /**
     * Ask for headers before each attempt: for tokens that expire. It is called on a thread of its own, one call at a
     * time for a session, and may block: its time is part of {@link TimeoutPolicy#resolveNs()}. In INVOKER mode the
     * thread that drives the engine calls it. What it throws fails the attempt. It is not called for a redirect to
     * another origin.
     *
     * @param headerSupplier the value.
     * @return this.
     */
    public UpgradePolicy headerSupplier(final Supplier<List<Map.Entry<String, String>>> headerSupplier)
    {
        this.headerSupplier = headerSupplier;
        return this;
    }

    /** {@return the jar that cookies are taken from and kept in, or null} */
    public CookieHandler cookies()
    {
        return cookies;
    }

    /**
     * Keep the cookies of every answer, redirects and refusals too, and send those the jar gives for the URI (RFC
     * 6265); a {@link java.net.CookieManager} will do. The jar sees {@code ws} as {@code http} and {@code wss} as
     * {@code https}. It is called on the same thread as {@link #headerSupplier}, never on the IO thread; several
     * sessions may share it if it is safe for that, as CookieManager is.
     *
     * @param cookies the value.
     * @return this.
     */
    public UpgradePolicy cookies(final CookieHandler cookies)
    {
        this.cookies = cookies;
        return this;
    }

    /** {@return subprotocols offered, separated by commas, or null} */
    public String subprotocols()
    {
        return subprotocols;
    }

    /**
     * Offer subprotocols, separated by commas. What the server chooses must be among them; it may choose none.
     *
     * @param subprotocols the value; null or an empty one offers none.
     * @return this.
     */
    public UpgradePolicy subprotocols(final String subprotocols)
    {
        this.subprotocols = "".equals(subprotocols) ? null : subprotocols;
        return this;
    }

    /** {@return how many redirects in a row are followed. Default 0: a redirect is a refusal} */
    public int maxRedirects()
    {
        return maxRedirects;
    }

    /**
     * Follow redirects (301, 302, 303, 307, 308), never from wss to ws. Each is an attempt at a connection within the
     * same attempt of the session; the next reconnect begins at the session's own URI. To another origin goes neither
     * {@code Authorization}, {@code Proxy-Authorization} nor {@code Cookie}, nor anything of the
     * {@link #headerSupplier}; other headers given here do.
     *
     * @param maxRedirects the most in a row.
     * @return this.
     */
    public UpgradePolicy maxRedirects(final int maxRedirects)
    {
        this.maxRedirects = maxRedirects;
        return this;
    }

    /**
     * Check headers that a supplier gave as those given here are checked.
     *
     * @param headers to check.
     * @throws ConfigurationException that names the header, and not its value.
     */
    public static void checkHeaders(final List<Map.Entry<String, String>> headers)
    {
        headers.forEach(UpgradePolicy::checkHeader);
    }

    static String basicCredentials(final String user, final String password)
    {
        if (user.indexOf(':') >= 0)
        {
            throw new ConfigurationException("a user name of Basic authentication must not hold a colon: " + user);
        }

        final byte[] credentials = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    void check()
    {
        checkHeaders(headers);
        if (maxRedirects < 0 || maxRedirects > MAX_REDIRECTS_LIMIT)
        {
            throw new ConfigurationException(
                "upgrade.maxRedirects=" + maxRedirects + " is not 0 to " + MAX_REDIRECTS_LIMIT);
        }

        if (cookies != null && headers.stream().anyMatch((header) -> header.getKey().equalsIgnoreCase("cookie")))
        {
            throw new ConfigurationException(
                "upgrade has a Cookie header and a jar of cookies, and RFC 6265 allows one header: put all in the jar");
        }

        checkSubprotocols();
    }

    private void checkSubprotocols()
    {
        if (subprotocols == null)
        {
            return;
        }

        final List<String> seen = new ArrayList<>();
        for (final String subprotocol : subprotocols.split(",", -1))
        {
            final String name = subprotocol.strip();
            if (!isToken(name))
            {
                throw new ConfigurationException(
                    "upgrade.subprotocols=" + subprotocols + ": '" + name +
                    "' is not a token of RFC 9110 section 5.6.2");
            }

            if (seen.contains(name))
            {
                throw new ConfigurationException(
                    "upgrade.subprotocols=" + subprotocols + ": '" + name + "' is there twice (RFC 6455 section 4.1)");
            }

            seen.add(name);
        }
    }

    private static void checkHeader(final Map.Entry<String, String> header)
    {
        final String name = header.getKey();
        if (!isToken(name))
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

    private static boolean isToken(final String name)
    {
        return !name.isEmpty() && name.chars().allMatch(UpgradePolicy::isTokenCharacter);
    }

    private static boolean isTokenCharacter(final int c)
    {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_CHARACTERS.indexOf(c) >= 0;
    }
}
