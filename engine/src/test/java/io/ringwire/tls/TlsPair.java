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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;

import javax.net.ssl.SSLException;
import java.io.ByteArrayOutputStream;

/**
 * A client and a server in memory that have shaken hands through Netty's handlers. The server stays with Netty, the
 * client's engine is there to be taken over.
 */
final class TlsPair implements AutoCloseable
{
    static final int PORT = 443;
    static final String HOST = "ringwire.test";
    private static final X509Bundle CERTIFICATE = certificate();

    private final SslContext clientContext;
    private final SslContext serverContext;
    private final EmbeddedChannel client;
    private final EmbeddedChannel server;

    /**
     * Shake hands.
     *
     * @param clientContext closed with the pair.
     * @param serverContext closed with the pair.
     */
    TlsPair(final SslContext clientContext, final SslContext serverContext) throws Exception
    {
        this.clientContext = clientContext;
        this.serverContext = serverContext;
        server = new EmbeddedChannel(serverContext.newHandler(UnpooledByteBufAllocator.DEFAULT));
        client = new EmbeddedChannel(clientContext.newHandler(UnpooledByteBufAllocator.DEFAULT, HOST, PORT));
        while (!clientHandler().handshakeFuture().isDone() || !serverHandler().handshakeFuture().isDone())
        {
            move(client, server);
            move(server, client);
        }

        clientHandler().handshakeFuture().get();
        serverHandler().handshakeFuture().get();
    }

    static SslContext clientContext(final SslProvider provider, final String protocol) throws SSLException
    {
        return SslContextBuilder.forClient()
            .sslProvider(provider)
            .protocols(protocol)
            .trustManager(CERTIFICATE.getCertificate())
            .build();
    }

    static SslContext serverContext(final SslProvider provider, final String protocol) throws SSLException
    {
        return SslContextBuilder
            .forServer(CERTIFICATE.getKeyPair().getPrivate(), CERTIFICATE.getCertificatePath())
            .sslProvider(provider)
            .protocols(protocol)
            .build();
    }

    SslHandler clientHandler()
    {
        return client.pipeline().get(SslHandler.class);
    }

    SslHandler serverHandler()
    {
        return server.pipeline().get(SslHandler.class);
    }

    EmbeddedChannel server()
    {
        return server;
    }

    EmbeddedChannel client()
    {
        return client;
    }

    /**
     * Take the client over and take Netty's handler away.
     */
    TlsCodec takeOver()
    {
        final TlsCodec codec = TlsCodec.takeOver(clientHandler().engine());
        client.pipeline().remove(clientHandler());
        return codec;
    }

    /**
     * What the server says when it is told to send these bytes, each in records of its own.
     */
    byte[] seal(final byte[]... plaintexts)
    {
        for (final byte[] plaintext : plaintexts)
        {
            server.writeAndFlush(Unpooled.copiedBuffer(plaintext));
        }

        return outputOf(server);
    }

    /**
     * What the server makes of these bytes.
     */
    byte[] open(final byte[] ciphertext)
    {
        server.writeInbound(Unpooled.directBuffer(ciphertext.length).writeBytes(ciphertext));
        final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        for (ByteBuf bytes = server.readInbound(); bytes != null; bytes = server.readInbound())
        {
            append(plaintext, bytes);
        }

        return plaintext.toByteArray();
    }

    static byte[] outputOf(final EmbeddedChannel channel)
    {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound())
        {
            append(output, bytes);
        }

        return output.toByteArray();
    }

    @Override
    public void close()
    {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        ReferenceCountUtil.release(clientContext);
        ReferenceCountUtil.release(serverContext);
    }

    private static void append(final ByteArrayOutputStream output, final ByteBuf bytes)
    {
        final byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        output.writeBytes(copy);
        ReferenceCountUtil.release(bytes);
    }

    private static void move(final EmbeddedChannel from, final EmbeddedChannel to)
    {
        from.runPendingTasks();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound())
        {
            to.writeInbound(bytes);
        }
    }

    private static X509Bundle certificate()
    {
        try
        {
            return new CertificateBuilder().subject("CN=" + HOST).addSanDnsName(HOST)
                .setIsCertificateAuthority(true).ecp256().buildSelfSigned();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException("cannot make a certificate", ex);
        }
    }
}
