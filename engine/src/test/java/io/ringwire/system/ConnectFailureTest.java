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

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectFailureTest extends SystemTest
{
    private static final int SOME_CONNECTIONS = 4;

    static List<Transport> transports()
    {
        return Transports.available();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("G4: a host that is not known fails at once")
    void shouldSayWhichHostCannotBeResolved(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(config().uri("ws://no-such-host.invalid/").reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.from()).isEqualTo(SessionState.RESOLVING);
        assertThat(failure.reason()).contains("no-such-host.invalid");
        assertThat(session.metrics().connectFailures()).isOne();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldSayWhichPortRefuses(final Transport transport) throws Exception
    {
        venue.close();
        launch(context(ThreadingMode.DEDICATED).transport(transport));
        session = engine.connect(config().reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.from()).isEqualTo(SessionState.CONNECTING);
        assertThat(failure.reason()).contains("cannot connect").contains(":" + venue.port());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldGiveUpATcpConnectThatNeverCompletes(final Transport transport) throws Exception
    {
        final List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            fillBacklog(full, fillers);
            launch(context(ThreadingMode.INVOKER).transport(transport));
            session = engine.connect(config()
                .uri("ws://127.0.0.1:" + full.getLocalPort() + "/")
                .timeouts(new TimeoutPolicy().connectNs(1_000_000_000L))
                .reconnect(ReconnectPolicy.never()));
            untilState(SessionState.CONNECTING);
            clock.advanceMs(999);
            pump.settle();
            assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
            clock.advanceMs(1);
            untilHandlerSaw("state FAILED");
            assertThat(handler.change(SessionState.FAILED).reason())
                .isEqualTo("no tcp connection to /127.0.0.1:" + full.getLocalPort() + " within 1000000000 ns");
        }
        finally
        {
            for (final SocketChannel filler : fillers)
            {
                filler.close();
            }
        }
    }

    @Test
    void shouldAbandonATcpConnectThatIsClosed() throws Exception
    {
        final List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            fillBacklog(full, fillers);
            launch();
            session = engine.connect(config().uri("ws://127.0.0.1:" + full.getLocalPort() + "/"));
            untilState(SessionState.CONNECTING);
            session.close();
            untilHandlerSaw("state CLOSED");
            assertThat(handler.log()).containsExactly("state RESOLVING", "state CONNECTING", "state CLOSED");
        }
        finally
        {
            for (final SocketChannel filler : fillers)
            {
                filler.close();
            }
        }
    }

    /**
     * The kernel ignores further connects when as many as the backlog wait to be accepted.
     */
    private static void fillBacklog(final ServerSocket server, final List<SocketChannel> fillers) throws IOException
    {
        for (int i = 0; i < SOME_CONNECTIONS; i++)
        {
            final SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        }
    }
}
