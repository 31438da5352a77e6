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
package io.ringwire.venue.deribit;

import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import io.ringwire.json.JsonWriter;
import io.ringwire.venue.Signatures;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Logs in with {@code public/auth}, and refreshes with the refresh token when four fifths of the token's life are over.
 * One object serves one session, on two threads that never use it at the same time.
 * <p>
 * An error of the venue about load or its own state fails the attempt, and the session tries again; so does a refresh
 * that is refused, after which the next attempt logs in anew. Any other error is final: which codes are about load and
 * state is an assumption, but for 10028.
 */
public final class DeribitLogin implements Authenticator
{
    private static final Set<Long> PASSING_ERRORS = Set.of(
        DeribitDialect.TOO_MANY_REQUESTS,
        10_040L, // retry
        10_041L, // settlement_in_progress
        11_094L, // internal_server_error
        13_503L); // unavailable
    private static final int NONCE_BYTES = 8;

    private final String clientId;
    private final String secret;
    private final boolean isSigned;
    private final LongSupplier epochMs;
    private final Supplier<String> nonces;
    private LoginStep step;
    private String refreshToken;

    DeribitLogin(
        final String clientId,
        final String secret,
        final boolean isSigned,
        final LongSupplier epochMs,
        final Supplier<String> nonces)
    {
        this.clientId = clientId;
        this.secret = secret;
        this.isSigned = isSigned;
        this.epochMs = epochMs;
        this.nonces = nonces;
    }

    /**
     * Log in by sending the secret: grant type {@code client_credentials}.
     *
     * @param clientId of the API key.
     * @param secret   of the API key.
     * @return the login of one session.
     */
    public static DeribitLogin credentials(final String clientId, final String secret)
    {
        return new DeribitLogin(clientId, secret, false, System::currentTimeMillis, DeribitLogin::nonce);
    }

    /**
     * Log in by signing with the secret, which is not sent: grant type {@code client_signature}. The host's clock must
     * be right.
     *
     * @param clientId of the API key.
     * @param secret   of the API key.
     * @return the login of one session.
     */
    public static DeribitLogin signature(final String clientId, final String secret)
    {
        return new DeribitLogin(clientId, secret, true, System::currentTimeMillis, DeribitLogin::nonce);
    }

    @Override
    public String login(final LoginStep step, final long requestId) throws Exception
    {
        this.step = step;
        final JsonWriter request = DeribitRequest.begin(requestId, "public/auth");
        if (step == LoginStep.REFRESH && refreshToken != null)
        {
            request.field("grant_type", "refresh_token").field("refresh_token", refreshToken);
        }
        else if (isSigned)
        {
            final long timestamp = epochMs.getAsLong();
            final String nonce = nonces.get();
            final byte[] signature = Signatures.hmacSha256(
                secret.getBytes(StandardCharsets.UTF_8), timestamp + "\n" + nonce + "\n");
            request.field("grant_type", "client_signature")
                .field("client_id", clientId)
                .field("timestamp", timestamp)
                .field("nonce", nonce)
                .field("data", "")
                .field("signature", HexFormat.of().formatHex(signature));
        }
        else
        {
            request.field("grant_type", "client_credentials")
                .field("client_id", clientId)
                .field("client_secret", secret);
        }

        return DeribitRequest.end(request);
    }

    @Override
    public LoginOutcome onAnswer(
        final MessageKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        if (kind != MessageKind.REPLY)
        {
            final String reason = DeribitRequest.reason(buffer, offset, limit);
            if (step == LoginStep.REFRESH || PASSING_ERRORS.contains(DeribitRequest.errorCode(buffer, offset, limit)))
            {
                throw new IllegalStateException("Deribit did not log in: " + reason);
            }

            return LoginOutcome.rejected(reason);
        }

        final int result = JsonScanner.field(buffer, offset, limit, "result");
        refreshToken = JsonText.string(buffer, result, limit, "refresh_token");
        final long expiresInS = JsonScanner.integer(
            buffer, JsonScanner.field(buffer, result, limit, "expires_in"), limit);
        return expiresInS > 0 ? LoginOutcome.accepted(TimeUnit.SECONDS.toNanos(expiresInS) / 5 * 4) :
            LoginOutcome.accepted();
    }

    private static String nonce()
    {
        final byte[] bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
