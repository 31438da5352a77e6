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
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SocketPolicyTest extends SystemTest
{
    static List<Arguments> transportsAndModes()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final Transport transport : Transports.available())
        {
            all.add(Arguments.of(transport, ThreadingMode.DEDICATED));
            all.add(Arguments.of(transport, ThreadingMode.INLINE));
        }

        return all;
    }

    @ParameterizedTest
    @MethodSource("transportsAndModes")
    void shouldTalkThroughAUnixDomainSocketAndReconnect(
        final Transport transport, final ThreadingMode mode, @TempDir final Path directory) throws Exception
    {
        launch(context(mode).transport(transport));
        try (UnixDoor door = new UnixDoor(directory.resolve("venue.sock"), venue.port()))
        {
            session = engine.connect(config().uri("ws://venue.invalid/ws?x=%2f")
                .reconnect(new ReconnectPolicy().baseNs(1).capNs(1))
                .socket(new SocketPolicy().unixPath(door.path()).receiveBufferLength(64 * 1024)));
            for (int epoch = 1; epoch <= 2; epoch++)
            {
                final int current = epoch;
                final RawConnection connection = venue.accept(pump);
                assertThat(connection.upgrade())
                    .startsWith("GET /ws?x=%2f HTTP/1.1\r\nHost: venue.invalid\r\n");
                pump.until("sent", () -> session.epoch() == current && send("hello") > 0);
                assertThat(connection.readFrame().text()).isEqualTo("hello");
                connection.writeText("world " + epoch);
                untilHandlerSaw("text world " + epoch);
                connection.close();
            }

            assertThat(handler.change(SessionState.CONNECTING).reason()).endsWith(" at " + door.path());
            session.abort();
            untilHandlerSaw("state CLOSED");
        }
    }

    @ParameterizedTest
    @MethodSource("transportsAndModes")
    void shouldNameTheUnixDomainSocketThatIsNotThere(
        final Transport transport, final ThreadingMode mode, @TempDir final Path directory)
    {
        launch(context(mode).transport(transport));
        final Path path = directory.resolve("nobody.sock");
        session = engine.connect(
            config().reconnect(ReconnectPolicy.never()).socket(new SocketPolicy().unixPath(path)));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .matches("cannot connect to " + path + ": (no such file|.*No such file or directory.*)");
    }

    @Test
    void shouldNotFollowARedirectOutOfAUnixDomainSocket(@TempDir final Path directory) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        try (UnixDoor door = new UnixDoor(directory.resolve("venue.sock"), venue.port()))
        {
            session = engine.connect(config().uri("ws://venue.invalid/").reconnect(ReconnectPolicy.never())
                .upgrade(new UpgradePolicy().maxRedirects(2)).socket(new SocketPolicy().unixPath(door.path())));
            venue.accept(pump).write("HTTP/1.1 302 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
            final RawConnection second = venue.accept(pump);
            assertThat(second.readRequest()).startsWith("GET /x ");
            second.write("HTTP/1.1 302 Moved\r\nLocation: ws://else.invalid/\r\nContent-Length: 0\r\n\r\n");
            untilHandlerSaw("state FAILED");
            assertThat(handler.change(SessionState.FAILED).reason()).contains("else.invalid").contains("Unix");
        }
    }

    @ParameterizedTest
    @MethodSource("transportsAndModes")
    void shouldComeFromTheLocalAddress(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection =
            connectLive(config().socket(new SocketPolicy().localAddress("127.0.0.2", 0)));
        assertThat(connection.peer().getHostAddress()).isEqualTo("127.0.0.2");
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"EPOLL", "NIO"})
    void shouldComeFromTheLocalPortAndComeBackFromIt(final Transport transport) throws Exception
    {
        launch(context(ThreadingMode.INVOKER).transport(transport));
        final int port;
        try (ServerSocket free = new ServerSocket(0))
        {
            port = free.getLocalPort();
        }

        final RawConnection first = connectLive(config().socket(new SocketPolicy().localAddress("127.0.0.3", port)));
        assertThat(first.peerPort()).isEqualTo(port);
        first.reset();
        passBackoff();
        assertThat(acceptLive().peerPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"EPOLL", "NIO"})
    void shouldNameALocalAddressThatIsNotOurs(final Transport transport)
    {
        launch(context(ThreadingMode.INVOKER).transport(transport));
        session = engine.connect(
            config().reconnect(ReconnectPolicy.never()).socket(new SocketPolicy().localAddress("192.0.2.1", 0)));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("cannot connect to").contains("from local address 192.0.2.1");
    }

    @Test
    void shouldConnectToThePinnedAddressAndKeepTheHost()
    {
        launch();
        final RawConnection connection = connect(config().uri("ws://venue.invalid:1/")
            .socket(new SocketPolicy().connectTo("127.0.0.1", venue.port())));
        assertThat(connection.upgrade()).contains("Host: venue.invalid:1\r\n");
        untilHandlerSaw("state LIVE");
    }

    @Test
    void shouldConnectWithAllOptionsOfEpoll()
    {
        launch(context(ThreadingMode.INVOKER).transport(Transport.EPOLL));
        connectLive(config().socket(new SocketPolicy().receiveBufferLength(64 * 1024).sendBufferLength(64 * 1024)
            .quickAck(true).keepAlive(true).userTimeoutNs(5_000_000_000L).notSentLowWaterLength(16 * 1024)));
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"EPOLL", "NIO"})
    void shouldConnectWithTheOptionsThatEveryTransportHas(final Transport transport)
    {
        launch(context(ThreadingMode.INVOKER).transport(transport));
        connectLive(config().socket(new SocketPolicy().receiveBufferLength(64 * 1024).sendBufferLength(64 * 1024)
            .quickAck(true).keepAlive(true)));
    }

    @Test
    void shouldRefuseWhatNioDoesNotHave()
    {
        launch(context(ThreadingMode.INVOKER).transport(Transport.NIO));
        refused(config().socket(new SocketPolicy().busyPollNs(50_000)), "socket.busyPollNs=50", "NIO", "EPOLL");
        refused(config().socket(new SocketPolicy().userTimeoutNs(5_000_000)), "socket.userTimeoutNs=5", "NIO");
        refused(config().socket(new SocketPolicy().notSentLowWaterLength(9)), "notSentLowWaterLength=9", "NIO");
    }

    @Test
    void shouldRefuseSettingsThatCannotWork()
    {
        launch();
        refused(config().socket(null), "socket");
        refused(config().socket(new SocketPolicy().receiveBufferLength(0)), "socket.receiveBufferLength=0");
        refused(config().socket(new SocketPolicy().sendBufferLength(-2)), "socket.sendBufferLength=-2");
        refused(config().socket(new SocketPolicy().notSentLowWaterLength(0)), "socket.notSentLowWaterLength=0");
        refused(config().socket(new SocketPolicy().busyPollNs(999)), "socket.busyPollNs=999");
        refused(config().socket(new SocketPolicy().userTimeoutNs(999_999)), "socket.userTimeoutNs=999999");
        refused(config().socket(new SocketPolicy().userTimeoutNs(Long.MAX_VALUE)), "socket.userTimeoutNs");
        refused(config().socket(new SocketPolicy().localAddress("localhost", 0)), "localhost", "not an IP literal");
        assertThatThrownBy(() -> new SocketPolicy().connectTo("host", 70_000))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("socket.connectTo=host:70000");
        final Path path = Path.of("x.sock");
        refused(config().socket(new SocketPolicy().unixPath(path).connectTo("::1", 1)), "socket.connectTo", "x.sock");
        refused(config().socket(new SocketPolicy().unixPath(path).localAddress("::1", 1)), "socket.localAddress");
        refused(config().socket(new SocketPolicy().unixPath(path).quickAck(true)), "socket.quickAck");
        refused(config().socket(new SocketPolicy().unixPath(path)).proxy(ProxyPolicy.http("h", 1)), "proxy");
    }

    private void refused(final SessionConfig config, final String... complaints)
    {
        assertThatThrownBy(() -> engine.connect(config))
            .isInstanceOf(ConfigurationException.class).message().contains(complaints);
    }
}
