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

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes what a session needs for TLS out of its policy: files are read and native code is loaded here, on the thread
 * that connects.
 */
public final class TlsContexts
{
    private static final String HOST_NAME_RULES = "HTTPS"; // RFC 9110 section 4.3.4
    private static final String ALPN_HTTP_1_1 = "http/1.1"; // RFC 6455 speaks HTTP/1.1 and nothing else
    private static final String CLIENT_CERTIFICATE = "tls.certificateFile";
    private static final String CLIENT_KEY = "tls.keyFile";
    private static final int SESSION_CACHE_SIZE = 16;

    private static final Set<String> TLS13_SUITES = Set.of(
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private TlsContexts()
    {
    }

    /**
     * Make the context of a session.
     *
     * @param policy checked.
     * @return the context, to be closed by the caller.
     * @throws ConfigurationException that names the setting and the value.
     */
    public static TlsContext open(final TlsPolicy policy)
    {
        final boolean boringSsl = choosesBoringSsl(policy.provider());
        checkCipherSuites(policy.cipherSuites(), boringSsl);
        final ServerVerifier verifier = new ServerVerifier(
            policy.isInsecure() ? null : trustManager(policy), new PinSet(policy.pins()));
        final SslContextBuilder builder = SslContextBuilder.forClient()
            .sslProvider(boringSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
            .protocols(policy.protocols())
            .trustManager(verifier)
            .endpointIdentificationAlgorithm(policy.isInsecure() ? null : HOST_NAME_RULES)
            .applicationProtocolConfig(new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ALPN_HTTP_1_1))
            .sessionCacheSize(SESSION_CACHE_SIZE);
        if (!policy.cipherSuites().isEmpty())
        {
            builder.ciphers(policy.cipherSuites(), IdentityCipherSuiteFilter.INSTANCE);
        }

        addCertificate(builder, policy);
        return new TlsContext(build(builder), verifier, policy.keyFile() != null);
    }

    /**
     * Why a provider does not load here.
     *
     * @param provider to ask for.
     * @return the reason, or null if it loads, as the JDK's and so AUTO always do.
     */
    public static String unavailability(final TlsProvider provider)
    {
        return provider != TlsProvider.BORINGSSL || OpenSsl.isAvailable() ?
            null : OpenSsl.unavailabilityCause().toString();
    }

    private static SslContext build(final SslContextBuilder builder)
    {
        try
        {
            final SslContext context = builder.build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions)
            {
                sessions.setTicketKeys(); // takes tickets of TLS 1.2, without which most servers resume nothing
            }

            final SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT); // finds what is only checked here
            engine.closeOutbound();
            ReferenceCountUtil.release(engine);
            return context;
        }
        catch (final SSLException | RuntimeException ex)
        {
            throw new ConfigurationException("tls: " + ex.getMessage(), ex);
        }
    }

    private static boolean choosesBoringSsl(final TlsProvider provider)
    {
        final String reason = unavailability(provider);
        if (reason != null)
        {
            throw new ConfigurationException("tls.provider=" + provider + " does not load here: " + reason +
                "; use AUTO or JDK", OpenSsl.unavailabilityCause());
        }

        return provider != TlsProvider.JDK && OpenSsl.isAvailable();
    }

    private static void checkCipherSuites(final List<String> suites, final boolean boringSsl)
    {
        final Set<String> known = boringSsl ? OpenSsl.availableJavaCipherSuites() : jdkCipherSuites();
        for (final String suite : suites)
        {
            if (!known.contains(suite))
            {
                throw new ConfigurationException("tls.cipherSuites: " + suite + " is not known to " +
                    (boringSsl ? "BoringSSL" : "the JDK") + "; it knows " + known);
            }
        }

        final Set<String> tls13Suites = new LinkedHashSet<>(suites);
        tls13Suites.retainAll(TLS13_SUITES);
        if (boringSsl && !tls13Suites.isEmpty() && tls13Suites.size() < TLS13_SUITES.size())
        {
            throw new ConfigurationException("tls.cipherSuites: BoringSSL takes the suites of TLS 1.3 only all " +
                "three together, not " + tls13Suites + ": give all, or use provider JDK");
        }
    }

    private static Set<String> jdkCipherSuites()
    {
        try
        {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        }
        catch (final GeneralSecurityException ex)
        {
            throw new ConfigurationException("the JDK has no TLS: " + ex.getMessage(), ex);
        }
    }

    private static X509ExtendedTrustManager trustManager(final TlsPolicy policy)
    {
        try
        {
            KeyStore trusted = null; // those of the JDK
            if (policy.caFile() != null)
            {
                trusted = KeyStore.getInstance(KeyStore.getDefaultType());
                trusted.load(null, null);
                for (final X509Certificate certificate : new PemFile("tls.caFile", policy.caFile()).certificates())
                {
                    trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
                }
            }

            final TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            for (final TrustManager manager : factory.getTrustManagers())
            {
                if (manager instanceof X509ExtendedTrustManager extended)
                {
                    return extended;
                }
            }
        }
        catch (final GeneralSecurityException | IOException ex)
        {
            throw new ConfigurationException("tls.caFile=" + policy.caFile() + " cannot be used: " + ex, ex);
        }

        throw new ConfigurationException("the JDK has no trust manager that checks host names");
    }

    private static void addCertificate(final SslContextBuilder builder, final TlsPolicy policy)
    {
        if (policy.keyFile() == null)
        {
            return;
        }

        final X509Certificate[] chain = new PemFile(CLIENT_CERTIFICATE, policy.certificateFile()).certificates();
        final PrivateKey key = new PemFile(CLIENT_KEY, policy.keyFile()).privateKey(policy.keyPassword());
        if (!belong(chain[0], key))
        {
            throw new ConfigurationException(CLIENT_KEY + "=" + policy.keyFile() + " is not the key of " +
                CLIENT_CERTIFICATE + "=" + policy.certificateFile() +
                (chain.length > 1 ? ", whose first certificate must be the client's" : ""));
        }

        builder.keyManager(key, chain);
    }

    /**
     * Does the certificate take for its own what the key has signed?
     */
    private static boolean belong(final X509Certificate certificate, final PrivateKey key)
    {
        final String algorithm = switch (key.getAlgorithm())
        {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try
        {
            final byte[] data = key.getAlgorithm().getBytes(StandardCharsets.US_ASCII);
            final Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(data);
            final byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(data);
            return signer.verify(signature);
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }
    }
}
