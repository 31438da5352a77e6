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
package io.ringwire.samples.exchange;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for {@code localhost} and {@code 127.0.0.1}, made with the JDK's {@code keytool} and signed with its
 * own key. It lives in a directory of its own as long as this object is open, or at most as long as the process.
 */
public final class SelfMadeCertificate implements AutoCloseable
{
    private static final String PASSWORD = "not-a-secret"; // of a file that lives as long as the process
    private static final String ALIAS = "exchange";
    private static final long KEYTOOL_TIMEOUT_S = 60;
    private static final int PEM_LINE_LENGTH = 64;

    private final Path directory;
    private final Path keyStoreFile;
    private final Path caFile;
    private final SslContext context;

    /**
     * Make a certificate. This takes the JDK's tool a good part of a second.
     *
     * @param provider of TLS.
     * @throws UncheckedIOException  if the tool cannot be run, or there is nowhere to write to.
     * @throws IllegalStateException if the certificate cannot be used.
     */
    public SelfMadeCertificate(final SslProvider provider)
    {
        try
        {
            directory = Files.createTempDirectory("ringwire-exchange");
            keyStoreFile = directory.resolve("key.p12");
            caFile = directory.resolve("ca.pem");
            directory.toFile().deleteOnExit(); // the last that is named is the first to be deleted
            keyStoreFile.toFile().deleteOnExit();
            caFile.toFile().deleteOnExit();
            runKeytool();
            final KeyStore keyStore = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keyStoreFile))
            {
                keyStore.load(in, PASSWORD.toCharArray());
            }

            final Base64.Encoder encoder =
                Base64.getMimeEncoder(PEM_LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
            Files.writeString(caFile, "-----BEGIN CERTIFICATE-----\n" +
                encoder.encodeToString(keyStore.getCertificate(ALIAS).getEncoded()) + "\n-----END CERTIFICATE-----\n");
            final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore, PASSWORD.toCharArray());
            context = SslContextBuilder.forServer(keys).sslProvider(provider).build();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot make a certificate", ex);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("cannot use the certificate just made", ex);
        }
    }

    /**
     * What a client has to trust.
     *
     * @return a PEM file.
     */
    public Path caFile()
    {
        return caFile;
    }

    /**
     * The server's side of TLS.
     *
     * @return the context.
     */
    public SslContext context()
    {
        return context;
    }

    @Override
    public void close()
    {
        try
        {
            Files.deleteIfExists(keyStoreFile);
            Files.deleteIfExists(caFile);
            Files.deleteIfExists(directory);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void runKeytool() throws IOException
    {
        final Process keytool = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-keystore", keyStoreFile.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
            "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
            "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "30"))
            .redirectErrorStream(true).start();
        try
        {
            final String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!keytool.waitFor(KEYTOOL_TIMEOUT_S, TimeUnit.SECONDS) || keytool.exitValue() != 0)
            {
                throw new IOException("keytool failed: " + output);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", ex);
        }
        finally
        {
            keytool.destroy();
        }
    }
}
