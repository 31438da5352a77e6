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

import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.frame.MessageInflater;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages in parts on a connection with permessage-deflate (RFC 7692 section 6.1).
 */
class DeflatedPartsTest extends SystemTest
{
    private static final byte[] TICK =
        "{\"channel\":\"ticker\",\"bid\":64211.5}".repeat(8).getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_MESSAGE_LENGTH = 1 << 20;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCompressTheMessageOverItsParts(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectDeflated(config());
        try (MessageInflater inflater = new MessageInflater(MAX_MESSAGE_LENGTH, true))
        {
            inflater.begin();
            assertThat(first(Opcode.TEXT, TICK)).isPositive();
            read(connection, inflater, 0x41);
            assertThat(middle(TICK)).isPositive();
            assertThat(read(connection, inflater, 0x00)).as("refers to the part before").isLessThan(TICK.length / 4);
            assertThat(middle(NOTHING)).isPositive();
            read(connection, inflater, 0x00);
            assertThat(last(NOTHING)).isPositive();
            read(connection, inflater, 0x80);
            assertThat(textOf(inflater)).isEqualTo(new String(TICK, StandardCharsets.UTF_8).repeat(2));
        }
    }

    @Test
    void shouldSendAMessagePlainWhoseFirstPartIsShort()
    {
        launch();
        final RawConnection connection = connectDeflated(config());
        first(Opcode.TEXT, "a".getBytes(StandardCharsets.UTF_8));
        last(TICK);
        assertThat(connection.readFrame().firstByte()).isEqualTo(0x01);
        final RawConnection.Frame last = connection.readFrame();
        assertThat(last.firstByte()).isEqualTo(0x80);
        assertThat(last.payload()).isEqualTo(TICK);
    }

    /**
     * Parts that cannot be compressed fill the send window to the last byte: what they grow by has room too.
     */
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"INVOKER", "INLINE"})
    void shouldHaveRoomForAWindowFullOfNoiseInParts(final ThreadingMode mode)
    {
        for (final int length : new int[] {1, 24, 125, 126, 300, 65_535, 65_536, 130_000})
        {
            launch(mode);
            final RawConnection connection = connectDeflated(config().deflate(policy().minLength(0)));
            final byte[] noise = new byte[length];
            new Random(length).nextBytes(noise);
            assertThat(first(Opcode.BINARY, noise)).isPositive();
            int parts = 1;
            long refusal = middle(noise);
            while (refusal > 0)
            {
                parts++;
                refusal = middle(noise);
            }

            assertThat(refusal).isEqualTo(SendResult.BACK_PRESSURED); // the next may find room again
            try (MessageInflater inflater = new MessageInflater(MAX_MESSAGE_LENGTH * 16, true))
            {
                inflater.begin();
                for (int i = 0; i < parts; i++)
                {
                    read(connection, inflater, i == 0 ? 0x42 : 0x00);
                }

                pump.until("room", () -> last(NOTHING) > 0);
                read(connection, inflater, 0x80);
                assertThat(inflater.end()).isEqualTo(parts * length);
            }

            engine.close();
        }
    }

    @Override
    SessionConfig config()
    {
        return super.config().deflate(policy());
    }

    private static DeflatePolicy policy()
    {
        return new DeflatePolicy().enabled(true);
    }

    private RawConnection connectDeflated(final SessionConfig config)
    {
        final long before = handler.count("state LIVE");
        session = engine.connect(config);
        final RawConnection connection = venue.accept(pump);
        connection.upgradeWith("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        pump.until("live", () -> handler.count("state LIVE") > before);
        return connection;
    }

    private static int read(final RawConnection connection, final MessageInflater inflater, final int firstByte)
    {
        final RawConnection.Frame frame = connection.readFrame();
        assertThat(frame.firstByte()).isEqualTo(firstByte);
        final byte[] payload = frame.payload();
        inflater.inflate(new UnsafeBuffer(payload), 0, payload.length);
        return payload.length;
    }

    private static String textOf(final MessageInflater inflater)
    {
        final byte[] message = new byte[inflater.end()];
        inflater.buffer().getBytes(0, message);
        return new String(message, StandardCharsets.UTF_8);
    }

    private long first(final int opcode, final byte[] part)
    {
        return session.sendFirst(opcode, new UnsafeBuffer(part), 0, part.length);
    }

    private long middle(final byte[] part)
    {
        return session.sendMiddle(new UnsafeBuffer(part), 0, part.length);
    }

    private long last(final byte[] part)
    {
        return session.sendLast(new UnsafeBuffer(part), 0, part.length);
    }
}
