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
package io.ringwire.bench.peer;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.ringwire.bench.client.BenchException;
import io.ringwire.config.TlsPolicy;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/**
 * What the clients with the JDK's TLS trust. Any thread.
 */
final class PeerTls
{
    private PeerTls()
    {
    }

    /**
     * Make a context that trusts what a policy trusts.
     *
     * @param policy or null for the JDK's certificates.
     * @return the context.
     * @throws BenchException that says what cannot be read.
     */
    static SSLContext context(final TlsPolicy policy) throws BenchException
    {
        try
        {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(policy), null);
            return context;
        }
        catch (final IOException | GeneralSecurityException ex)
        {
            throw new BenchException("cannot read the certificates of " + policy.caFile() + ": " + ex.getMessage(), ex);
        }
    }

    private static TrustManager[] trustManagers(final TlsPolicy policy) throws IOException, GeneralSecurityException
    {
        if (policy != null && policy.isInsecure())
        {
            return InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
        }

        if (policy == null || policy.caFile() == null)
        {
            return null;
        }

        final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(policy.caFile()))
        {
            for (final Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem))
            {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
        }

        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
