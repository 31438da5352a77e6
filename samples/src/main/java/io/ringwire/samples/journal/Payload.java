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
package io.ringwire.samples.journal;

import io.ringwire.api.Opcode;
import io.ringwire.journal.RecordSource;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The payload of a record, as text where it is text.
 *
 * @param text   of it, or null if it is none.
 * @param bytes  of it.
 */
record Payload(String text, byte[] bytes)
{
    static Payload of(final RecordSource source)
    {
        final DirectBuffer buffer = source.buffer();
        final int offset = source.offset() + RecordLayout.HEADER_LENGTH;
        final int length = source.length() - RecordLayout.HEADER_LENGTH;
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final RecordKind kind = RecordLayout.kind(buffer, source.offset());
        if (kind == RecordKind.EVENT)
        {
            return new Payload(EventText.of(buffer, offset, length), bytes);
        }

        if (kind == RecordKind.LOST && length >= Long.BYTES)
        {
            return new Payload(Long.toString(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN)), bytes);
        }

        final boolean isFrame = kind == RecordKind.INBOUND || kind == RecordKind.OUTBOUND;
        final boolean isText = kind != null &&
            (!isFrame || RecordLayout.opcode(buffer, source.offset()) == Opcode.TEXT);
        return new Payload(isText ? decode(bytes) : null, bytes);
    }

    /** {@return the bytes in base 64} */
    String base64()
    {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String decode(final byte[] bytes)
    {
        try
        {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            return null; // a message that is cut into records may be cut inside of a character
        }
    }
}
