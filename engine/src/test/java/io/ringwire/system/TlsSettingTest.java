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

import io.netty.pkitesting.X509Bundle;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import static io.ringwire.system.TlsCertificates.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TlsSettingTest extends TlsTest
{
    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    @BeforeEach
    void launchEngine()
    {
        launch(ThreadingMode.INVOKER);
    }

    @Test
    void shouldRefuseTlsOfAPlainSession()
    {
        assertThatThrownBy(() -> engine.connect(config().tls(new TlsPolicy())))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("uri=ws://127.0.0.1");
    }

    @Test
    void shouldNameAFileThatIsNotThere()
    {
        final Path missing = directory.resolve("missing.pem");
        assertRefused(new TlsPolicy().caFile(missing), "tls.caFile=" + missing + " does not exist");
        assertRefused(new TlsPolicy().caFile(directory), "tls.caFile=" + directory + " is not a file");
        assertRefused(new TlsPolicy().certificate(missing, missing), "tls.certificateFile=" + missing);
    }

    @Test
    void shouldNameAFileThatIsNotWhatItShouldBe()
    {
        final Path text = file("text.pem", "no PEM at all");
        final Path key = file("key.pem", CLIENT.getPrivateKeyPEM());
        final Path certificate = file("certificate.pem", CLIENT.getCertificatePEM());
        final Path broken = file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(new TlsPolicy().caFile(text), "tls.caFile=" + text + " is not PEM");
        assertRefused(new TlsPolicy().caFile(key), "holds no certificate, only [PRIVATE KEY]");
        assertRefused(new TlsPolicy().caFile(broken), "certificate 1 cannot be read");
        assertRefused(new TlsPolicy().certificate(certificate, certificate), "holds no PKCS#8 private key");
    }

    @Test
    void shouldNameACertificateWithoutItsKey() throws Exception
    {
        final Path certificate = file("certificate.pem", CLIENT.getCertificatePEM());
        final Path other = file("other.pem", TlsCertificates.SERVER.getPrivateKeyPEM());
        final Path rsa = file("rsa.pem", pem("PRIVATE KEY",
            KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded()));
        assertRefused(new TlsPolicy().certificate(certificate, null), "keyFile=null");
        assertRefused(new TlsPolicy().certificate(certificate, other),
            "tls.keyFile=" + other + " is not the key of tls.certificateFile=" + certificate);
        assertRefused(new TlsPolicy().certificate(certificate, rsa), "is not the key of");
        assertRefused(new TlsPolicy().keyPassword("secret"), "tls.keyPassword is set, tls.certificate is not");
    }

    @Test
    void shouldTakeAnEncryptedKeyWithItsPassword() throws Exception
    {
        final Path certificate = file("certificate.pem", CLIENT.getCertificatePEM());
        final Path key = file("encrypted.pem", pem("ENCRYPTED PRIVATE KEY", encrypted(CLIENT, "sesame")));
        engine.connect(secure(new TlsPolicy().certificate(certificate, key).keyPassword("sesame"))).abort();
        assertRefused(new TlsPolicy().certificate(certificate, key), "is encrypted: set tls.keyPassword");
        assertThatThrownBy(() ->
            engine.connect(secure(new TlsPolicy().certificate(certificate, key).keyPassword("wrong one"))))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("cannot be decrypted").hasMessageNotContaining("wrong one");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sha256/", "sha256/AAAA", "sha256/%%%", "sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
    void shouldNameAPinThatIsNone(final String pin)
    {
        assertRefused(new TlsPolicy().pin(pin), "tls.pin=" + pin + " is not");
    }

    @Test
    void shouldNameAProtocolThatIsNotSupported()
    {
        assertRefused(new TlsPolicy().protocols("TLSv1.3", "TLSv1.1"), "TLSv1.1 is not one of [TLSv1.3, TLSv1.2]");
        assertRefused(new TlsPolicy().protocols(new String[0]), "tls.protocols is empty");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNameACipherThatIsNotKnown(final TlsProvider provider)
    {
        assertRefused(new TlsPolicy().provider(provider).cipherSuites("TLS_ROT13"), "TLS_ROT13 is not known to ");
    }

    @Test
    void shouldSayWhatBoringSslCannotChoose()
    {
        if (PROVIDERS.contains(TlsProvider.BORINGSSL))
        {
            assertRefused(new TlsPolicy().provider(TlsProvider.BORINGSSL).cipherSuites("TLS_AES_128_GCM_SHA256"),
                "BoringSSL takes the suites of TLS 1.3 only all three together, not [TLS_AES_128_GCM_SHA256]");
        }
    }

    @Test
    void shouldUseThePortOfHttps()
    {
        final SessionConfig config = config().uri("wss://venue.invalid/");
        engine.connect(config).abort();
        assertThat(config.endpoint().port()).isEqualTo(443);
        assertThat(config.tls()).isNotNull();
    }

    @Override
    SessionConfig secure(final TlsPolicy policy)
    {
        return config().uri("wss://127.0.0.1:1/").tls(policy);
    }

    private void assertRefused(final TlsPolicy policy, final String complaint)
    {
        assertThatThrownBy(() -> engine.connect(secure(policy)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(complaint);
    }

    private static String pem(final String label, final byte[] bytes)
    {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) +
            "\n-----END " + label + "-----\n";
    }

    private static byte[] encrypted(final X509Bundle bundle, final String password) throws Exception
    {
        final String algorithm = "PBEWithHmacSHA256AndAES_128";
        final SecretKey key =
            SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
        final Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        final byte[] bytes = cipher.doFinal(bundle.getKeyPair().getPrivate().getEncoded());
        final AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2"); // the name that has an OID
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, bytes).getEncoded();
    }
}
