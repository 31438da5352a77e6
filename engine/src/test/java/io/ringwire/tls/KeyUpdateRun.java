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

import io.netty.handler.ssl.SslProtocols;
import io.netty.handler.ssl.SslProvider;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.Security;
import java.util.Arrays;

/**
 * The program of {@link KeyUpdateTest}: the JDK reads how often it is to update keys when its TLS is first used.
 */
public final class KeyUpdateRun
{
    /** A header, a message of five bytes, the type, the tag of AES-GCM, and padding with the JDK: ours are longer. */
    private static final int MAX_KEY_UPDATE_LENGTH = 5 + 5 + 1 + 16 + 16;
    private static final int HEADER_LENGTH = 5;
    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final int ROUNDS = 300;

    private final UnsafeBuffer ciphertext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final UnsafeBuffer plaintext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private int fromServer;
    private int fromClient;

    /**
     * Talk.
     *
     * @param args the provider of the client.
     * @throws Exception if there is no TLS.
     */
    public static void main(final String[] args) throws Exception
    {
        Security.setProperty("jdk.tls.keyLimits", "AES/GCM/NoPadding KeyUpdate 2^14");
        System.exit(new KeyUpdateRun().run(SslProvider.valueOf(args[0])) ? 0 : 1);
    }

    private boolean run(final SslProvider provider) throws Exception
    {
        try (TlsPair pair = new TlsPair(
            TlsPair.clientContext(provider, SslProtocols.TLS_v1_3),
            TlsPair.serverContext(SslProvider.JDK, SslProtocols.TLS_v1_3));
            TlsCodec codec = pair.takeOver())
        {
            final byte[] message = new byte[1000];
            for (int i = 0; i < ROUNDS; i++)
            {
                Arrays.fill(message, (byte)i);
                final byte[] sealed = pair.seal(message);
                fromServer += keyUpdates(sealed);
                check(message, open(codec, sealed));

                plaintext.putBytes(0, message);
                final byte[] answer = new byte[codec.wrap(plaintext, 0, message.length, ciphertext, 0)];
                ciphertext.getBytes(0, answer);
                fromClient += keyUpdates(answer);
                check(message, pair.open(answer));
            }
        }

        System.out.println(provider + ": key updates of the server " + fromServer + ", of the client " + fromClient);
        return fromServer > 5 && fromClient > 5;
    }

    private byte[] open(final TlsCodec codec, final byte[] sealed)
    {
        final ByteArrayOutputStream opened = new ByteArrayOutputStream();
        ciphertext.putBytes(0, sealed);
        int consumed = 0;
        int produced;
        do
        {
            produced = codec.unwrap(ciphertext, consumed, sealed.length - consumed, plaintext, 0, BUFFER_LENGTH);
            consumed += codec.consumed();
            final byte[] bytes = new byte[Math.max(0, produced)];
            plaintext.getBytes(0, bytes);
            opened.writeBytes(bytes);
        }
        while (produced > 0);

        return opened.toByteArray();
    }

    private static int keyUpdates(final byte[] records)
    {
        int count = 0;
        int offset = 0;
        while (offset < records.length)
        {
            final int length =
                HEADER_LENGTH + ((records[offset + 3] & 0xff) << 8 | records[offset + 4] & 0xff);
            count += length <= MAX_KEY_UPDATE_LENGTH ? 1 : 0;
            offset += length;
        }

        return count;
    }

    private static void check(final byte[] expected, final byte[] actual)
    {
        if (!Arrays.equals(expected, actual))
        {
            throw new IllegalStateException("expected " + expected.length + " bytes, got " + actual.length);
        }
    }
}
