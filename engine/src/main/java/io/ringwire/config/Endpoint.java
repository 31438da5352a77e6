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

        final URI uri;
        try
        {
            uri = new URI(text);
        }
        catch (final URISyntaxException ex)
        {
            throw new ConfigurationException("uri=" + text + " is not a URI: " + ex.getMessage(), ex);
        }

        if (!isSecure(uri) && !"ws".equalsIgnoreCase(uri.getScheme()))
        {
            throw new ConfigurationException("uri=" + text + ": scheme " + uri.getScheme() + " is not ws or wss");
        }

        if (uri.getHost() == null)
        {
            throw new ConfigurationException("uri=" + text + " names no valid host: give ws://host[:port]/path");
        }

        if (uri.getFragment() != null)
        {
            throw new ConfigurationException("uri=" + text + " has a fragment, which RFC 6455 section 3 forbids");
        }

        if (uri.getUserInfo() != null)
        {
            throw new ConfigurationException("uri has user information: send an Authorization header instead");
        }

        if (uri.getPort() == 0 || uri.getPort() > 65535)
        {
            throw new ConfigurationException("uri=" + text + ": port " + uri.getPort() + " is not 1 to 65535");
        }

        final String host = uri.getHost();
        final String bareHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        final int defaultPort = isSecure(uri) ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
        return new Endpoint(uri, bareHost, uri.getPort() == -1 ? defaultPort : uri.getPort());
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
        return uri.getHost() + ":" + port;
    }

    private static boolean isSecure(final URI uri)
    {
        return "wss".equalsIgnoreCase(uri.getScheme());
    }
}
