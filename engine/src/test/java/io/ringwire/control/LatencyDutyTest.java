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
package io.ringwire.control;

import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.LatencyIntervals;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.LatencyLog;
import io.ringwire.stats.Stage;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyDutyTest
{
    private static final long SECOND_NS = 1_000_000_000;

    private final List<Throwable> errors = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private long nowNs;
    private final EngineContext context = new EngineContext()
        .threadingMode(ThreadingMode.INVOKER)
        .nanoClock(() -> nowNs)
        .errorHandler(errors::add)
        .eventLog((level, source, message, cause) -> events.add(level + " " + source + ": " + message))
        .conclude(2);

    @Test
    void shouldEndTheLogWhenTheDiskIsFullAndGoOn() throws IOException
    {
        final FullDisk disk = new FullDisk();
        final LatencyDuty duty = new LatencyDuty(context, new LatencyLog(disk, 0, List.of("test")));
        final WebSocketSession session = session();
        duty.add(new LatencyIntervals(session));
        nowNs += SECOND_NS;
        assertThat(duty.onTime(nowNs)).isTrue();
        assertThat(disk.writes).as("the header, and no interval without values").isOne();

        disk.full = true;
        session.latencies().of(Stage.HANDLER).record(5);
        assertThat(duty.onTime(nowNs)).as("not yet").isFalse();
        nowNs += SECOND_NS;
        assertThat(duty.onTime(nowNs)).isTrue();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).hasMessageContaining("latencyLog").hasMessageContaining("no space left");
        assertThat(events).as("the engine's error handler tells them").isEmpty();
        assertThat(disk.closed).isTrue();

        session.latencies().of(Stage.HANDLER).record(6);
        nowNs += SECOND_NS;
        assertThat(duty.onTime(nowNs)).isTrue();
        duty.close();
        assertThat(errors).hasSize(1);
        assertThat(session.latency().handler().count()).as("the session goes on").isEqualTo(2);
    }

    private WebSocketSession session()
    {
        final SessionConfig config = new SessionConfig()
            .uri("ws://venue.test/")
            .messageHandler((s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {})
            .conclude(context);
        final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
        return new WebSocketSession(1, config, new SessionWiring(
            ring,
            null,
            null,
            null,
            context.nanoClock(),
            context.errorHandler(),
            context.eventLog(),
            null,
            null));
    }

    private static final class FullDisk extends ByteArrayOutputStream
    {
        private boolean full;
        private boolean closed;
        private int writes;

        @Override
        public void write(final byte[] bytes, final int offset, final int length)
        {
            super.write(bytes, offset, length);
            writes++;
        }

        @Override
        public void flush() throws IOException
        {
            if (full)
            {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void close()
        {
            closed = true;
        }
    }
}
