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
package io.ringwire.peer;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An authority, a server's certificate and a client's, made for one test class and kept as PEM files.
 */
public final class PeerCertificates implements AutoCloseable
{
    /** The name on the server's certificate besides {@code localhost} and the loopback addresses. */
    public static final String HOST = "venue.test";

    private final Path directory = PeerProcess.directory("pem");
    private final Path authority;
    private final Path serverChain;
    private final Path serverKey;
    private final Path clientChain;
    private final Path clientKey;

    /**
     * Make keys and certificates.
     */
    public PeerCertificates() throws Exception
    {
        final X509Bundle root = new CertificateBuilder()
            .subject("CN=Peer Authority").ecp256().setIsCertificateAuthority(true).buildSelfSigned();
        final X509Bundle server = new CertificateBuilder()
            .subject("CN=" + HOST).ecp256()
            .addSanDnsName(HOST).addSanDnsName("localhost").addSanIpAddress("127.0.0.1").addSanIpAddress("::1")
            .addExtendedKeyUsageServerAuth()
            .buildIssuedBy(root);
        final X509Bundle client = new CertificateBuilder()
            .subject("CN=peer client").ecp256().addExtendedKeyUsageClientAuth().buildIssuedBy(root);
        authority = write("authority.pem", root.getCertificatePEM());
        serverChain = write("server.pem", server.getCertificatePathPEM());
        serverKey = write("server.key", server.getPrivateKeyPEM());
        clientChain = write("client.pem", client.getCertificatePathPEM());
        clientKey = write("client.key", client.getPrivateKeyPEM());
    }

    /**
     * The certificate that has signed the others.
     *
     * @return its file.
     */
    public Path authority()
    {
        return authority;
    }

    /**
     * The server's certificate.
     *
     * @return its file.
     */
    public Path serverChain()
    {
        return serverChain;
    }

    /**
     * The server's private key.
     *
     * @return its file.
     */
    public Path serverKey()
    {
        return serverKey;
    }

    /**
     * The client's certificate, whose subject is {@code CN=peer client}.
     *
     * @return its file.
     */
    public Path clientChain()
    {
        return clientChain;
    }

    /**
     * The client's private key.
     *
     * @return its file.
     */
    public Path clientKey()
    {
        return clientKey;
    }

    @Override
    public void close()
    {
        PeerInstall.delete(directory);
    }

    private Path write(final String name, final String pem) throws IOException
    {
        return Files.writeString(directory.resolve(name), pem);
    }
}
