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

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProtocols;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program of {@link NativeMemoryTest}: in a JVM whose heap does not grow, what the process holds is what native
 * code holds.
 */
public final class NativeMemoryRun
{
    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final int PAGE_LENGTH = 4096;
    private static final UnsafeBuffer CIPHERTEXT = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private static final UnsafeBuffer PLAINTEXT = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));

    private NativeMemoryRun()
    {
    }

    /**
     * Take connections over and close them.
     *
     * @param args connections that do not count, connections that do, bytes that the process may grow by.
     * @throws Exception if there is no TLS.
     */
    public static void main(final String[] args) throws Exception
    {
        connect(Integer.parseInt(args[0]));
        final long before = residentBytes();
        connect(Integer.parseInt(args[1]));
        final long grown = residentBytes() - before;
        System.out.println("grown by " + grown + " bytes in " + args[1] + " connections");
        System.exit(grown <= Long.parseLong(args[2]) ? 0 : 1);
    }

    private static void connect(final int connections) throws Exception
    {
        for (final String protocol : new String[] { SslProtocols.TLS_v1_3, SslProtocols.TLS_v1_2 })
        {
            final SslContext client = TlsPair.clientContext(SslProvider.OPENSSL_REFCNT, protocol);
            final SslContext server = TlsPair.serverContext(SslProvider.OPENSSL_REFCNT, protocol);
            for (int i = 0; i < connections / 2; i++)
            {
                try (TlsPair pair = new TlsPair(ReferenceCountUtil.retain(client), ReferenceCountUtil.retain(server));
                    TlsCodec codec = pair.takeOver())
                {
                    talk(pair, codec, i % 4);
                }
            }

            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
        }
    }

    /**
     * Ends in a close, a failure, half a record, or in nothing at all.
     */
    private static void talk(final TlsPair pair, final TlsCodec codec, final int end)
    {
        final byte[] sealed = pair.seal(new byte[1000]);
        if (end == 1)
        {
            sealed[sealed.length - 1]++;
        }

        CIPHERTEXT.putBytes(0, sealed);
        codec.unwrap(CIPHERTEXT, 0, end == 2 ? sealed.length / 2 : sealed.length, PLAINTEXT, 0, BUFFER_LENGTH);
        codec.wrap(PLAINTEXT, 0, 1000, CIPHERTEXT, 0);
        if (end < 3)
        {
            codec.wrapClose(CIPHERTEXT, 0);
        }
    }

    private static long residentBytes() throws IOException
    {
        System.gc();
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_LENGTH;
    }
}
