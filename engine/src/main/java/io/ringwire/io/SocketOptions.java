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
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.Transport;
import jdk.net.ExtendedSocketOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The options a session's sockets have, as Netty's options of the transport that loaded.
 */
public final class SocketOptions
{
    private final Transport transport;
    private final List<Setting<?>> settings = new ArrayList<>();

    private SocketOptions(final SocketPolicy policy, final Transport transport)
    {
        this.transport = transport;
        final boolean tcp = policy.unixPath() == null;
        add("receiveBufferLength", policy.receiveBufferLength(), ChannelOption.SO_RCVBUF);
        add("sendBufferLength", policy.sendBufferLength(), ChannelOption.SO_SNDBUF);
        add(tcp, new Setting<>("TCP_NODELAY", ChannelOption.TCP_NODELAY, true));
        add(policy.keepAlive(), new Setting<>("keepAlive", ChannelOption.SO_KEEPALIVE, true));
        add(policy.quickAck(), new Setting<>("quickAck", quickAck(transport), true));
        add("busyPollNs",
            (int)TimeUnit.NANOSECONDS.toMicros(policy.busyPollNs()),
            policy.busyPollNs(),
            transport == Transport.EPOLL ? EpollChannelOption.SO_BUSY_POLL : null);
        add("userTimeoutNs",
            (int)TimeUnit.NANOSECONDS.toMillis(policy.userTimeoutNs()), policy.userTimeoutNs(), userTimeout(transport));
        add("notSentLowWaterLength",
            (long)policy.notSentLowWaterLength(), policy.notSentLowWaterLength(), notSentLowWater(transport));
        add(policy.localAddress() != null && policy.localAddress().getPort() != 0,
            new Setting<>("localAddress", ChannelOption.SO_REUSEADDR, true)); // the port of the connection before
    }

    /**
     * The options of a policy.
     *
     * @param policy    checked.
     * @param transport that loaded.
     * @return the options.
     * @throws ConfigurationException that names an option the transport does not have.
     */
    public static SocketOptions of(final SocketPolicy policy, final Transport transport)
    {
        return new SocketOptions(policy, transport);
    }

    /**
     * Set them, before the channel connects.
     *
     * @param channel registered or not.
     * @return what the kernel refused and why, or null.
     */
    String apply(final Channel channel)
    {
        for (final Setting<?> setting : settings)
        {
            final String refusal = setting.apply(channel);
            if (refusal != null)
            {
                return refusal;
            }
        }

        return null;
    }

    private void add(final String name, final int value, final ChannelOption<Integer> option)
    {
        add(value != SocketPolicy.NOT_SET, new Setting<>(name, option, value));
    }

    private <T> void add(final String name, final T value, final long given, final ChannelOption<T> option)
    {
        add(given != SocketPolicy.NOT_SET, new Setting<>(name, option, value));
    }

    private void add(final boolean wanted, final Setting<?> setting)
    {
        if (wanted && setting.option == null)
        {
            throw new ConfigurationException(
                "socket." + setting.name + "=" + setting.value + " is an option that transport=" + transport +
                " does not have: use EPOLL, or leave it out");
        }

        if (wanted)
        {
            settings.add(setting);
        }
    }

    private static ChannelOption<Boolean> quickAck(final Transport transport)
    {
        return switch (transport)
        {
            case EPOLL -> EpollChannelOption.TCP_QUICKACK;
            case IO_URING -> IoUringChannelOption.TCP_QUICKACK;
            default -> NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK);
        };
    }

    private static ChannelOption<Integer> userTimeout(final Transport transport)
    {
        return switch (transport)
        {
            case EPOLL -> EpollChannelOption.TCP_USER_TIMEOUT;
            case IO_URING -> IoUringChannelOption.TCP_USER_TIMEOUT;
            default -> null;
        };
    }

    private static ChannelOption<Long> notSentLowWater(final Transport transport)
    {
        return switch (transport)
        {
            case EPOLL -> EpollChannelOption.TCP_NOTSENT_LOWAT;
            case IO_URING -> IoUringChannelOption.TCP_NOTSENT_LOWAT;
            default -> null;
        };
    }

    /**
     * One option and the value it is to have.
     */
    private record Setting<T>(String name, ChannelOption<T> option, T value)
    {
        String apply(final Channel channel)
        {
            try
            {
                return channel.config().setOption(option, value) ?
                    null : "socket." + name + ": " + option.name() + " is not an option of this system";
            }
            catch (final ChannelException ex)
            {
                final String why = String.valueOf((ex.getCause() == null ? ex : ex.getCause()).getMessage());
                return "socket." + name + ": the kernel refuses " + option.name() + "=" + value + ": " + why +
                    (why.contains("not permitted") ? "; the process needs CAP_NET_ADMIN for it" : "");
            }
        }
    }
}
