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

import io.ringwire.bench.client.BenchException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.TlsPolicy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * TLS for clients that take it from the JDK: which certificates they trust. Host names they check themselves.
 */
final class PeerTls
{
    private PeerTls()
    {
    }

    /**
     * Does a URI ask for TLS?
     *
     * @param uri of a server.
     * @return true for wss.
     */
    static boolean isSecure(final String uri)
    {
        return Endpoint.parse(uri).isSecure();
    }

    /**
     * A context of the JDK.
     *
     * @param policy of which the file of certificates counts; null for the certificates of the JDK.
     * @return the context, for TLS 1.3 and 1.2.
     * @throws BenchException if the file holds no certificates, or the policy asks for more.
     */
    static SSLContext context(final TlsPolicy policy) throws BenchException
    {
        return context(trustManager(policy));
    }

    /**
     * A context of the JDK.
     *
     * @param trust of the client.
     * @return the context, for TLS 1.3 and 1.2.
     */
    static SSLContext context(final X509TrustManager trust)
    {
        try
        {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{trust}, null);
            return context;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every JDK has TLS", ex);
        }
    }

    /**
     * Who is trusted.
     *
     * @param policy of which the file of certificates counts; null for the certificates of the JDK.
     * @return the JDK's trust manager.
     * @throws BenchException if the file holds no certificates, or the policy asks for more.
     */
    static X509TrustManager trustManager(final TlsPolicy policy) throws BenchException
    {
        if (policy != null &&
            (policy.isInsecure() || !policy.pins().isEmpty() || policy.certificateFile() != null))
        {
            throw new BenchException(
                "clients of other libraries know --ca only: leave --insecure, --pin, --cert and --key out");
        }

        try
        {
            final TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(policy == null || policy.caFile() == null ? null : certificates(policy));
            for (final TrustManager manager : factory.getTrustManagers())
            {
                if (manager instanceof X509TrustManager trust)
                {
                    return trust;
                }
            }

            throw new IllegalStateException("every JDK has a trust manager for X.509");
        }
        catch (final GeneralSecurityException | IOException ex)
        {
            final String file = policy == null ? "the JDK's certificates" : String.valueOf(policy.caFile());
            throw new BenchException("cannot trust " + file + ": " + PeerSession.reason(ex), ex);
        }
    }

    private static KeyStore certificates(final TlsPolicy policy) throws GeneralSecurityException, IOException
    {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(policy.caFile()))
        {
            for (final Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in))
            {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
        }

        if (store.size() == 0)
        {
            throw new IOException("no certificate in it");
        }

        return store;
    }
}
