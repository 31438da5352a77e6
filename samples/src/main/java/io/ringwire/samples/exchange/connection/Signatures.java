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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signatures that venues ask for.
 */
public final class Signatures
{
    private static final String HMAC = "HmacSHA256";

    private Signatures()
    {
    }

    /**
     * HMAC-SHA256.
     *
     * @param key  that signs.
     * @param text that is signed.
     * @return the signature.
     */
    public static byte[] hmac(final byte[] key, final String text)
    {
        try
        {
            final Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every JDK has " + HMAC, ex);
        }
    }

    /**
     * Compare a signature, in time that does not depend on where it differs.
     *
     * @param expected what it should be.
     * @param text     what it is.
     * @return are they the same?
     */
    public static boolean equal(final String expected, final String text)
    {
        return MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Check an Ed25519 signature.
     *
     * @param key       of the one who signed, or null for nobody.
     * @param text      that was signed.
     * @param signature in base64.
     * @return is it good?
     */
    public static boolean isGoodEd25519(final PublicKey key, final String text, final String signature)
    {
        if (key == null)
        {
            return false;
        }

        try
        {
            final Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        }
        catch (final GeneralSecurityException | IllegalArgumentException ex)
        {
            return false; // not a signature at all
        }
    }
}
