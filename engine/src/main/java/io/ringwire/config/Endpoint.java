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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a session connects to, taken from a WebSocket URI (RFC 6455 section 3).
 *
 * @param uri  as given.
 * @param host a name or an IP literal without brackets.
 * @param port given, or the default of the scheme.
 */
public record Endpoint(URI uri, String host, int port)
{
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_SECURE_PORT = 443;
    private static final int NO_PORT = -1;

    /**
     * Names that java.net.URI takes for no host, and that name servers and host files know all the same: with an
     * underscore, or a digit at the begin of the last label.
     */
    private static final Pattern LOOSE_AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+)(?::(\\d{1,6}))?");

    /** Of at least 32 characters with a digit among them, behind a slash that does not begin an authority. */
    private static final Pattern KEY =
        Pattern.compile("(?<=^/|[^/]/|[=,])(?=[A-Za-z_.~%-]*[0-9])[\\w.~%-]{32,}");

    /**
     * Parse and check a URI.
     *
     * @param text of the URI.
     * @return the endpoint.
     * @throws ConfigurationException that names the URI and what is wrong with it.
     */
    public static Endpoint parse(final String text)
    {
        if (text == null || text.isBlank())
        {
            throw new ConfigurationException("uri is not set: give ws://host[:port]/path");
        }

        final String shown = withoutSecrets(text);
        final URI uri;
        try
        {
            uri = new URI(text);
        }
        catch (final URISyntaxException ex) // its message holds all of the text: it is no cause to show
        {
            throw new ConfigurationException(
                "uri=" + shown + " is not a URI: " + ex.getReason() + " at index " + ex.getIndex());
        }

        if (!isSecure(uri) && !"ws".equalsIgnoreCase(uri.getScheme()))
        {
            throw new ConfigurationException("uri=" + shown + ": scheme " + uri.getScheme() + " is not ws or wss");
        }

        if (uri.getFragment() != null)
        {
            throw new ConfigurationException("uri=" + shown + " has a fragment, which RFC 6455 section 3 forbids");
        }

        if (!text.chars().allMatch((c) -> c < 0x80))
        {
            throw new ConfigurationException(
                "uri=" + shown + " holds a character that is not ASCII: percent-encode it");
        }

        if (uri.getUserInfo() != null)
        {
            throw new ConfigurationException("uri has user information: send an Authorization header instead");
        }

        return of(uri, shown);
    }

    private static Endpoint of(final URI uri, final String shown)
    {
        String host = uri.getHost();
        int port = uri.getPort();
        final String authority = host != null || uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        final Matcher loose = LOOSE_AUTHORITY.matcher(authority);
        if (loose.matches())
        {
            host = loose.group(1);
            port = loose.group(2) == null ? NO_PORT : Integer.parseInt(loose.group(2));
        }

        if (host == null)
        {
            throw new ConfigurationException("uri=" + shown + " names no valid host: give ws://host[:port]/path");
        }

        if (port == 0 || port > 65535)
        {
            throw new ConfigurationException("uri=" + shown + ": port " + port + " is not 1 to 65535");
        }

        final int defaultPort = isSecure(uri) ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
        return new Endpoint(uri, withoutBrackets(host), port == NO_PORT ? defaultPort : port);
    }

    /**
     * Is the connection to be TLS?
     *
     * @return true for the scheme {@code wss}.
     */
    public boolean isSecure()
    {
        return isSecure(uri);
    }

    /**
     * Host and port as they stand in a URI.
     *
     * @return {@code host:port}.
     */
    public String authority()
    {
        return hostInUri() + ":" + port;
    }

    /**
     * What stands in the request line: path and query byte for byte as in the URI, an empty path as {@code /} (RFC 6455
     * section 3), also a query that is empty.
     *
     * @return the resource name.
     */
    public String requestTarget()
    {
        final String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }

    /**
     * The value of the Host header: without the port where it is the scheme's own (RFC 6455 section 4.1, item 4), and
     * without the zone of an IPv6 address, which means nothing to the server (RFC 6874 section 4).
     *
     * @return {@code host} or {@code host:port}.
     */
    public String hostHeader()
    {
        final int defaultPort = isSecure() ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
        final int zone = hostInUri().indexOf('%');
        final String hostAlone = zone < 0 ? hostInUri() : hostInUri().substring(0, zone) + ']';
        return port == defaultPort ? hostAlone : hostAlone + ':' + port;
    }

    /**
     * May what is secret to one endpoint be told to the other?
     *
     * @param other endpoint.
     * @return true if scheme, host and port are the same (RFC 6454 section 4).
     */
    public boolean isSameOrigin(final Endpoint other)
    {
        return port == other.port && host.equalsIgnoreCase(other.host) && isSecure() == other.isSecure();
    }

    /**
     * Where a redirect leads (RFC 9110 section 10.2.2). The schemes of HTTP are taken for those of WebSocket, and a
     * fragment is left out.
     *
     * @param location of the redirect, relative or not.
     * @return the endpoint.
     * @throws ConfigurationException that says what is wrong with the location.
     */
    public Endpoint redirect(final String location)
    {
        final int fragment = location.indexOf('#');
        final Endpoint leadsTo = follow(fragment < 0 ? location : location.substring(0, fragment));
        if (isSecure() && !leadsTo.isSecure())
        {
            throw new ConfigurationException("from wss to ws: " + leadsTo);
        }

        return leadsTo;
    }

    /**
     * A URI for people: what follows the {@code ?} and stands before an {@code @} is often a secret, and so is a part
     * of the path that looks like a key.
     *
     * @param uri as text, valid or not.
     * @return without query, user information and keys.
     */
    public static String withoutSecrets(final String uri)
    {
        final int query = uri.indexOf('?');
        final String path = query < 0 ? uri : uri.substring(0, query) + "?...";
        return withoutKeys(path.replaceFirst("(^|//)[^/]*@", "$1...@"));
    }

    /**
     * A URI without the parts of its path and of the values in its query that look like keys: 32 characters or more,
     * one of them a digit, and all of them such as keys are made of. A listen key stands in the path at some venues.
     *
     * @param uri as text, valid or not.
     * @return with stars in place of each.
     */
    public static String withoutKeys(final String uri)
    {
        return KEY.matcher(uri).replaceAll("***");
    }

    @Override
    public String toString()
    {
        return withoutSecrets(uri.toString());
    }

    private String hostInUri()
    {
        return uri.getHost() == null ? host : uri.getHost();
    }

    private static boolean isSecure(final URI uri)
    {
        return "wss".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * An IPv6 address as the JDK wants it: in a URI the sign before its zone is {@code %25} (RFC 6874 section 2).
     */
    static String withoutBrackets(final String host)
    {
        return host.startsWith("[") ? host.substring(1, host.length() - 1).replace("%25", "%") : host;
    }

    private Endpoint follow(final String reference)
    {
        final String scheme = isSecure() ? "wss" : "ws";
        final String root = scheme + "://" + authority();
        final String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        final String lower = reference.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://"))
        {
            return parse("ws" + reference.substring("http".length()));
        }

        if (lower.startsWith("ws://") || lower.startsWith("wss://"))
        {
            return parse(reference);
        }

        if (reference.startsWith("//"))
        {
            return parse(scheme + ':' + reference);
        }

        if (reference.startsWith("/"))
        {
            return parse(root + reference);
        }

        if (reference.startsWith("?"))
        {
            return parse(root + path + reference); // URI.resolve would cut the path
        }

        return parse(relative(root + path, reference));
    }

    private static String relative(final String base, final String reference)
    {
        try
        {
            final URI relative = new URI(reference);
            if (reference.isEmpty() || relative.isAbsolute())
            {
                throw new ConfigurationException("'" + withoutSecrets(reference) + "' does not lead to a WebSocket");
            }

            return new URI(base).resolve(relative).toString();
        }
        catch (final URISyntaxException ex) // its message holds all of the text
        {
            throw new ConfigurationException("'" + withoutSecrets(reference) + "' is not a URI: " + ex.getReason());
        }
    }
}
