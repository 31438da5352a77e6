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
package io.ringwire.venue.coinbase;

import io.ringwire.json.JsonWriter;
import io.ringwire.venue.Signatures;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.LongSupplier;

/**
 * The login of an account, which is a signature in the subscribe message. The host's clock must be right. Keeps no
 * state; any thread.
 */
public final class CoinbaseCredentials
{
    private static final String SIGNED_PATH = "GET/users/self/verify";
    private static final long MS_PER_S = 1_000;

    private final String key;
    private final byte[] secret;
    private final String passphrase;
    private final LongSupplier epochMs;

    CoinbaseCredentials(
        final String key, final String secret, final String passphrase, final LongSupplier epochMs)
    {
        this.key = key;
        this.secret = Base64.getDecoder().decode(secret);
        this.passphrase = passphrase;
        this.epochMs = epochMs;
    }

    /**
     * The three parts of an API key.
     *
     * @param key        by its name.
     * @param secret     in base64, as the venue gave it.
     * @param passphrase that was chosen with it.
     */
    public CoinbaseCredentials(final String key, final String secret, final String passphrase)
    {
        this(key, secret, passphrase, System::currentTimeMillis);
    }

    /**
     * Add the fields of the login to an open object.
     */
    void sign(final JsonWriter message)
    {
        final String timestamp = Long.toString(epochMs.getAsLong() / MS_PER_S);
        try
        {
            final byte[] signature = Signatures.hmacSha256(secret, timestamp + SIGNED_PATH);
            message.field("signature", Base64.getEncoder().encodeToString(signature))
                .field("key", key)
                .field("passphrase", passphrase)
                .field("timestamp", timestamp);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("cannot sign for Coinbase: " + ex.getMessage(), ex);
        }
    }
}
