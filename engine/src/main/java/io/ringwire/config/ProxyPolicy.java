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

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxy that a session's connections go through. The proxy resolves the name of the target; on our side only the
 * proxy's own name is. TCP to the proxy and its handshake together have {@link TimeoutPolicy#connectNs()}.
 */
public final class ProxyPolicy
{
    private static final int MAX_SOCKS_CREDENTIAL_LENGTH = 255;

    private final Kind kind;
    private final String host;
    private final int port;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private String user;
    private String password;

    private ProxyPolicy(final Kind kind, final String host, final int port)
    {
        this.kind = kind;
        this.host = host;
        this.port = port;
    }

    /**
     * What a proxy speaks.
     */
    public enum Kind
    {
        /** The method CONNECT of HTTP/1.1 (RFC 9110 section 9.3.6). */
        HTTP,

        /** SOCKS version 5 (RFC 1928), with user and password if given (RFC 1929). */
        SOCKS5,

        /** SOCKS version 4, with names as 4a sends them, and a user if given. */
        SOCKS4
    }

    /**
     * A proxy that speaks HTTP.
     *
     * @param host name or IP literal.
     * @param port of the proxy.
     * @return the policy.
     */
    public static ProxyPolicy http(final String host, final int port)
    {
        return new ProxyPolicy(Kind.HTTP, host, port);
    }

    /**
     * A proxy that speaks SOCKS 5.
     *
     * @param host name or IP literal.
     * @param port of the proxy.
     * @return the policy.
     */
    public static ProxyPolicy socks5(final String host, final int port)
    {
        return new ProxyPolicy(Kind.SOCKS5, host, port);
    }

    /**
     * A proxy that speaks SOCKS 4a.
     *
     * @param host name or IP literal.
     * @param port of the proxy.
     * @return the policy.
     */
    public static ProxyPolicy socks4(final String host, final int port)
    {
        return new ProxyPolicy(Kind.SOCKS4, host, port);
    }

    /**
     * A proxy as a URI: {@code http://user:password@host:port}, {@code socks5://host:port} ({@code socks5h} means the
     * same) or {@code socks4a://user@host:port}. User and password may be percent-encoded.
     *
     * @param uri of the proxy.
     * @return the policy.
     * @throws ConfigurationException that says what is wrong, without the credentials.
     */
    public static ProxyPolicy parse(final String uri)
    {
        final URI parsed;
        try
        {
            parsed = new URI(uri);
        }
        catch (final URISyntaxException ex) // its message holds the credentials
        {
            throw new ConfigurationException(
                "proxy=" + withoutCredentials(uri) + " is not a URI: " + ex.getReason());
        }

        if (parsed.getHost() == null || parsed.getPort() == -1)
        {
            throw new ConfigurationException(
                "proxy=" + withoutCredentials(uri) + " must name host and port: http://host:port");
        }

        final ProxyPolicy policy =
            new ProxyPolicy(kindOf(parsed), Endpoint.withoutBrackets(parsed.getHost()), parsed.getPort());
        final String userInfo = parsed.getRawUserInfo();
        if (userInfo != null)
        {
            final int colon = userInfo.indexOf(':');
            policy.credentials(
                decode(colon < 0 ? userInfo : userInfo.substring(0, colon)),
                colon < 0 ? "" : decode(userInfo.substring(colon + 1)));
        }

        return policy;
    }

    /** {@return what the proxy speaks} */
    public Kind kind()
    {
        return kind;
    }

    /** {@return name or IP literal of the proxy, without brackets} */
    public String host()
    {
        return host;
    }

    /** {@return port of the proxy} */
    public int port()
    {
        return port;
    }

    /** {@return user told to the proxy, or null} */
    public String user()
    {
        return user;
    }

    /** {@return password told to the proxy, or null} */
    public String password()
    {
        return password;
    }

    /**
     * Tell the proxy who we are: Basic in HTTP (RFC 7617), user and password in SOCKS 5, the user alone in SOCKS 4.
     *
     * @param user     the value.
     * @param password the value.
     * @return this.
     */
    public ProxyPolicy credentials(final String user, final String password)
    {
        this.user = user;
        this.password = password;
        return this;
    }

    /** {@return headers of the CONNECT request, in the order added} */
    public List<Map.Entry<String, String>> headers()
    {
        return headers;
    }

    /**
     * Send a header with the CONNECT request; the target does not see it.
     *
     * @param name  of the header.
     * @param value of the header.
     * @return this.
     */
    public ProxyPolicy header(final String name, final String value)
    {
        headers.add(Map.entry(name, value));
        return this;
    }

    /** {@return kind, host and port, without the credentials} */
    @Override
    public String toString()
    {
        final String shownHost = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return kind.name().toLowerCase(Locale.ROOT) + "://" + shownHost + ':' + port;
    }

    void check()
    {
        if (host == null || host.isBlank())
        {
            throw new ConfigurationException("proxy=" + this + " names no host");
        }

        if (port < 1 || port > 65535)
        {
            throw new ConfigurationException("proxy=" + this + ": port " + port + " is not 1 to 65535");
        }

        UpgradePolicy.checkHeaders(headers);
        if (kind != Kind.HTTP && !headers.isEmpty())
        {
            throw new ConfigurationException("proxy=" + this + " has headers, which SOCKS does not: leave them out");
        }

        if ((user == null) != (password == null))
        {
            throw new ConfigurationException("proxy=" + this + " has a user or a password alone: give both or none");
        }

        if (user != null)
        {
            checkCredentials();
        }
    }

    private void checkCredentials()
    {
        if (kind == Kind.HTTP)
        {
            UpgradePolicy.basicCredentials(user, password);
        }
        else if (kind == Kind.SOCKS5 && (!fitsSocks(user) || !fitsSocks(password)))
        {
            throw new ConfigurationException(
                "proxy=" + this + ": user and password must be 1 to " + MAX_SOCKS_CREDENTIAL_LENGTH +
                " ASCII characters (RFC 1929)");
        }
    }

    private static boolean fitsSocks(final String credential)
    {
        return !credential.isEmpty() && credential.length() <= MAX_SOCKS_CREDENTIAL_LENGTH &&
            credential.chars().allMatch((c) -> c < 0x80);
    }

    private static String withoutCredentials(final String uri)
    {
        final int at = uri.lastIndexOf('@'); // a password may hold anything, a slash too
        return at < 0 ? uri : "..." + uri.substring(at);
    }

    private static Kind kindOf(final URI uri)
    {
        return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
        {
            case "http" -> Kind.HTTP;
            case "socks5", "socks5h" -> Kind.SOCKS5;
            case "socks4", "socks4a" -> Kind.SOCKS4;
            default -> throw new ConfigurationException(
                "proxy: scheme " + uri.getScheme() + " is not http, socks5 or socks4a");
        };
    }

    private static String decode(final String text)
    {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
