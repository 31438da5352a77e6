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

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A venue that says more to the engine in one read than the queues between its threads hold.
 */
class NoticeFloodTest extends VenueTest
{
    @Test
    void shouldStandAFloodOfNotices()
    {
        launch(ThreadingMode.DEDICATED);
        begin(config(null)
            .backpressure(BackpressurePolicy.DROP_NEWEST)
            .listener(new SessionListener() {})
            .messageHandler((s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {}));
        untilState(SessionState.LIVE);
        final byte[] notice = RawConnection.frame(0x81, "BYE".getBytes(StandardCharsets.US_ASCII));
        final byte[] flood = new byte[notice.length * 50_000];
        for (int i = 0; i < flood.length; i++)
        {
            flood[i] = notice[i % notice.length];
        }

        connection.write(flood);
        connection.write(RawConnection.frame(0x89, new byte[] {'p'}));
        assertThat(connection.readFrame().text()).isEqualTo("p");
    }
}
