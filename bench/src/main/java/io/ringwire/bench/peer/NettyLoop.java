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
package io.ringwire.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.IdleMode;
import io.ringwire.io.TransportFactory;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The event loop of everything here that is made of Netty, so that codec and floor differ in nothing below it: one
 * thread, the options of the sockets, and a selector that never waits if the thread is to spin or yield. Netty's
 * io_uring loop can only wait.
 */
final class NettyLoop
{
    /** Longer buffers do not come from the thread's own cache of the pooled allocator, but from a shared arena. */
    private static final int READ_LENGTH = 32 * 1024;
    private static final int MAX_READS = 16; // in a row, as a channel has it by default
    private static final int GROWING_EVENT_ARRAY = 0;

    private NettyLoop()
    {
    }

    /**
     * Connect all sessions, wait for the end, close them with their loop. Blocks the calling thread.
     *
     * @param workload to do.
     * @param options  to run with.
     * @param sessions makes one for each tally.
     * @return what was measured.
     * @throws BenchException that says why the work could not be done.
     */
    static Measurement run(
        final Workload workload, final ClientOptions options, final BiFunction<Trial, Tally, NettySession> sessions)
        throws BenchException
    {
        try
        {
            final Endpoint server = Endpoint.parse(workload.uri());
            final TransportFactory transport = TransportFactory.load(options.transport());
            final Trial trial = new Trial(workload);
            final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, ioHandler(transport, options.idle()));
            final List<NettySession> connected =
                trial.tallies().stream().map((tally) -> sessions.apply(trial, tally)).toList();
            try
            {
                connected.forEach((session) -> session.connect(bootstrap(group, transport), server));
                trial.await();
            }
            finally
            {
                group.shutdownGracefully(0, workload.timeoutNs(), TimeUnit.NANOSECONDS).awaitUninterruptibly();
                connected.forEach(NettySession::release);
            }

            return trial.result(transport.transport().name().toLowerCase(Locale.ROOT));
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
    }

    private static Bootstrap bootstrap(final EventLoopGroup group, final TransportFactory transport)
    {
        return new Bootstrap()
            .group(group)
            .channelFactory(transport.channel()::get)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(READ_LENGTH).maxMessagesPerRead(MAX_READS));
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
