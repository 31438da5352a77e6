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
package io.ringwire.io;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.Transport;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was set is read back from the kernel.
 */
class SocketOptionsTest
{
    private static final InetSocketAddress TCP = new InetSocketAddress("127.0.0.1", 1);

    private Channel channel;

    @AfterEach
    void closeChannel()
    {
        channel.unsafe().closeForcibly();
    }

    @Test
    void shouldSetTheOptionsOfEpoll()
    {
        channel = TransportFactory.load(Transport.EPOLL).newChannel(TCP);
        assertThat(SocketOptions.of(policy().userTimeoutNs(5_432_000_000L).notSentLowWaterLength(12_345),
            Transport.EPOLL).apply(channel)).isNull();
        assertBuffers();
        assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(5_432);
        assertThat(channel.config().getOption(EpollChannelOption.TCP_NOTSENT_LOWAT)).isEqualTo(12_345);
        assertThat(channel.config().getOption(EpollChannelOption.TCP_QUICKACK)).isTrue();
    }

    @Test
    void shouldSetTheOptionsOfNio()
    {
        channel = TransportFactory.load(Transport.NIO).newChannel(TCP);
        assertThat(SocketOptions.of(policy(), Transport.NIO).apply(channel)).isNull();
        assertBuffers();
        assertThat(channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK))).isTrue();
    }

    @Test
    void shouldLeaveAloneWhatIsNotSet()
    {
        final TransportFactory epoll = TransportFactory.load(Transport.EPOLL);
        channel = epoll.newChannel(TCP);
        final int before = channel.config().getOption(ChannelOption.SO_RCVBUF);
        assertThat(SocketOptions.of(new SocketPolicy(), Transport.EPOLL).apply(channel)).isNull();
        assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isEqualTo(before);
        assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
        assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isZero();
    }

    /**
     * A kernel may have busy polling or not, and let us have it or not.
     */
    @Test
    void shouldPollOrSayThatTheKernelRefuses()
    {
        channel = TransportFactory.load(Transport.EPOLL).newChannel(TCP);
        final String refusal =
            SocketOptions.of(new SocketPolicy().busyPollNs(50_000), Transport.EPOLL).apply(channel);
        if (refusal == null)
        {
            assertThat(channel.config().getOption(EpollChannelOption.SO_BUSY_POLL)).isEqualTo(50);
        }
        else
        {
            assertThat(refusal).startsWith("socket.busyPollNs: the kernel refuses SO_BUSY_POLL=50: ");
        }
    }

    @Test
    void shouldSayWhatTheKernelRefuses()
    {
        channel = TransportFactory.load(Transport.EPOLL).newChannel(TCP);
        channel.unsafe().closeForcibly();
        assertThat(SocketOptions.of(new SocketPolicy().keepAlive(true), Transport.EPOLL).apply(channel))
            .startsWith("socket.TCP_NODELAY: the kernel refuses TCP_NODELAY=true: ");
    }

    private static SocketPolicy policy()
    {
        return new SocketPolicy()
            .receiveBufferLength(40_000).sendBufferLength(50_000).quickAck(true).keepAlive(true);
    }

    private void assertBuffers()
    {
        assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isIn(40_000, 80_000); // Linux doubles
        assertThat(channel.config().getOption(ChannelOption.SO_SNDBUF)).isIn(50_000, 100_000);
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    }
}
