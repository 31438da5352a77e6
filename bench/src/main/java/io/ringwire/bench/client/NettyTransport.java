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
package io.ringwire.bench.client;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.ringwire.config.IdleMode;
import io.ringwire.config.Transport;
import io.ringwire.io.TransportFactory;

import java.nio.channels.spi.SelectorProvider;
import java.util.function.Supplier;

/**
 * The transport of the baseline, whose selector never waits if the thread is to spin or yield. Netty's io_uring loop
 * can only wait.
 *
 * @param transport that loaded.
 * @param ioHandler of the event loop.
 * @param channel   makes sockets for it.
 */
record NettyTransport(Transport transport, IoHandlerFactory ioHandler, Supplier<? extends Channel> channel)
{
    private static final int GROWING_EVENT_ARRAY = 0;

    static NettyTransport load(final Transport wanted, final IdleMode idle)
    {
        final TransportFactory factory = TransportFactory.load(wanted);
        return new NettyTransport(factory.transport(), ioHandler(factory, idle), factory.channel());
    }

    private static IoHandlerFactory ioHandler(final TransportFactory factory, final IdleMode idle)
    {
        if (idle == IdleMode.BLOCK)
        {
            return factory.ioHandler();
        }

        final SelectStrategy strategy = (selectNow, hasTasks) ->
        {
            final int ready = selectNow.get();
            if (ready == 0 && idle == IdleMode.YIELD)
            {
                Thread.yield();
            }

            return ready;
        };
        return switch (factory.transport())
        {
            case EPOLL -> EpollIoHandler.newFactory(GROWING_EVENT_ARRAY, () -> strategy);
            case NIO -> NioIoHandler.newFactory(SelectorProvider.provider(), () -> strategy);
            default -> factory.ioHandler();
        };
    }
}
