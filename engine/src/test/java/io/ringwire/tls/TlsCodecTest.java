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
import io.ringwire.Seed;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The codec against a peer that Netty and, for some, the JDK speak TLS for.
 */
@Timeout(60)
class TlsCodecTest
{
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int ROUNDS = 40;

    private final UnsafeBuffer ciphertext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final UnsafeBuffer plaintext = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldSayAndHearWhatNettySays(final Kind kind) throws Exception
    {
        final SplittableRandom random = Seed.random(TlsCodecTest.class);
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                final byte[][] messages = new byte[random.nextInt(1, 6)][];
                Arrays.setAll(messages, (index) -> bytes(random, random.nextInt(1, 1 << random.nextInt(2, 16))));
                final byte[] sealed = pair.seal(messages);
                assertThat(openInPieces(codec, sealed, random)).isEqualTo(concat(messages));

                final byte[] message = bytes(random, random.nextInt(1, 1 << random.nextInt(2, 17)));
                assertThat(pair.open(seal(codec, message))).isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldOpenTwoRecordsCutAtEveryByte(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
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
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGiveWhatCameBeforeACorruptRecordThenFailAndSendAnAlert(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            final byte[] sealed = pair.seal(ascii("good"), ascii("bad"));
            sealed[sealed.length - 1] ^= 1;
            assertThat(unwrapped(codec, sealed)).isEqualTo("good");
            assertThat(codec.unwrap(ciphertext, 0, 0, plaintext, 0, BUFFER_LENGTH)).isEqualTo(TlsCodec.FAILED);
            assertThat(codec.hasEnded()).isTrue();
            assertThat(codec.failure()).startsWith("cannot read: ").containsAnyOf("BAD_RECORD_MAC", "Tag mismatch");
            assertThat(codec.wrap(plaintext, 0, 1, ciphertext, 0)).isEqualTo(TlsCodec.FAILED);
            assertThat(codec.hasOutput()).isTrue();
            final byte[] alert = bytes(codec.wrapClose(ciphertext, 0));
            assertThatThrownBy(() -> pair.open(alert)).hasMessageMatching("(?is).*alert.*");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldFailOnWhatIsNoRecord(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            assertThat(unwrapped(codec, ascii("HTTP/1.1 400 Bad Request\r\n\r\n"))).isEmpty();
            assertThat(codec.hasEnded()).isTrue();
            assertThat(codec.failure()).startsWith("cannot read: ");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldEndWithTheCloseOfThePeerAndAnswerIt(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            final byte[] last = pair.seal(ascii("last words"));
            pair.serverHandler().closeOutbound();
            final byte[] sealed = concat(last, TlsPair.outputOf(pair.server()));
            assertThat(unwrapped(codec, sealed)).isEqualTo("last words");
            assertThat(codec.unwrap(ciphertext, 0, 0, plaintext, 0, BUFFER_LENGTH)).isEqualTo(TlsCodec.CLOSED);
            assertThat(codec.hasEnded()).isTrue();
            assertThat(codec.failure()).isNull();
            final byte[] answer = bytes(codec.wrapClose(ciphertext, 0));
            assertThat(answer).isNotEmpty();
            pair.open(answer);
            assertThat(pair.serverHandler().engine().isInboundDone()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldSayGoodbyeFirst(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            final byte[] goodbye = bytes(codec.wrapClose(ciphertext, 0));
            assertThat(goodbye).isNotEmpty();
            pair.open(goodbye);
            assertThat(pair.serverHandler().engine().isInboundDone()).isTrue();
            assertThat(codec.hasEnded()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldHaveNothingOfItsOwnToSay(final Kind kind) throws Exception
    {
        try (TlsPair pair = kind.pair(); TlsCodec codec = pair.takeOver())
        {
            open(codec, pair.seal(ascii("a")), 0, 5, new ByteArrayOutputStream(), BUFFER_LENGTH);
            assertThat(codec.hasOutput()).isFalse();
            assertThat(codec.wrap(plaintext, 0, 0, ciphertext, 0)).isZero();
        }
    }

    private byte[] seal(final TlsCodec codec, final byte[] message)
    {
        plaintext.putBytes(0, message);
        final int length = codec.wrap(plaintext, 0, message.length, ciphertext, 0);
        assertThat(length).isBetween(message.length, TlsCodec.sealedLength(message.length));
        return bytes(length);
    }

    /**
     * Plaintext of bytes that end badly or not.
     */
    private String unwrapped(final TlsCodec codec, final byte[] sealed)
    {
        final StringBuilder text = new StringBuilder();
        ciphertext.putBytes(0, sealed);
        int consumed = 0;
        int produced;
        do
        {
            produced = codec.unwrap(ciphertext, consumed, sealed.length - consumed, plaintext, 0, BUFFER_LENGTH);
            consumed += codec.consumed();
            text.append(produced > 0 ? plaintext.getStringWithoutLengthAscii(0, produced) : "");
        }
        while (produced > 0);

        assertThat(consumed).isEqualTo(sealed.length);
        return text.toString();
    }

    private byte[] bytes(final int length)
    {
        final byte[] bytes = new byte[length];
        ciphertext.getBytes(0, bytes);
        return bytes;
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

    /**
     * Who does TLS at either end: BoringSSL or the JDK.
     */
    enum Kind
    {
        NATIVE_13(SslProvider.OPENSSL, SslProvider.JDK, SslProtocols.TLS_v1_3),
        NATIVE_12(SslProvider.OPENSSL, SslProvider.JDK, SslProtocols.TLS_v1_2),
        NATIVE_REFCNT_13(SslProvider.OPENSSL_REFCNT, SslProvider.OPENSSL, SslProtocols.TLS_v1_3),
        NATIVE_REFCNT_12(SslProvider.OPENSSL_REFCNT, SslProvider.OPENSSL, SslProtocols.TLS_v1_2),
        ENGINE_JDK_13(SslProvider.JDK, SslProvider.OPENSSL, SslProtocols.TLS_v1_3),
        ENGINE_JDK_12(SslProvider.JDK, SslProvider.OPENSSL, SslProtocols.TLS_v1_2);

        private final SslProvider client;
        private final SslProvider server;
        private final String protocol;

        Kind(final SslProvider client, final SslProvider server, final String protocol)
        {
            this.client = client;
            this.server = server;
            this.protocol = protocol;
        }

        TlsPair pair() throws Exception
        {
            return new TlsPair(TlsPair.clientContext(client, protocol), TlsPair.serverContext(server, protocol));
        }
    }
}
