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

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks who the server is, with the JDK's rules whoever does TLS, and says which of them was broken. Runs on the
 * thread of the handshake: the IO thread.
 */
final class ServerVerifier extends X509ExtendedTrustManager
{
    private static final X509Certificate[] NO_ISSUERS = {};
    private static final int SAN_DNS = 2; // RFC 5280 section 4.2.1.6
    private static final int SAN_IP = 7;

    private final X509ExtendedTrustManager trusted;
    private final PinSet pins;
    private String host;
    private boolean accepted;

    /**
     * A verifier for one connection after the other.
     *
     * @param trusted that checks chain and host name, or null to trust anybody.
     * @param pins    checked behind that.
     */
    ServerVerifier(final X509ExtendedTrustManager trusted, final PinSet pins)
    {
        this.trusted = trusted;
        this.pins = pins;
    }

    /**
     * The next handshake begins.
     *
     * @param nextHost the certificate must be for; for messages.
     */
    void reset(final String nextHost)
    {
        host = nextHost;
        accepted = false;
    }

    /**
     * Was the server accepted in this handshake?
     */
    boolean hasAccepted()
    {
        return accepted;
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
        throws CertificateException
    {
        if (trusted != null)
        {
            try
            {
                trusted.checkServerTrusted(chain, authType, engine);
            }
            catch (final CertificateException ex)
            {
                throw rejection(chain, authType, ex);
            }
        }

        pins.check(pathOf(chain));
        accepted = true;
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
        throws CertificateException
    {
        throw new CertificateException("no engine, no host name to check");
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType) throws CertificateException
    {
        throw new CertificateException("no engine, no host name to check");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
        throws CertificateException
    {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
        throws CertificateException
    {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType) throws CertificateException
    {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers()
    {
        return trusted == null ? NO_ISSUERS : trusted.getAcceptedIssuers();
    }

    private TlsRejection rejection(final X509Certificate[] chain, final String authType, final CertificateException ex)
    {
        final List<X509Certificate> path = pathOf(chain);
        final Date now = new Date();
        for (final X509Certificate certificate : path)
        {
            if (now.after(certificate.getNotAfter()))
            {
                return rejection(TlsFailure.CERTIFICATE_EXPIRED, subjectOf(certificate) + " was valid until " +
                    certificate.getNotAfter().toInstant(), ex);
            }

            if (now.before(certificate.getNotBefore()))
            {
                return rejection(TlsFailure.CERTIFICATE_NOT_YET_VALID, subjectOf(certificate) + " is valid from " +
                    certificate.getNotBefore().toInstant() + " on", ex);
            }
        }

        if (isTrusted(chain, authType))
        {
            return rejection(
                TlsFailure.WRONG_HOST, "certificate is for " + namesOf(chain[0]) + ", not for " + host, ex);
        }

        final X509Certificate last = path.get(path.size() - 1);
        if (path.size() == 1 && PinSet.isSignedBy(last, last))
        {
            return rejection(
                TlsFailure.SELF_SIGNED, subjectOf(last) + " is signed with its own key and not trusted", ex);
        }

        for (final X509Certificate issuer : trusted.getAcceptedIssuers())
        {
            if (PinSet.isSignedBy(last, issuer))
            {
                return rejection(TlsFailure.CERTIFICATE_REJECTED, subjectOf(path.get(0)) + ": " + ex.getMessage(), ex);
            }
        }

        return rejection(TlsFailure.UNKNOWN_ISSUER, "certificate " + subjectOf(path.get(0)) +
            " leads to issuer " + last.getIssuerX500Principal() + ", which is not trusted", ex);
    }

    /**
     * Is the chain itself good, whatever host it is for?
     */
    private boolean isTrusted(final X509Certificate[] chain, final String authType)
    {
        try
        {
            trusted.checkServerTrusted(chain, authType);
            return true;
        }
        catch (final CertificateException ex)
        {
            return false;
        }
    }

    /**
     * The server's certificate and those that signed it, up to a trusted one if it leads there.
     */
    private List<X509Certificate> pathOf(final X509Certificate[] chain)
    {
        final List<X509Certificate> path = new ArrayList<>();
        final List<X509Certificate> candidates = new ArrayList<>(List.of(chain));
        candidates.addAll(List.of(getAcceptedIssuers()));
        X509Certificate next = chain[0];
        while (next != null)
        {
            path.add(next);
            next = issuerOf(next, candidates, path);
        }

        return path;
    }

    private static X509Certificate issuerOf(
        final X509Certificate certificate, final List<X509Certificate> candidates, final List<X509Certificate> path)
    {
        for (final X509Certificate candidate : candidates)
        {
            if (!path.contains(candidate) && PinSet.isSignedBy(certificate, candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static TlsRejection rejection(final TlsFailure failure, final String message, final Throwable cause)
    {
        return new TlsRejection(failure, message, cause);
    }

    private static String subjectOf(final X509Certificate certificate)
    {
        return "'" + certificate.getSubjectX500Principal() + "'";
    }

    private static String namesOf(final X509Certificate certificate)
    {
        try
        {
            final Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null)
            {
                return names.stream()
                    .filter((name) -> name.get(0).equals(SAN_DNS) || name.get(0).equals(SAN_IP))
                    .map((name) -> String.valueOf(name.get(1)))
                    .collect(Collectors.joining(", "));
            }
        }
        catch (final CertificateException ex)
        {
            return "names that cannot be read";
        }

        return subjectOf(certificate);
    }
}
