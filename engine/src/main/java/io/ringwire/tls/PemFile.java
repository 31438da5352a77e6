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

import io.ringwire.config.ConfigurationException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A file of PEM blocks (RFC 7468). Every error names the setting and the file. Used by the thread that connects.
 */
final class PemFile
{
    private static final Pattern BLOCK =
        Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final String setting;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Read a file.
     *
     * @param name of the setting.
     * @param file it names.
     */
    PemFile(final String name, final Path file)
    {
        setting = name + "=" + file;
        try
        {
            final Matcher matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (matcher.find())
            {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            }
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new ConfigurationException(setting + " cannot be read: " + ex, ex);
        }

        if (blocks.isEmpty())
        {
            throw new ConfigurationException(setting + " is not PEM: it has no -----BEGIN ...----- block");
        }
    }

    X509Certificate[] certificates()
    {
        final List<X509Certificate> certificates = new ArrayList<>();
        try
        {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (final Block block : blocks)
            {
                if (block.label.equals(CERTIFICATE))
                {
                    certificates.add(
                        (X509Certificate)factory.generateCertificate(new ByteArrayInputStream(block.bytes)));
                }
            }
        }
        catch (final CertificateException ex)
        {
            throw new ConfigurationException(
                setting + ": certificate " + (certificates.size() + 1) + " cannot be read: " + ex.getMessage(), ex);
        }

        if (certificates.isEmpty())
        {
            throw new ConfigurationException(setting + " holds no certificate, only " + labels());
        }

        return certificates.toArray(new X509Certificate[0]);
    }

    PrivateKey privateKey(final String password)
    {
        for (final Block block : blocks)
        {
            if (block.label.equals(PRIVATE_KEY))
            {
                return privateKey(new PKCS8EncodedKeySpec(block.bytes));
            }

            if (block.label.equals(ENCRYPTED_PRIVATE_KEY))
            {
                return privateKey(decrypt(block.bytes, password));
            }
        }

        throw new ConfigurationException(setting + " holds no PKCS#8 private key, only " + labels() +
            ": convert it with openssl pkcs8 -topk8 -nocrypt -in FILE");
    }

    private PrivateKey privateKey(final PKCS8EncodedKeySpec spec)
    {
        for (final String algorithm : KEY_ALGORITHMS)
        {
            try
            {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            }
            catch (final InvalidKeySpecException ex)
            {
                continue; // it may be one of the others
            }
            catch (final GeneralSecurityException ex)
            {
                throw new ConfigurationException(setting + ": this JDK has no " + algorithm + " keys", ex);
            }
        }

        throw new ConfigurationException(setting + ": the private key is not one of " + KEY_ALGORITHMS);
    }

    private PKCS8EncodedKeySpec decrypt(final byte[] bytes, final String password)
    {
        if (password == null)
        {
            throw new ConfigurationException(setting + " is encrypted: set tls.keyPassword");
        }

        try
        {
            final EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
            final AlgorithmParameters parameters = info.getAlgParameters();
            // of PBES2 the parameters' name, not the algorithm's, says which cipher it is
            final String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
            final SecretKeyFactory factory = SecretKeyFactory.getInstance(algorithm);
            final Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                Cipher.DECRYPT_MODE, factory.generateSecret(new PBEKeySpec(password.toCharArray())), parameters);
            return info.getKeySpec(cipher);
        }
        catch (final IOException | GeneralSecurityException ex)
        {
            throw new ConfigurationException(
                setting + " cannot be decrypted with tls.keyPassword: " + ex.getMessage(), ex);
        }
    }

    private List<String> labels()
    {
        return blocks.stream().map(Block::label).toList();
    }

    private record Block(String label, byte[] bytes)
    {
    }
}
