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
package io.ringwire.samples.exchange.connection;

import java.security.PublicKey;

/**
 * What a login has to know. The local ones are public and open nothing but the exchange inside this process.
 *
 * @param apiKey     name of the account's key.
 * @param apiSecret  that signs, in base64; Deribit takes the text as it is.
 * @param passphrase that Coinbase asks for.
 * @param token      that Kraken's REST interface would have given out.
 * @param publicKey  that checks Binance's Ed25519 signatures, or null to refuse them all.
 */
public record Credentials(String apiKey, String apiSecret, String passphrase, String token, PublicKey publicKey)
{
    /**
     * Those of an exchange that was given no others.
     *
     * @return the credentials, without an Ed25519 key.
     */
    public static Credentials local()
    {
        return local(null);
    }

    /**
     * Those of an exchange that was given no others, and a key.
     *
     * @param publicKey that checks Binance's Ed25519 signatures.
     * @return the credentials.
     */
    public static Credentials local(final PublicKey publicKey)
    {
        return new Credentials("ringwire", "bm90IGEgc2VjcmV0", "local", "local-token", publicKey);
    }
}
