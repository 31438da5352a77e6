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
package io.ringwire.system;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Certificates made when the tests run.
 */
final class TlsCertificates
{
    static final X509Bundle CA = ca("CN=Ringwire test CA");
    static final X509Bundle OTHER_CA = ca("CN=Somebody else's CA");
    static final X509Bundle SERVER = issued(server("CN=server"), CA);
    static final X509Bundle CLIENT = issued(client("CN=client"), CA);
    static final X509Bundle UNKNOWN_CLIENT = issued(client("CN=stranger"), OTHER_CA);

    private TlsCertificates()
    {
    }

    static X509Bundle ca(final String subject)
    {
        return ca(base(subject));
    }

    static CertificateBuilder server(final String subject)
    {
        return base(subject).addSanDnsName("localhost").addSanIpAddress("127.0.0.1").addExtendedKeyUsageServerAuth();
    }

    static CertificateBuilder client(final String subject)
    {
        return base(subject).addExtendedKeyUsageClientAuth();
    }

    static CertificateBuilder base(final String subject)
    {
        final Instant now = Instant.now();
        return new CertificateBuilder().ecp256().subject(subject)
            .notBefore(now.minus(Duration.ofDays(1))).notAfter(now.plus(Duration.ofDays(1)));
    }

    static X509Bundle issued(final CertificateBuilder builder, final X509Bundle issuer)
    {
        try
        {
            return builder.buildIssuedBy(issuer);
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static X509Bundle ca(final CertificateBuilder builder)
    {
        try
        {
            return builder.setIsCertificateAuthority(true).buildSelfSigned();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static String pinOf(final X509Bundle bundle)
    {
        try
        {
            return "sha256/" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(bundle.getCertificate().getPublicKey().getEncoded()));
        }
        catch (final java.security.GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static Path write(final Path directory, final String name, final String text)
    {
        try
        {
            return Files.writeString(directory.resolve(name), text);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
