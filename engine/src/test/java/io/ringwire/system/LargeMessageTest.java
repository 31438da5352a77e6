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
package io.ringwire.system;

import io.ringwire.api.MessageHandler;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of many megabytes, in one frame and in two. The largest allowed with {@code -Dlarge.megabytes=256
 * -Dsurefire.extra="-Xmx2g -XX:MaxDirectMemorySize=1g"}.
 */
@Timeout(120)
class LargeMessageTest extends SystemTest
{
    private static final int LENGTH = Integer.getInteger("large.megabytes", 16) << 20;
    private static final int CHUNK_LENGTH = 1 << 20;

    private volatile String received = "";

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldTakeAMessageAsLongAsIsConfigured(final ThreadingMode mode)
    {
        final byte[] chunk = new byte[CHUNK_LENGTH];
        final CRC32 expected = new CRC32();
        for (int i = 0; i < LENGTH / CHUNK_LENGTH; i++)
        {
            fill(chunk, i);
            expected.update(chunk);
        }

        launch(mode);
        final MessageHandler checker = (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            final CRC32 actual = new CRC32();
            for (int i = 0; i < length; i += CHUNK_LENGTH)
            {
                buffer.getBytes(offset + i, chunk);
                actual.update(chunk);
            }

            received = length + " " + actual.getValue();
        };
        final RawConnection connection = connectLive(config()
            .messageHandler(checker)
            .maxMessageLength(LENGTH)
            .buffers(new BufferPolicy().arenaLength(2 * LENGTH)));
        for (int frames = 1; frames <= 2; frames++)
        {
            received = "";
            writeMessage(connection, frames);
            pump.until("received", () -> received.equals(LENGTH + " " + expected.getValue()));
        }

        connection.writeHex("82 7f %016x".formatted(LENGTH + 1L));
        assertThat(connection.readClose()).isEqualTo(1009);
    }

    private static void writeMessage(final RawConnection connection, final int frames)
    {
        final int chunksOfFrame = LENGTH / CHUNK_LENGTH / frames;
        final byte[] chunk = new byte[CHUNK_LENGTH];
        for (int i = 0; i < LENGTH / CHUNK_LENGTH; i++)
        {
            if (i % chunksOfFrame == 0)
            {
                final int firstByte = (i == 0 ? 0x02 : 0) | (i + chunksOfFrame == LENGTH / CHUNK_LENGTH ? 0x80 : 0);
                connection.writeHex("%02x 7f %016x".formatted(firstByte, LENGTH / frames));
            }

            fill(chunk, i);
            connection.write(chunk);
        }
    }

    private static void fill(final byte[] chunk, final int seed)
    {
        for (int i = 0; i < chunk.length; i++)
        {
            chunk[i] = (byte)(i * 31 + (i >> 8) + seed);
        }
    }
}
