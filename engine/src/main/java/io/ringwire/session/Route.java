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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.SessionConfig;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way to the server in one attempt: redirects from one of the session's endpoints on, and at each stop the
 * addresses of the name, one after the other. What is remembered from attempt to attempt is the address that worked.
 * Owner: the control thread.
 */
final class Route
{
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final SessionConfig config;
    private final StringBuilder failures = new StringBuilder();
    private Endpoint endpoint;
    private Endpoint target;
    private List<Map.Entry<String, String>> headers;
    private InetAddress[] addresses;
    private InetAddress preferred;
    private int first;
    private int tried;
    private int redirects;

    Route(final SessionConfig config)
    {
        this.config = config;
    }

    /**
     * A new attempt: at one of the session's endpoints.
     */
    void begin(final Endpoint endpoint)
    {
        this.endpoint = endpoint;
        redirects = 0;
        target(endpoint);
    }

    Endpoint target()
    {
        return target;
    }

    boolean isOwnOrigin()
    {
        return target.isSameOrigin(endpoint);
    }

    void headers(final List<Map.Entry<String, String>> headers)
    {
        this.headers = headers;
    }

    /**
     * The name whose addresses are needed, or null if there is nothing to resolve.
     */
    String host()
    {
        final ProxyPolicy proxy = config.proxy();
        return config.socket().unixPath() != null ? null : proxy != null ? proxy.host() : destination().getHostString();
    }

    void addresses(final InetAddress[] addresses)
    {
        this.addresses = addresses;
        first = 0;
        for (int i = 0; i < addresses.length; i++)
        {
            if (isOwnOrigin() && addresses[i].equals(preferred))
            {
                first = i;
            }
        }
    }

    Dial dial()
    {
        return new Dial(target, address(), config.proxy() == null ? null : destination(), headers);
    }

    /**
     * The current address failed.
     *
     * @return true if there is another, which is the current one now.
     */
    boolean next(final String failure)
    {
        failures.append(failures.isEmpty() ? "" : "; ").append(failure);
        tried++;
        return addresses != null && tried < addresses.length;
    }

    /**
     * What was said of all addresses that failed.
     */
    String failures()
    {
        return failures.toString();
    }

    /**
     * The upgrade worked or led on: begin with this address next time.
     */
    void worked()
    {
        prefer(0);
    }

    /**
     * TCP came up and the upgrade did not work: begin with the address behind this one next time.
     */
    void refused()
    {
        prefer(1);
    }

    boolean isRedirect(final HandshakeResponse response)
    {
        return response != null && config.upgrade().maxRedirects() > 0 && REDIRECTS.contains(response.status()) &&
            response.header("location") != null;
    }

    /**
     * Go where an answer leads.
     *
     * @return why not, or null.
     */
    String follow(final HandshakeResponse response)
    {
        final int maxRedirects = config.upgrade().maxRedirects();
        if (redirects == maxRedirects)
        {
            return "redirected more than maxRedirects=" + maxRedirects + " times";
        }

        try
        {
            final Endpoint leadsTo = target.redirect(response.header("location"));
            if (config.socket().unixPath() != null && !leadsTo.isSameOrigin(config.endpoint()))
            {
                return "redirected to " + leadsTo + ", which a Unix domain socket does not lead to";
            }

            worked();
            redirects++;
            target(leadsTo);
            return null;
        }
        catch (final ConfigurationException ex)
        {
            return "redirect not followed: " + ex.getMessage();
        }
    }

    private void target(final Endpoint target)
    {
        this.target = target;
        addresses = null;
        tried = 0;
        failures.setLength(0);
        headers = UpgradeHeaders.fixed(config.upgrade(), isOwnOrigin());
    }

    private InetSocketAddress destination()
    {
        final InetSocketAddress pinned = config.socket().connectTo();
        if (pinned == null || !target.isSameOrigin(config.endpoint()))
        {
            return InetSocketAddress.createUnresolved(target.host(), target.port());
        }

        return pinned.getPort() != 0 ?
            pinned : InetSocketAddress.createUnresolved(pinned.getHostString(), target.port());
    }

    private SocketAddress address()
    {
        if (config.socket().unixPath() != null)
        {
            return UnixDomainSocketAddress.of(config.socket().unixPath());
        }

        final int port = config.proxy() != null ? config.proxy().port() : destination().getPort();
        return new InetSocketAddress(addresses[(first + tried) % addresses.length], port);
    }

    private void prefer(final int behind)
    {
        if (addresses != null && isOwnOrigin())
        {
            preferred = addresses[(first + tried + behind) % addresses.length];
        }
    }
}
