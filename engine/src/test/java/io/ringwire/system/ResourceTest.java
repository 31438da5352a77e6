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

import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceTest extends SystemTest
{
    private static final long LIMIT_BYTES = 16L * 1024 * 1024;

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldGiveEverythingBackWhenClosedWithSessionsOpen(final Transport transport, final ThreadingMode mode)
    {
        runAndClose(transport, mode); // what is made once and kept: event loop classes, thread locals
        System.gc();
        final long buffers = Memory.directBuffers();
        final long bytes = Memory.directBytes();
        final long nettyBytes = Memory.nettyBytes();
        final int files = Memory.openFiles();
        runAndClose(transport, mode);
        untilGone("direct bytes", () -> Memory.directBytes() <= bytes);
        untilGone("direct buffers", () -> Memory.directBuffers() <= buffers);
        assertThat(Memory.nettyBytes()).isLessThanOrEqualTo(nettyBytes);
        untilGone("files", () -> Memory.openFiles() <= files);
        assertThat(LeakWatcher.engineThreads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldHoldAtMost16MebibytesByDefault(final ThreadingMode mode)
    {
        Memory.collect();
        final long before = Memory.directBytes() + Math.max(0, Memory.nettyBytes());
        launch(mode);
        final RawConnection connection = connectLive(config());
        for (int i = 0; i < 2000; i++)
        {
            connection.write(RawConnection.frame(0x82, new byte[i * 10]));
            assertThat(send("answer " + i)).isPositive();
            connection.readFrame();
        }

        pump.until("all delivered", () -> session.metrics().messagesDelivered() == 2000);
        final long held = Memory.directBytes() + Math.max(0, Memory.nettyBytes()) - before;
        assertThat(held).isBetween(1L, LIMIT_BYTES);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldFreeTheMemoryOfASessionThatEnds(final ThreadingMode mode)
    {
        launch(mode);
        for (int i = 0; i < 3; i++)
        {
            connectLive(config());
            final Session ended = session;
            final long held = Memory.directBytes();
            ended.abort();
            pump.until("ended", () -> handler.count("state CLOSED") > 0);
            handler.log().clear();
            untilGone("memory of the session", () -> Memory.directBytes() < held);
            assertThat(ended.metrics().ringOccupancy()).isLessThanOrEqualTo(1);
        }
    }

    private void runAndClose(final Transport transport, final ThreadingMode mode)
    {
        handler.log().clear();
        launch(context(mode).transport(transport));
        final List<RawConnection> connections = new ArrayList<>();
        connections.add(connectLive(config()));
        connections.add(connectLive(config()));
        connections.get(0).writeHex("81 01 61 01 05 62");
        untilHandlerSaw("text a");
        assertThat(send("b")).isPositive();
        final Session upgrading = engine.connect(config());
        connections.add(venue.accept(pump));
        pump.until("upgrading", () -> upgrading.state() == SessionState.UPGRADING);
        engine.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(upgrading.state()).isEqualTo(SessionState.CLOSED);
        assertThat(handler.count("state CLOSED")).isEqualTo(3);
        assertThat(handler.count("closed 1001 engine closed") + handler.count("closed 1006 ")).isEqualTo(2);
        connections.forEach(RawConnection::untilEnded);
        venue.closeAccepted(); // they hold on to the engine
    }

    private void untilGone(final String what, final BooleanSupplier gone)
    {
        pump.until(what + " given back", () ->
        {
            if (!gone.getAsBoolean())
            {
                System.gc();
            }

            return gone.getAsBoolean();
        });
    }
}
