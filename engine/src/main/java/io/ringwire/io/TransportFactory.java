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

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Transport;

import java.util.function.Supplier;

/**
 * The transport that loaded.
 *
 * @param transport   never {@link Transport#AUTO}.
 * @param explanation which one and why, for people.
 * @param ioHandler   of the event loop.
 * @param channel     makes sockets for it.
 */
public record TransportFactory(
    Transport transport, String explanation, IoHandlerFactory ioHandler, Supplier<? extends SocketChannel> channel)
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
                epoll("chosen by AUTO") : nio("chosen by AUTO because epoll: " + causeOf(Epoll.unavailabilityCause()));
        };
    }

    private static TransportFactory epoll(final String why)
    {
        if (!Epoll.isAvailable())
        {
            throw unavailable(Transport.EPOLL, Epoll.unavailabilityCause());
        }

        return new TransportFactory(
            Transport.EPOLL, "EPOLL, " + why, EpollIoHandler.newFactory(), EpollSocketChannel::new);
    }

    private static TransportFactory ioUring()
    {
        if (!IoUring.isAvailable())
        {
            throw unavailable(Transport.IO_URING, IoUring.unavailabilityCause());
        }

        return new TransportFactory(
            Transport.IO_URING, "IO_URING, asked for", IoUringIoHandler.newFactory(), IoUringSocketChannel::new);
    }

    private static TransportFactory nio(final String why)
    {
        return new TransportFactory(Transport.NIO, "NIO, " + why, NioIoHandler.newFactory(), NioSocketChannel::new);
    }

    private static ConfigurationException unavailable(final Transport transport, final Throwable cause)
    {
        return new ConfigurationException(
            "transport=" + transport + " does not load here: " + causeOf(cause) + "; use AUTO or NIO", cause);
    }

    private static String causeOf(final Throwable cause)
    {
        return cause == null ? "no reason given" : cause.toString();
    }
}
