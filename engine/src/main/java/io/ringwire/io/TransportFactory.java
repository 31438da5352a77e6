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
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Transport;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Supplier;

/**
 * The transport that loaded.
 *
 * @param transport   never {@link Transport#AUTO}.
 * @param explanation which one and why, for people.
 * @param ioHandler   of the event loop.
 * @param channel     makes TCP sockets for it.
 * @param unixChannel makes Unix domain sockets for it.
 */
public record TransportFactory(
    Transport transport,
    String explanation,
    IoHandlerFactory ioHandler,
    Supplier<? extends Channel> channel,
    Supplier<? extends Channel> unixChannel)
{
    /**
     * Load a transport.
     *
     * @param wanted by the user.
     * @return the one that loaded.
     * @throws ConfigurationException if the one named does not load, with the reason.
     */
    public static TransportFactory load(final Transport wanted)
    {
        return switch (wanted)
        {
            case EPOLL -> epoll("asked for");
            case IO_URING -> ioUring();
            case NIO -> nio("asked for");
            case AUTO -> Epoll.isAvailable() ?
                epoll("chosen by AUTO") : nio("chosen by AUTO because epoll: " + unavailability(Transport.EPOLL));
        };
    }

    /**
     * Why a transport does not load here.
     *
     * @param transport to ask for.
     * @return the reason, or null if it loads, as NIO and so AUTO always do.
     */
    public static String unavailability(final Transport transport)
    {
        return switch (transport)
        {
            case EPOLL -> Epoll.isAvailable() ? null : reasonOf(Epoll.unavailabilityCause());
            case IO_URING -> IoUring.isAvailable() ? null : reasonOf(IoUring.unavailabilityCause());
            default -> null;
        };
    }

    /**
     * A channel for an address.
     *
     * @param address that it will connect to.
     * @return the channel, not registered.
     */
    Channel newChannel(final SocketAddress address)
    {
        return address instanceof UnixDomainSocketAddress ? unixChannel.get() : channel.get();
    }

    /**
     * An address as the transport wants it: Netty's native transports have a type of their own for Unix domain sockets.
     *
     * @param address of the JDK.
     * @return the address for {@code connect}.
     */
    SocketAddress addressOf(final SocketAddress address)
    {
        return address instanceof UnixDomainSocketAddress unixAddress && transport != Transport.NIO ?
            new DomainSocketAddress(unixAddress.getPath().toString()) : address;
    }

    private static TransportFactory epoll(final String why)
    {
        if (!Epoll.isAvailable())
        {
            throw unavailable(Transport.EPOLL, Epoll.unavailabilityCause());
        }

        return new TransportFactory(
            Transport.EPOLL,
            "EPOLL, " + why,
            EpollIoHandler.newFactory(),
            EpollSocketChannel::new,
            EpollDomainSocketChannel::new);
    }

    private static TransportFactory ioUring()
    {
        if (!IoUring.isAvailable())
        {
            throw unavailable(Transport.IO_URING, IoUring.unavailabilityCause());
        }

        return new TransportFactory(
            Transport.IO_URING,
            "IO_URING, asked for",
            IoUringIoHandler.newFactory(),
            IoUringSocketChannel::new,
            IoUringDomainSocketChannel::new);
    }

    private static TransportFactory nio(final String why)
    {
        return new TransportFactory(
            Transport.NIO,
            "NIO, " + why,
            NioIoHandler.newFactory(),
            NioSocketChannel::new,
            NioDomainSocketChannel::new);
    }

    private static ConfigurationException unavailable(final Transport transport, final Throwable cause)
    {
        return new ConfigurationException(
            "transport=" + transport + " does not load here: " + reasonOf(cause) + "; use AUTO or NIO", cause);
    }

    private static String reasonOf(final Throwable cause)
    {
        return cause == null ? "no reason given" : cause.toString();
    }
}
