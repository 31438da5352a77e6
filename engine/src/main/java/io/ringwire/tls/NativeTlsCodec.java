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

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import javax.net.ssl.SSLEngine;

/**
 * Drives the {@code SSL*} that Netty's OpenSSL engine made its handshake with, by the same native calls but without
 * the objects that {@link SSLEngine} asks for: its results and its byte buffers. The engine stays alive as the owner of
 * the {@code SSL*}, and as the place where session tickets arrive (RFC 8446 section 4.6.1), but must not be used any
 * more: its BIO is replaced by one of ours.
 * <p>
 * A key update of the peer is answered with the next record that is sealed, as RFC 8446 section 4.6.3 asks for.
 * Renegotiation is refused with an alert.
 */
final class NativeTlsCodec implements TlsCodec
{
    private static final int OPEN = 0;

    private final ReferenceCountedOpenSslEngine engine;
    private final long ssl;
    private long bio;
    private int status = OPEN;
    private int consumed;
    private boolean mayHaveOutput;
    private String failure;

    private NativeTlsCodec(final ReferenceCountedOpenSslEngine engine)
    {
        this.engine = engine;
        ssl = engine.sslPointer();
    }

    /**
     * Take a connection over from Netty's engine, after the handshake and at a moment when the engine has nothing left
     * to write.
     *
     * @param engine of the connection; it must not be used any more, but whoever holds it may release it.
     * @return null if the engine is of another kind, or has ended.
     */
    static NativeTlsCodec takeOver(final SSLEngine engine)
    {
        if (!(engine instanceof ReferenceCountedOpenSslEngine openSsl) ||
            engine.isInboundDone() || engine.isOutboundDone() ||
            SSL.isInInit(openSsl.sslPointer()) != 0 ||
            SSL.getMaxWrapOverhead(openSsl.sslPointer()) > MAX_RECORD_OVERHEAD)
        {
            return null;
        }

        final NativeTlsCodec codec = new NativeTlsCodec(openSsl);
        try
        {
            SSL.setRenegotiateMode(codec.ssl, SSL.SSL_RENEGOTIATE_NEVER);
            codec.bio = SSL.bioNewByteBuffer(codec.ssl, OWN_OUTPUT_LENGTH); // frees the one of the engine
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException("cannot take the TLS connection over", ex);
        }

        openSsl.retain();
        return codec;
    }

    @Override
    public int unwrap(
        final DirectBuffer ciphertext,
        final int offset,
        final int length,
        final MutableDirectBuffer plaintext,
        final int plaintextOffset,
        final int plaintextCapacity)
    {
        consumed = length;
        if (status != OPEN)
        {
            return status;
        }

        SSL.bioSetByteBuffer(bio, addressOf(ciphertext, offset, length), length, false);
        final int produced = read(addressOf(plaintext, plaintextOffset, plaintextCapacity), plaintextCapacity);
        consumed = status == OPEN ? length - SSL.bioLengthByteBuffer(bio) : length;
        SSL.bioClearByteBuffer(bio);
        return produced > 0 ? produced : status;
    }

    @Override
    public int consumed()
    {
        return consumed;
    }

    @Override
    public int wrap(
        final DirectBuffer plaintext,
        final int offset,
        final int length,
        final MutableDirectBuffer ciphertext,
        final int ciphertextOffset)
    {
        if (status == FAILED)
        {
            return FAILED;
        }

        final int capacity = TlsCodec.sealedLength(length);
        SSL.bioSetByteBuffer(bio, addressOf(ciphertext, ciphertextOffset, capacity), capacity, true);
        flushOwnOutput();
        write(addressOf(plaintext, offset, length), length);
        final int sealed = capacity - SSL.bioLengthByteBuffer(bio);
        SSL.bioClearByteBuffer(bio);
        return status == FAILED ? FAILED : sealed;
    }

    @Override
    public boolean hasOutput()
    {
        return mayHaveOutput && SSL.bioLengthNonApplication(bio) > 0;
    }

    @Override
    public int wrapClose(final MutableDirectBuffer ciphertext, final int ciphertextOffset)
    {
        final int capacity = TlsCodec.sealedLength(0);
        SSL.bioSetByteBuffer(bio, addressOf(ciphertext, ciphertextOffset, capacity), capacity, true);
        flushOwnOutput();
        if (status != FAILED)
        {
            SSL.shutdownSSL(ssl);
            SSL.clearError();
        }

        final int length = capacity - SSL.bioLengthByteBuffer(bio);
        SSL.bioClearByteBuffer(bio);
        return length;
    }

    @Override
    public String failure()
    {
        return failure;
    }

    @Override
    public boolean hasEnded()
    {
        return status != OPEN;
    }

    @Override
    public void close()
    {
        bio = 0;
        engine.release(); // frees the SSL* and with it the BIO
    }

    private int read(final long address, final int capacity)
    {
        int produced = 0;
        while (produced < capacity)
        {
            final int count = SSL.readFromSSL(ssl, address + produced, capacity - produced);
            if (count <= 0)
            {
                onReadResult(SSL.getError(ssl, count));
                break;
            }

            produced += count;
            if (produced < capacity && SSL.bioLengthByteBuffer(bio) == 0)
            {
                break; // the last record fitted in and was the last: spares two calls that would say so
            }
        }

        return produced;
    }

    private void onReadResult(final int error)
    {
        mayHaveOutput = true;
        if (error == SSL.SSL_ERROR_ZERO_RETURN)
        {
            status = CLOSED;
        }
        else if (error != SSL.SSL_ERROR_WANT_READ)
        {
            fail("cannot read", error);
        }
    }

    private void write(final long address, final int length)
    {
        int written = 0;
        while (written < length)
        {
            final int count =
                SSL.writeToSSL(ssl, address + written, Math.min(MAX_PLAINTEXT_LENGTH, length - written));
            if (count <= 0)
            {
                fail("cannot write", SSL.getError(ssl, count));
                break;
            }

            written += count;
        }
    }

    /**
     * Always whole: the BIO keeps its books right only if what it holds leaves at once.
     */
    private void flushOwnOutput()
    {
        SSL.bioFlushByteBuffer(bio);
        mayHaveOutput = false;
    }

    private void fail(final String what, final int error)
    {
        status = FAILED;
        failure = what + ": " + reasonOf(error);
    }

    /**
     * Native code checks nothing: what is wrong must end here.
     */
    private static long addressOf(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() != null)
        {
            throw new IllegalArgumentException("memory on the heap: " + buffer);
        }

        return buffer.addressOffset() + offset;
    }

    /**
     * The last word of the native error queue, which this leaves empty.
     */
    private static String reasonOf(final int error)
    {
        String text = null;
        for (int number = SSL.getLastErrorNumber(); number != 0; number = SSL.getLastErrorNumber())
        {
            text = SSL.getErrorString(number);
        }

        return text == null ? "error " + error : text.substring(text.lastIndexOf(':') + 1);
    }
}
