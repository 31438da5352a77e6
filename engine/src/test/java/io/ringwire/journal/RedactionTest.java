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
package io.ringwire.journal;

import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest
{
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int BEGIN = RecordLayout.FRAME_BEGIN;
    private static final int END = RecordLayout.MESSAGE_END;
    private static final int WHOLE = BEGIN | END;
    private static final int ENGINE = RecordLayout.ENGINE;
    private static final String LOGIN = "{\"token\":\"abc\"}";
    private static final String STARRED = "{\"token\":\"***\"}";

    private final List<String> kept = new ArrayList<>();
    private final Redaction redaction = new Redaction(Set.of("token"));
    private final Records records = new Records(new RecordSink()
    {
        @Override
        public void onRecord(final UnsafeBuffer buffer, final int offset, final int length)
        {
            redaction.onRecord(buffer, offset, length);
            kept.add(buffer.getStringWithoutLengthUtf8(
                offset + RecordLayout.HEADER_LENGTH, length - RecordLayout.HEADER_LENGTH));
        }

        @Override
        public int doWork(final long nowNs)
        {
            return 0;
        }

        @Override
        public boolean hasFailed()
        {
            return false;
        }

        @Override
        public void close()
        {
        }
    });

    @Test
    void shouldOverwriteWhatWasSent()
    {
        frame(1, RecordKind.OUTBOUND, TEXT, WHOLE, LOGIN);
        frame(1, RecordKind.OUTBOUND, BINARY, WHOLE, LOGIN);
        assertThat(kept).containsExactly(STARRED, LOGIN);
    }

    @Test
    void shouldOverwriteWhatWasReceivedForTheEngineAlone()
    {
        frame(1, RecordKind.INBOUND, TEXT, WHOLE, LOGIN);
        frame(1, RecordKind.INBOUND, TEXT, WHOLE | ENGINE, LOGIN);
        assertThat(kept).containsExactly(LOGIN, STARRED);
    }

    @Test
    void shouldFollowAMessageThroughItsRecordsAndThoseOfOthers()
    {
        frame(1, RecordKind.OUTBOUND, TEXT, BEGIN, "{\"tok");
        frame(2, RecordKind.OUTBOUND, TEXT, WHOLE, LOGIN);
        frame(1, RecordKind.OUTBOUND, 9, BEGIN, "ping");
        frame(1, RecordKind.INBOUND, TEXT, WHOLE, LOGIN);
        frame(1, RecordKind.OUTBOUND, TEXT, 0, "en\":\"a");
        frame(1, RecordKind.OUTBOUND, TEXT, END, "bc\"}");
        frame(1, RecordKind.OUTBOUND, TEXT, WHOLE, LOGIN);
        assertThat(kept).containsExactly(
            "{\"tok", STARRED, "ping", LOGIN, "en\":\"*", "**\"}", STARRED);
    }

    @Test
    void shouldOverwriteTheAnswerToALoginThatComesInPieces()
    {
        frame(1, RecordKind.INBOUND, TEXT, BEGIN, "{\"token\":\"a");
        frame(1, RecordKind.INBOUND, TEXT, END, "bc\"}");
        frame(1, RecordKind.OUTBOUND, TEXT, WHOLE | ENGINE, LOGIN);
        frame(1, RecordKind.INBOUND, TEXT, BEGIN, "{\"token\":\"a");
        frame(1, RecordKind.INBOUND, TEXT, END | ENGINE, "bc\"}");
        frame(1, RecordKind.INBOUND, TEXT, BEGIN, "{\"token\":\"a");
        frame(1, RecordKind.INBOUND, TEXT, END, "bc\"}");
        assertThat(kept).containsExactly(
            "{\"token\":\"a", "bc\"}", STARRED, "{\"token\":\"*", "**\"}", "{\"token\":\"a", "bc\"}");
    }

    @Test
    void shouldOverwriteTheLastPieceOfAnUnexpectedAnswerWhole()
    {
        frame(1, RecordKind.INBOUND, TEXT, BEGIN, "{\"token\":\"a");
        frame(1, RecordKind.INBOUND, TEXT, END | ENGINE, "bc\"}");
        assertThat(kept).containsExactly("{\"token\":\"a", "****");
    }

    @Test
    void shouldForgetAMessageThatItsConnectionDidNotEnd()
    {
        frame(1, RecordKind.OUTBOUND, TEXT, BEGIN, "{\"token\":\"a");
        records.put(1, 2, RecordKind.OUTBOUND, TEXT, WHOLE, "{\"a\":\"b\"}");
        frame(1, RecordKind.OUTBOUND, TEXT, BEGIN, "{\"token\":\"a");
        frame(1, RecordKind.OUTBOUND, TEXT, RecordLayout.ABANDONED, "");
        frame(1, RecordKind.OUTBOUND, TEXT, WHOLE, "{\"a\":\"b\"}");
        assertThat(kept).containsExactly("{\"token\":\"*", "{\"a\":\"b\"}", "{\"token\":\"*", "", "{\"a\":\"b\"}");
    }

    @Test
    void shouldLeaveAllAsItIsWithoutKeys()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
        RecordLayout.putHeader(buffer, 0, 1, 1, 1, RecordKind.OUTBOUND, TEXT, WHOLE);
        buffer.putStringWithoutLengthUtf8(RecordLayout.HEADER_LENGTH, "{broken");
        new Redaction(Set.of()).onRecord(buffer, 0, RecordLayout.HEADER_LENGTH + 7);
        assertThat(buffer.getStringWithoutLengthUtf8(RecordLayout.HEADER_LENGTH, 7)).isEqualTo("{broken");
    }

    private void frame(
        final int sessionId, final RecordKind kind, final int opcode, final int flags, final String payload)
    {
        records.put(sessionId, 1, kind, opcode, flags, payload);
    }
}
