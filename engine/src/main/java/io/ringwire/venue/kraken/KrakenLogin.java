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
package io.ringwire.venue.kraken;

import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import org.agrona.DirectBuffer;

import java.util.concurrent.Callable;

/**
 * Kraken knows no login on the WebSocket: subscriptions to private channels carry a token that the venue's REST API
 * ({@code GetWebSocketsToken}) gave. This fetches a fresh token for each connection and sends nothing. One object
 * serves one session, and so does the dialect that takes its tokens: {@code new KrakenV2Dialect(login::token)}.
 */
public final class KrakenLogin implements Authenticator
{
    private final Callable<String> tokens;
    private volatile String token;

    /**
     * Fetch tokens by the user's means.
     *
     * @param tokens called on the login's thread, may block until the login's deadline; what it throws fails the
     *               attempt.
     */
    public KrakenLogin(final Callable<String> tokens)
    {
        this.tokens = tokens;
    }

    /**
     * The token of this connection. Any thread.
     *
     * @return the token, null before the first login.
     */
    public String token()
    {
        return token;
    }

    @Override
    public String login(final LoginStep step, final long requestId) throws Exception
    {
        token = tokens.call();
        return null;
    }

    @Override
    public LoginOutcome onAnswer(
        final MessageKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        return LoginOutcome.accepted(); // nothing was sent, so nothing is answered
    }
}
