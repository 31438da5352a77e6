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
import io.ringwire.api.SessionState;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More for the control thread at once than its queue, and that of the IO thread, hold.
 */
@Timeout(60)
class StormTest extends VenueTest
{
    private static final int COUNT = 12_000;

    /**
     * Each notice goes to the control thread and comes back as an event: neither thread may wait for the other.
     */
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldOutlastAVenueThatRepeatsItsNoticeOfShutdown(final ThreadingMode mode)
    {
        launch(mode);
        begin(config(null));
        untilState(SessionState.LIVE);
        final byte[] notice = RawConnection.frame(0x81, "BYE".getBytes(StandardCharsets.US_ASCII));
        final ByteBuffer notices = ByteBuffer.allocate(COUNT * notice.length);
        for (int i = 0; i < COUNT; i++)
        {
            notices.put(notice);
        }

        connection.write(notices.array());
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        untilHandlerSaw("notice BYE");
        assertAlive();
    }

    /**
     * A callback may run on the IO thread.
     */
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldOutlastACallbackThatChangesItsMindOften(final ThreadingMode mode)
    {
        launch(mode);
        final MessageHandler fickle = (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            for (int i = 0; i < COUNT && buffer.getByte(offset) == 'x'; i++)
            {
                session.subscribe("a");
                session.unsubscribe("a");
            }

            handler.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        };
        begin(config(null).messageHandler(fickle));
        untilState(SessionState.LIVE);
        connection.writeText("x");
        untilHandlerSaw("text x");
        assertAlive();
    }

    private void assertAlive()
    {
        connection.write(RawConnection.frame(0x89, new byte[] {'p'}));
        String text = "";
        while (!text.equals("p")) // ends: the read gives up
        {
            text = connection.readFrame().text();
        }

        session.abort();
        untilHandlerSaw("state CLOSED");
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }
}
