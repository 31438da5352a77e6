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

import io.ringwire.dialect.Authenticator;

import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;

/**
 * How a session logs in, on every connection before anything else is said, and again before its login expires. Needs a
 * dialect, which finds the answers.
 */
public final class LoginPolicy
{
    private Authenticator authenticator;
    private long timeoutNs = durationOf(Configuration.LOGIN_TIMEOUT_PROP_NAME, 10, TimeUnit.SECONDS);
    private boolean retryRejected;

    /** {@return who says what to send and judges the answers. Required} */
    public Authenticator authenticator()
    {
        return authenticator;
    }

    /**
     * Choose who says what to send and judges the answers. It serves this session alone.
     *
     * @param authenticator the value.
     * @return this.
     */
    public LoginPolicy authenticator(final Authenticator authenticator)
    {
        this.authenticator = authenticator;
        return this;
    }

    /** {@return the time for a whole login, the authenticator's calls included, in ns; default 10 s} */
    public long timeoutNs()
    {
        return timeoutNs;
    }

    /**
     * Choose the time for a whole login, in ns. A login that takes longer ends the connection, and the next is tried
     * after a backoff.
     *
     * @param timeoutNs the value.
     * @return this.
     */
    public LoginPolicy timeoutNs(final long timeoutNs)
    {
        this.timeoutNs = timeoutNs;
        return this;
    }

    /** {@return is a login tried again after the venue rejected it? Default false: the session fails} */
    public boolean retryRejected()
    {
        return retryRejected;
    }

    /**
     * Choose what a rejection means: the end of the session, or another attempt after a backoff. A rejected refresh is
     * always followed by a new connection.
     *
     * @param retryRejected true for another attempt.
     * @return this.
     */
    public LoginPolicy retryRejected(final boolean retryRejected)
    {
        this.retryRejected = retryRejected;
        return this;
    }

    void check()
    {
        if (authenticator == null)
        {
            throw new ConfigurationException("login.authenticator is not set: a login needs one");
        }

        SessionConfigCheck.positive("login.timeoutNs", timeoutNs);
    }
}
