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

import io.netty.handler.ssl.SslProvider;
import io.ringwire.Seed;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codec against a peer that Netty and, for some, the JDK speak TLS for.
 */
@Timeout(60)
class NativeTlsCodecTest
{
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int ROUNDS = 40;

    private final UnsafeBuffer ciphertext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final UnsafeBuffer plaintext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));

    private int sealedLength;

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, OPENSSL, JDK", "TLSv1.2, OPENSSL, JDK",
        "TLSv1.3, OPENSSL_REFCNT, OPENSSL", "TLSv1.2, OPENSSL_REFCNT, OPENSSL" })
    void shouldSayAndHearWhatNettySays(
        final String protocol, final SslProvider clientProvider, final SslProvider serverProvider) throws Exception
    {
        final SplittableRandom random = Seed.random(NativeTlsCodecTest.class);
        try (TlsPair pair = pair(protocol, clientProvider, serverProvider))
        {
            final NativeTlsCodec codec = pair.takeOver();
            for (int i = 0; i < ROUNDS; i++)
            {
                final byte[][] messages = new byte[random.nextInt(1, 6)][];
                Arrays.setAll(messages, (index) -> bytes(random, random.nextInt(1, 1 << random.nextInt(2, 16))));
                final byte[] sealed = pair.seal(messages);
                assertThat(openInPieces(codec, sealed, random)).isEqualTo(concat(messages));

                final byte[] message = bytes(random, random.nextInt(1, 1 << random.nextInt(2, 17)));
                assertThat(pair.open(seal(codec, message), 0, sealedLength)).isEqualTo(message);
            }

            codec.close();
        }
    }

    @ParameterizedTest
    @CsvSource({ "TLSv1.3", "TLSv1.2" })
    void shouldCutTheStreamAtEveryByte(final String protocol) throws Exception
    {
        try (TlsPair pair = pair(protocol, SslProvider.OPENSSL, SslProvider.OPENSSL))
        {
            final NativeTlsCodec codec = pair.takeOver();
            int cut = 0;
            int length;
            do
            {
                final byte[] sealed = pair.seal(ascii("one"), ascii("two"));
                length = sealed.length;
                final ByteArrayOutputStream opened = new ByteArrayOutputStream();
                open(codec, sealed, 0, cut, opened, BUFFER_LENGTH);
                open(codec, sealed, cut, length - cut, opened, BUFFER_LENGTH);
                assertThat(opened.toString(StandardCharsets.US_ASCII)).as("cut at %d", cut).isEqualTo("onetwo");
            }
            while (++cut <= length);

            codec.close();
        }
    }

    @Test
    void shouldRefuseACorruptRecordWithAnAlert() throws Exception
    {
        try (TlsPair pair = pair("TLSv1.3", SslProvider.OPENSSL, SslProvider.OPENSSL))
        {
            final NativeTlsCodec codec = pair.takeOver();
            final byte[] sealed = pair.seal(ascii("good"), ascii("bad"));
            sealed[sealed.length - 1] ^= 1;
            ciphertext.putBytes(0, sealed);
            assertThat(codec.unwrap(ciphertext, 0, sealed.length, plaintext, 0, BUFFER_LENGTH)).isEqualTo(4);
            final int consumed = codec.consumed();
            assertThat(codec.unwrap(ciphertext, consumed, sealed.length - consumed, plaintext, 0, BUFFER_LENGTH))
                .isEqualTo(TlsCodec.FAILED);
            System.out.println(codec.failure());
            assertThat(codec.hasOutput()).isTrue();
            final int alertLength = codec.wrapClose(ciphertext, 0);
            assertThat(alertLength).isPositive();
            codec.close();
        }
    }

    private static TlsPair pair(final String protocol, final SslProvider client, final SslProvider server)
        throws Exception
    {
        return new TlsPair(TlsPair.clientContext(client, protocol), TlsPair.serverContext(server, protocol));
    }

    private byte[] seal(final TlsCodec codec, final byte[] message)
    {
        plaintext.putBytes(0, message);
        sealedLength = codec.wrap(plaintext, 0, message.length, ciphertext, 0);
        assertThat(sealedLength).isBetween(message.length, TlsCodec.sealedLength(message.length));
        final byte[] sealed = new byte[sealedLength];
        ciphertext.getBytes(0, sealed);
        return sealed;
    }

    private byte[] openInPieces(final TlsCodec codec, final byte[] sealed, final SplittableRandom random)
    {
        final ByteArrayOutputStream opened = new ByteArrayOutputStream();
        int offset = 0;
        while (offset < sealed.length)
        {
            final int length = random.nextInt(1, Math.min(sealed.length - offset, 1 << random.nextInt(1, 17)) + 1);
            open(codec, sealed, offset, length, opened, random.nextInt(1, 1 << random.nextInt(1, 17)));
            offset += length;
        }

        return opened.toByteArray();
    }

    private void open(
        final TlsCodec codec,
        final byte[] sealed,
        final int offset,
        final int length,
        final ByteArrayOutputStream opened,
        final int capacity)
    {
        ciphertext.putBytes(0, sealed, offset, length);
        int consumed = 0;
        while (true)
        {
            final int produced =
                codec.unwrap(ciphertext, consumed, length - consumed, plaintext, 0, capacity);
            consumed += codec.consumed();
            assertThat(produced).as(codec.failure()).isNotNegative();
            if (produced == 0)
            {
                assertThat(consumed).isEqualTo(length);
                return;
            }

            final byte[] copy = new byte[produced];
            plaintext.getBytes(0, copy);
            opened.writeBytes(copy);
        }
    }

    private static byte[] bytes(final SplittableRandom random, final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(final byte[]... parts)
    {
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            whole.writeBytes(part);
        }

        return whole.toByteArray();
    }
}
