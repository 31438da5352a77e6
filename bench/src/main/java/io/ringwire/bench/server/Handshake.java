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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The server's half of the handshake, in bytes (RFC 6455 section 4.2.2).
 */
final class Handshake
{
    private static final String KEY_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int MAX_REASON_LENGTH = 1024;

    private Handshake()
    {
    }

    /**
     * The length of a request's head.
     *
     * @param input from its position on.
     * @return number of bytes up to the empty line, that included, or 0 if it is not there.
     */
    static int headLength(final ByteBuffer input)
    {
        int matched = 0;
        for (int i = input.position(); i < input.limit(); i++)
        {
            final byte next = input.get(i);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
            if (matched == END_OF_HEAD.length)
            {
                return i + 1 - input.position();
            }
        }

        return 0;
    }

    /**
     * The upgrade.
     *
     * @param key       of the request.
     * @param extension accepted, empty for none.
     */
    static byte[] accepted(final String key, final String extension)
    {
        return ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            (extension.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extension + "\r\n") +
            "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
    }

    /**
     * The refusal, whose body is one line.
     */
    static byte[] refused(final RefusedException refusal)
    {
        final String reason = refusal.getMessage();
        final String body = reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)) + '\n';
        return ascii("HTTP/1.1 " + refusal.status() + "\r\nContent-Type: text/plain\r\nConnection: close\r\n" +
            "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String accept(final String key)
    {
        try
        {
            final byte[] salted = ascii(key + KEY_SALT);
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JDK has SHA-1", ex);
        }
    }
}
