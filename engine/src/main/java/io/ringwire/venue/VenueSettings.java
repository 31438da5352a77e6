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
package io.ringwire.venue;

import io.ringwire.config.Endpoint;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.Dialect;

import java.util.Locale;

/**
 * Fills what the user of a venue left open, and leaves alone what was chosen: a URI, a dialect, an authenticator, a
 * connect budget, and limits as soon as they have one bucket. Changes the configuration that it is made with. One
 * thread.
 */
public final class VenueSettings
{
    private final SessionConfig config;

    /**
     * Fill a configuration.
     *
     * @param config  to fill.
     * @param url     of the venue, if there is none yet.
     * @param dialect of the venue, if there is none yet.
     */
    public VenueSettings(final SessionConfig config, final String url, final Dialect dialect)
    {
        this.config = config
            .uri(config.uri() == null ? url : config.uri())
            .dialect(config.dialect() == null ? dialect : config.dialect());
    }

    /**
     * Log in, if there is no authenticator yet; the times of a login policy without one are kept.
     *
     * @param authenticator of the venue, null for no login.
     * @return this.
     */
    public VenueSettings login(final Authenticator authenticator)
    {
        if (authenticator != null)
        {
            config.login(config.login() == null ? new LoginPolicy() : config.login());
            if (config.login().authenticator() == null)
            {
                config.login().authenticator(authenticator);
            }
        }

        return this;
    }

    /**
     * Bound the connections, unless the user did.
     *
     * @param connections to the venue's host in a period.
     * @param periodNs    in ns.
     * @return this.
     */
    public VenueSettings connectBudget(final int connections, final long periodNs)
    {
        if (!config.reconnect().isConnectBudgetChosen())
        {
            config.reconnect().connectBudget(connections, periodNs);
        }

        return this;
    }

    /**
     * May the venue's limits be added?
     *
     * @return false if the user's have a bucket.
     */
    public boolean isUnlimited()
    {
        return config.limits().limits().isEmpty();
    }

    /**
     * Share a bucket with all sessions of the process that have the same host and port, as the URI names them now: for
     * limits of an address.
     *
     * @param bucket of the limits, by its name.
     */
    public void share(final String bucket)
    {
        final String authority = Endpoint.parse(config.uri()).authority().toLowerCase(Locale.ROOT);
        config.limits().shared(bucket, bucket + '@' + authority);
    }

    /** {@return the configuration} */
    public SessionConfig config()
    {
        return config;
    }
}
