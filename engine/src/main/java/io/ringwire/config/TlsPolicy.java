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
package io.ringwire.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static io.ringwire.config.Configuration.enumOf;

/**
 * How a {@code wss} session does TLS (RFC 8446, RFC 5246). The certificate of the server and its host name are always
 * checked, but for the one switch whose name says what it is for.
 */
public final class TlsPolicy
{
    /** What a pin begins with; the base64 of the SHA-256 of a SubjectPublicKeyInfo follows (RFC 7469 section 2.4). */
    public static final String PIN_PREFIX = "sha256/";

    private static final List<String> KNOWN_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final int SHA256_LENGTH = 32;

    private final Set<String> pins = new LinkedHashSet<>();
    private TlsProvider provider = enumOf(Configuration.TLS_PROVIDER_PROP_NAME, TlsProvider.class, TlsProvider.AUTO);
    private List<String> protocols = KNOWN_PROTOCOLS;
    private List<String> cipherSuites = List.of();
    private Path caFile;
    private Path certificateFile;
    private Path keyFile;
    private String keyPassword;
    private boolean insecure;

    /** {@return who does TLS. Default AUTO} */
    public TlsProvider provider()
    {
        return provider;
    }

    /**
     * Choose who does TLS.
     *
     * @param provider the value.
     * @return this.
     */
    public TlsPolicy provider(final TlsProvider provider)
    {
        this.provider = provider;
        return this;
    }

    /** {@return the versions offered. Default TLSv1.3 and TLSv1.2} */
    public List<String> protocols()
    {
        return protocols;
    }

    /**
     * Choose the versions offered.
     *
     * @param protocols {@code TLSv1.3}, {@code TLSv1.2} or both.
     * @return this.
     */
    public TlsPolicy protocols(final String... protocols)
    {
        this.protocols = List.of(protocols);
        return this;
    }

    /** {@return the cipher suites offered; empty means those of the provider} */
    public List<String> cipherSuites()
    {
        return cipherSuites;
    }

    /**
     * Choose the cipher suites offered. Without a suite of a version that version is not offered. BoringSSL takes the
     * suites of TLS 1.3 only all three together.
     *
     * @param cipherSuites by their IANA names, best first.
     * @return this.
     */
    public TlsPolicy cipherSuites(final String... cipherSuites)
    {
        this.cipherSuites = List.of(cipherSuites);
        return this;
    }

    /** {@return the file with the certificates trusted, or null for those of the JDK} */
    public Path caFile()
    {
        return caFile;
    }

    /**
     * Trust the certificates in this file, and no others.
     *
     * @param caFile one or more certificates in PEM.
     * @return this.
     */
    public TlsPolicy caFile(final Path caFile)
    {
        this.caFile = caFile;
        return this;
    }

    /** {@return the file with the client's certificate, or null} */
    public Path certificateFile()
    {
        return certificateFile;
    }

    /** {@return the file with the client's private key, or null} */
    public Path keyFile()
    {
        return keyFile;
    }

    /**
     * Show the server a certificate if it asks for one.
     *
     * @param certificateFile the certificate and those that lead to its issuer, in PEM, the client's first.
     * @param keyFile         its private key, PKCS#8 in PEM.
     * @return this.
     */
    public TlsPolicy certificate(final Path certificateFile, final Path keyFile)
    {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        return this;
    }

    /** {@return the password of the private key, or null if it has none} */
    public String keyPassword()
    {
        return keyPassword;
    }

    /**
     * Choose the password of the private key. It appears in no message.
     *
     * @param keyPassword the value.
     * @return this.
     */
    public TlsPolicy keyPassword(final String keyPassword)
    {
        this.keyPassword = keyPassword;
        return this;
    }

    /** {@return the public keys of which the server's chain must hold one; empty means any} */
    public Set<String> pins()
    {
        return pins;
    }

    /**
     * Take a server only if its certificate, or one of those that signed it, has this public key. Several pins are
     * alternatives. They are checked behind everything else, not in its place.
     *
     * @param pin {@code sha256/} and the base64 of the SHA-256 of the SubjectPublicKeyInfo.
     * @return this.
     */
    public TlsPolicy pin(final String pin)
    {
        pins.add(pin);
        return this;
    }

    /** {@return is any server trusted, whoever it is} */
    public boolean isInsecure()
    {
        return insecure;
    }

    /**
     * Check neither certificate nor host name: whoever is in between can read and change everything. For tests only;
     * the engine's error handler is told of every session that does this. Pins, if given, are still checked.
     *
     * @param insecure true to check nothing.
     * @return this.
     */
    public TlsPolicy insecureTrustAnyServerForTestsOnly(final boolean insecure)
    {
        this.insecure = insecure;
        return this;
    }

    void check()
    {
        if (provider == null)
        {
            throw new ConfigurationException("tls.provider must not be null");
        }

        if (protocols.isEmpty())
        {
            throw new ConfigurationException("tls.protocols is empty: give one of " + KNOWN_PROTOCOLS);
        }

        for (final String protocol : protocols)
        {
            if (!KNOWN_PROTOCOLS.contains(protocol))
            {
                throw new ConfigurationException(
                    "tls.protocols: " + protocol + " is not one of " + KNOWN_PROTOCOLS);
            }
        }

        checkFiles();
        pins.forEach(TlsPolicy::checkPin);
    }

    private void checkFiles()
    {
        if ((certificateFile == null) != (keyFile == null))
        {
            throw new ConfigurationException("tls.certificate needs both files: certificateFile=" + certificateFile +
                ", keyFile=" + keyFile);
        }

        if (keyPassword != null && keyFile == null)
        {
            throw new ConfigurationException("tls.keyPassword is set, tls.certificate is not");
        }

        checkFile("tls.caFile", caFile);
        checkFile("tls.certificateFile", certificateFile);
        checkFile("tls.keyFile", keyFile);
    }

    private static void checkFile(final String name, final Path file)
    {
        if (file != null && (!Files.isRegularFile(file) || !Files.isReadable(file)))
        {
            final String what = !Files.exists(file) ? "does not exist" :
                Files.isReadable(file) ? "is not a file" : "cannot be read";
            throw new ConfigurationException(name + "=" + file + " " + what);
        }
    }

    private static void checkPin(final String pin)
    {
        try
        {
            if (pin.startsWith(PIN_PREFIX) &&
                Base64.getDecoder().decode(pin.substring(PIN_PREFIX.length())).length == SHA256_LENGTH)
            {
                return;
            }
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException("tls.pin=" + pin + " is not base64 behind " + PIN_PREFIX, ex);
        }

        throw new ConfigurationException(
            "tls.pin=" + pin + " is not " + PIN_PREFIX + " and the base64 of " + SHA256_LENGTH + " bytes");
    }
}
