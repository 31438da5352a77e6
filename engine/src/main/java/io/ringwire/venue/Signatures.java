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

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * The signatures that venues want, by the JDK's own algorithms. Allocates: for the cold path. Any thread.
 */
public final class Signatures
{
    private static final String HMAC = "HmacSHA256";

    private Signatures()
    {
    }

    /**
     * HMAC-SHA256 (RFC 2104, RFC 4868).
     *
     * @param secret of the account.
     * @param text   to sign, as UTF-8.
     * @return the 32 bytes of the signature.
     * @throws GeneralSecurityException if the JDK lacks the algorithm or the secret is empty.
     */
    public static byte[] hmacSha256(final byte[] secret, final String text) throws GeneralSecurityException
    {
        final Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(secret, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ed25519 (RFC 8032 section 5.1).
     *
     * @param key  of the account.
     * @param text to sign, as UTF-8.
     * @return the 64 bytes of the signature.
     * @throws GeneralSecurityException if this is no key of Ed25519.
     */
    public static byte[] ed25519(final PrivateKey key, final String text) throws GeneralSecurityException
    {
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }
}
