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
package io.ringwire.samples.cli;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.SessionConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.nio.file.Path;

/**
 * Options for the way to a server: who we are, by which way, and how far.
 */
public final class DoorOptions
{
    @Option(names = "--bearer", paramLabel = "TOKEN", description = "Send Authorization: Bearer TOKEN.")
    private String bearer;

    @Option(names = "--basic", paramLabel = "USER:PASSWORD", description = "Send Authorization: Basic.")
    private String basic;

    @Option(
        names = "--proxy",
        paramLabel = "URI",
        description = "Go through a proxy: http://[user:password@]host:port, socks5://..., socks4a://...")
    private String proxy;

    @Option(
        names = "--connect-to",
        paramLabel = "HOST:PORT",
        description = "Connect to this address instead of the URL's; the Host header stays.")
    private String connectTo;

    @Option(names = "--unix", paramLabel = "PATH", description = "Connect to a Unix domain socket.")
    private Path unix;

    @Option(
        names = "--max-redirects",
        paramLabel = "N",
        description = "Follow at most N redirects in a row. Default: 0, a redirect is a refusal.")
    private int maxRedirects;

    /**
     * Set what was given.
     *
     * @param config      of the session.
     * @param commandLine that refuses what is wrong.
     */
    public void apply(final SessionConfig config, final CommandLine commandLine)
    {
        try
        {
            apply(config);
        }
        catch (final ConfigurationException ex)
        {
            throw new ParameterException(commandLine, ex.getMessage());
        }
    }

    private void apply(final SessionConfig config)
    {
        if (bearer != null && basic != null)
        {
            throw new ConfigurationException("--bearer and --basic are one header: leave one of them out");
        }

        if (bearer != null)
        {
            config.upgrade().bearer(bearer);
        }

        if (basic != null)
        {
            final int colon = basic.indexOf(':');
            if (colon < 0)
            {
                throw new ConfigurationException("--basic is not of the form user:password");
            }

            config.upgrade().basic(basic.substring(0, colon), basic.substring(colon + 1));
        }

        if (proxy != null)
        {
            config.proxy(ProxyPolicy.parse(proxy));
        }

        if (connectTo != null)
        {
            applyConnectTo(config);
        }

        config.socket().unixPath(unix);
        config.upgrade().maxRedirects(maxRedirects);
    }

    private void applyConnectTo(final SessionConfig config)
    {
        final int colon = connectTo.lastIndexOf(':');
        try
        {
            config.socket().connectTo(connectTo.substring(0, colon), Integer.parseInt(connectTo.substring(colon + 1)));
        }
        catch (final IllegalArgumentException | StringIndexOutOfBoundsException ex)
        {
            throw new ConfigurationException("--connect-to=" + connectTo + " is not of the form host:port");
        }
    }
}
