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
package io.ringwire.tls;

import io.ringwire.config.TlsPolicy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The public keys of which a server's chain must hold one (RFC 7469 section 2.4). Only certificates count that really
 * signed the server's: anybody can send a pinned certificate along.
 */
final class PinSet
{
    private final Set<String> pins;

    PinSet(final Set<String> pins)
    {
        this.pins = Set.copyOf(pins);
    }

    /**
     * Check the chain a server sent.
     *
     * @param path of certificates, each signed by the next.
     * @throws TlsRejection with the pins seen.
     */
    void check(final List<X509Certificate> path) throws TlsRejection
    {
        if (!pins.isEmpty() && path.stream().noneMatch((certificate) -> pins.contains(pinOf(certificate))))
        {
            throw new TlsRejection(
                TlsFailure.PIN_MISMATCH,
                "no pinned key in the server's chain: it has " + path.stream().map(PinSet::pinOf).toList(),
                null);
        }
    }

    static boolean isSignedBy(final X509Certificate certificate, final X509Certificate issuer)
    {
        try
        {
            if (certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
            {
                certificate.verify(issuer.getPublicKey());
                return true;
            }
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }

        return false;
    }

    private static String pinOf(final X509Certificate certificate)
    {
        try
        {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
            return TlsPolicy.PIN_PREFIX + Base64.getEncoder().encodeToString(digest);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex); // every JDK has it
        }
    }
}
