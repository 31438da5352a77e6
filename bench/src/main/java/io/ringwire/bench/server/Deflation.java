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
package io.ringwire.bench.server;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;

/**
 * Per-message compression (RFC 7692) by a server that compresses each message once, by itself, and repeats it.
 */
final class Deflation
{
    /** Where the payload begins in a block that is stored. */
    static final int STORED_HEADER_LENGTH = 5;

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final Set<String> ACCEPTABLE = Set.of(
        SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER, "client_max_window_bits",
        "server_max_window_bits=15"); // the JDK's deflater has no other window
    private static final int TAIL_LENGTH = 4; // 00 00 ff ff, see RFC 7692 section 7.2.1
    private static final int PIECE_LENGTH = 8 * 1024;

    private Deflation()
    {
    }

    /**
     * The answer to the first offer that can be accepted. No message that the server sends refers to another: those it
     * makes it compresses by themselves, and those of the client it sends back are by themselves since the answer asks
     * for it. A client that keeps its inflater's window from message to message reads them as well, and to some a new
     * window costs a new inflater: so the server promises to begin anew only to those that ask for it.
     *
     * @param extensions value of the request's header, empty if it has none.
     * @return value of the response's header, empty if there is no such offer.
     */
    static String answer(final String extensions)
    {
        for (final String offer : extensions.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "").split(","))
        {
            final String[] parts = offer.split(";");
            final Set<String> parameters = new HashSet<>();
            boolean acceptable = parts[0].equals(NAME);
            for (int i = 1; i < parts.length; i++)
            {
                final boolean known =
                    ACCEPTABLE.contains(parts[i]) || parts[i].matches("client_max_window_bits=([89]|1[0-5])");
                acceptable &= known && parameters.add(parts[i].replaceFirst("=.*", ""));
            }

            if (acceptable)
            {
                return NAME + "; " + CLIENT_NO_CONTEXT_TAKEOVER + (parameters.contains(SERVER_NO_CONTEXT_TAKEOVER) ?
                    "; " + SERVER_NO_CONTEXT_TAKEOVER : "");
            }
        }

        return "";
    }

    /**
     * Compress a message.
     *
     * @param payload of it.
     * @return the payload of a frame with RSV1.
     */
    static byte[] compress(final byte[] payload)
    {
        final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try
        {
            deflater.setInput(payload);
            final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            final byte[] piece = new byte[PIECE_LENGTH];
            int length;
            do
            {
                length = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
                compressed.write(piece, 0, length);
            }
            while (length == piece.length);

            final byte[] bytes = compressed.toByteArray();
            return Arrays.copyOf(bytes, bytes.length - TAIL_LENGTH);
        }
        finally
        {
            deflater.end();
        }
    }

    /**
     * Compress a message, but for its beginning, which can be changed in place afterwards: it stands in a block that is
     * stored (RFC 1951 section 3.2.4).
     *
     * @param payload      of it.
     * @param storedLength of the beginning, in bytes; not 0.
     * @return the payload of a frame with RSV1.
     */
    static byte[] compressBehind(final byte[] payload, final int storedLength)
    {
        final byte[] rest = compress(Arrays.copyOfRange(payload, storedLength, payload.length));
        final byte[] bytes = new byte[STORED_HEADER_LENGTH + storedLength + rest.length];
        bytes[1] = (byte)storedLength;
        bytes[2] = (byte)(storedLength >> Byte.SIZE);
        bytes[3] = (byte)~bytes[1];
        bytes[4] = (byte)~bytes[2];
        System.arraycopy(payload, 0, bytes, STORED_HEADER_LENGTH, storedLength);
        System.arraycopy(rest, 0, bytes, STORED_HEADER_LENGTH + storedLength, rest.length);
        return bytes;
    }
}
