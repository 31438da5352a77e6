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

import io.ringwire.Engine;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class LifecycleTest
{
    private final RecordingHandler handler = new RecordingHandler();

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldConnectExchangeMessagesAndClose(final ThreadingMode mode) throws Exception
    {
        try (RawVenue venue = new RawVenue();
            Engine engine = Engine.launch(new EngineContext().threadingMode(mode).idleMode(IdleMode.BLOCK)))
        {
            final Pump pump = new Pump(engine);
            final Session session = engine.connect(
                new SessionConfig().uri(venue.uri("/x?y=1")).messageHandler(handler).listener(handler));
            final RawConnection connection = venue.accept(pump);
            assertThat(connection.upgrade()).startsWith("GET /x?y=1 HTTP/1.1\r\n").doesNotContain("rigin:");
            pump.until("live", () -> handler.saw("state LIVE"));
            assertThat(session.state()).isEqualTo(SessionState.LIVE);

            connection.writeText("hello");
            pump.until("message", () -> handler.saw("text hello"));

            final UnsafeBuffer text = new UnsafeBuffer("order".getBytes(StandardCharsets.UTF_8));
            assertThat(session.send(Opcode.TEXT, text, 0, text.capacity())).isPositive();
            assertThat(connection.readFrame().text()).isEqualTo("order");

            connection.write(RawConnection.frame(0x89, "tick".getBytes(StandardCharsets.UTF_8)));
            final RawConnection.Frame pong = connection.readFrame();
            assertThat(pong.opcode()).isEqualTo(0xA);
            assertThat(pong.text()).isEqualTo("tick");

            session.close(1000, "bye");
            final RawConnection.Frame close = connection.readFrame();
            assertThat(close.opcode()).isEqualTo(8);
            assertThat(close.closeCode()).isEqualTo(1000);
            connection.writeHex("88 02 03e8");
            pump.settle();
            connection.close();
            pump.until("closed", () -> handler.saw("state CLOSED"));
            assertThat(handler.log()).containsExactly(
                "state RESOLVING", "state CONNECTING", "state UPGRADING", "state LIVE", "text hello",
                "state DRAINING", "closed 1000 ", "state CLOSED");
        }
    }
}
