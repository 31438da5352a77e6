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
package io.ringwire.samples.exchange.deribit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.Signatures;
import io.ringwire.samples.exchange.connection.VenueConnection;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * The login of one connection: {@code public/auth} by credentials, by signature or by the refresh token it gave out.
 */
final class DeribitLogin
{
    private final VenueConnection connection;
    private long grantedNs;
    private int grants;

    DeribitLogin(final VenueConnection connection)
    {
        this.connection = connection;
    }

    /**
     * Log the client in.
     *
     * @return the tokens.
     */
    JsonElement grant(final RpcParams params) throws RpcException
    {
        final Credentials credentials = connection.rules().credentials();
        final String type = params.text("grant_type");
        final boolean granted = switch (type)
        {
            case "client_credentials" -> params.text("client_id").equals(credentials.apiKey()) &&
                Signatures.equal(credentials.apiSecret(), params.text("client_secret"));
            case "client_signature" -> params.text("client_id").equals(credentials.apiKey()) &&
                Signatures.equal(signature(credentials, params), params.text("signature"));
            case "refresh_token" -> grants > 0 && params.text("refresh_token").equals(refreshToken());
            default -> throw new RpcException(RpcException.INVALID_PARAMS, "Invalid params: grant_type");
        };
        if (!granted || connection.rules().rejectLogins())
        {
            connection.count(Happening.REFUSED_LOGIN);
            throw new RpcException(RpcException.INVALID_CREDENTIALS, "invalid_credentials");
        }

        connection.count("refresh_token".equals(type) ? Happening.REFRESH : Happening.LOGIN);
        grants++;
        grantedNs = System.nanoTime();
        return tokens();
    }

    /**
     * Refuse a call that needs a login.
     */
    void demand() throws RpcException
    {
        if (grants == 0 || System.nanoTime() - grantedNs >
            TimeUnit.MILLISECONDS.toNanos(connection.rules().tokenLifetimeMs()))
        {
            throw new RpcException(RpcException.UNAUTHORIZED, "unauthorized");
        }
    }

    private JsonElement tokens()
    {
        final JsonObject tokens = new JsonObject();
        tokens.addProperty("access_token", "access-" + connection.arrival().view().number() + "-" + grants);
        tokens.addProperty("expires_in", Math.max(1, connection.rules().tokenLifetimeMs() / 1000));
        tokens.addProperty("refresh_token", refreshToken());
        tokens.addProperty("scope", "connection trade:read_write");
        tokens.addProperty("token_type", "bearer");
        return tokens;
    }

    private String refreshToken()
    {
        return "refresh-" + connection.arrival().view().number() + "-" + grants;
    }

    private static String signature(final Credentials credentials, final RpcParams params) throws RpcException
    {
        final JsonElement data = params.optional("data");
        final String signed = params.text("timestamp") + "\n" + params.text("nonce") + "\n" +
            (data == null ? "" : data.getAsString());
        return HexFormat.of().formatHex(
            Signatures.hmac(credentials.apiSecret().getBytes(StandardCharsets.UTF_8), signed));
    }
}
