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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import javax.net.ssl.SSLEngine;

/**
 * The record layer of one TLS connection after its handshake: ciphertext in, plaintext out, and back. It works on
 * memory of the caller, which must be direct and is used during a call only, and does not allocate while records flow.
 * <p>
 * Owned by the IO thread of the connection. After {@link #close()} no other method may be called.
 */
public interface TlsCodec extends AutoCloseable
{
    /** Result of {@link #unwrap}: the peer has sent close_notify, no plaintext follows (RFC 8446 section 6.1). */
    int CLOSED = -1;

    /** Result of {@link #unwrap} and of {@link #wrap}: the connection is broken, {@link #failure()} says how. */
    int FAILED = -2;

    /** Longest plaintext of one record in bytes (RFC 8446 section 5.1). */
    int MAX_PLAINTEXT_LENGTH = 16 * 1024;

    /** Longest that a record gets by being sealed, in bytes: header, nonce, tag, padding of any cipher. */
    int MAX_RECORD_OVERHEAD = 320;

    /** Room for what a codec itself may have to say between two records, in bytes. */
    int OWN_OUTPUT_LENGTH = 2048;

    /**
     * Open records. Call again with the ciphertext not {@link #consumed()} until the result is not positive: plaintext
     * the destination had no room for waits in here. Part of a record is consumed too, and kept.
     *
     * @param ciphertext       as it came from the peer, in any pieces.
     * @param offset           of its first byte.
     * @param length           of it in bytes, 0 to ask for plaintext that waits.
     * @param plaintext        to write to.
     * @param plaintextOffset  where to begin.
     * @param plaintextCapacity how many bytes may be written, positive.
     * @return bytes of plaintext; 0 if more ciphertext is needed, then all of it is consumed; {@link #CLOSED} or
     * {@link #FAILED} once all plaintext before the end has been handed out, then the rest of the ciphertext is void.
     */
    int unwrap(
        DirectBuffer ciphertext,
        int offset,
        int length,
        MutableDirectBuffer plaintext,
        int plaintextOffset,
        int plaintextCapacity);

    /**
     * How much ciphertext the last {@link #unwrap} took.
     *
     * @return bytes.
     */
    int consumed();

    /**
     * Seal plaintext into records, behind what the codec itself has to say.
     *
     * @param plaintext        to seal.
     * @param offset           of its first byte.
     * @param length           of it in bytes, 0 to ask only for what the codec itself has to say.
     * @param ciphertext       to write to.
     * @param ciphertextOffset where to begin; from there {@link #sealedLength} bytes must be free.
     * @return bytes of ciphertext, or {@link #FAILED}.
     */
    int wrap(
        DirectBuffer plaintext, int offset, int length, MutableDirectBuffer ciphertext, int ciphertextOffset);

    /**
     * Has the codec something to say, such as an alert, that must not wait for the next {@link #wrap} of plaintext?
     *
     * @return true if {@link #wrap} with length 0 gives bytes.
     */
    boolean hasOutput();

    /**
     * Say goodbye: what the codec has to say, and close_notify unless the connection is broken. Nothing can be sealed
     * afterwards.
     *
     * @param ciphertext       to write to.
     * @param ciphertextOffset where to begin; from there {@code sealedLength(0)} bytes must be free.
     * @return bytes of ciphertext.
     */
    int wrapClose(MutableDirectBuffer ciphertext, int ciphertextOffset);

    /**
     * Why the connection is broken.
     *
     * @return the reason for people, or null as long as it is not.
     */
    String failure();

    /**
     * Is there an end in sight: has {@link #unwrap} come upon {@link #CLOSED} or {@link #FAILED}? A TCP connection that
     * ends without was cut (RFC 8446 section 6.1).
     *
     * @return true if no plaintext follows what was handed out.
     */
    boolean hasEnded();

    /**
     * Give the native memory back.
     */
    @Override
    void close();

    /**
     * Take a connection over from Netty after the handshake, at a moment when Netty is neither reading nor writing. An
     * engine that is BoringSSL is driven by its own native calls, any other through {@link SSLEngine}.
     *
     * @param engine of the connection; it must not be used any more, but whoever holds it may release it.
     * @return the codec, to be closed.
     */
    static TlsCodec takeOver(final SSLEngine engine)
    {
        final TlsCodec codec = NativeTlsCodec.takeOver(engine);
        return codec == null ? new EngineTlsCodec(engine) : codec;
    }

    /**
     * Room that {@link #wrap} may need.
     *
     * @param plaintextLength in bytes.
     * @return bytes of ciphertext at most, with what the codec itself may have to say in between.
     */
    static int sealedLength(final int plaintextLength)
    {
        final int records = (plaintextLength + MAX_PLAINTEXT_LENGTH - 1) / MAX_PLAINTEXT_LENGTH;
        return plaintextLength + records * MAX_RECORD_OVERHEAD + OWN_OUTPUT_LENGTH;
    }
}
