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

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.RingwireClient;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.Transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Every client that can be compared, by its name: {@code ringwire-inline-spin}, {@code netty-block-nio},
 * {@code okhttp}. Names without a transport mean epoll.
 */
public final class Lineup
{
    private static final Map<String, Function<TlsPolicy, Client>> FACTORY_BY_NAME = new LinkedHashMap<>();

    static
    {
        for (final Transport transport : List.of(Transport.EPOLL, Transport.NIO, Transport.IO_URING))
        {
            for (final IdleMode idle : IdleMode.values())
            {
                for (final ThreadingMode mode : List.of(ThreadingMode.INLINE, ThreadingMode.DEDICATED))
                {
                    FACTORY_BY_NAME.put(
                        "ringwire-" + lower(mode) + '-' + lower(idle) + suffix(transport),
                        (tls) -> new RingwireClient(options(mode, idle, transport, tls)));
                }

                if (transport != Transport.IO_URING || idle == IdleMode.BLOCK) // Netty's loop on it can only wait
                {
                    FACTORY_BY_NAME.put(
                        "netty-" + lower(idle) + suffix(transport),
                        (tls) -> new NettyClient(options(ThreadingMode.INLINE, idle, transport, tls)));
                }
            }
        }

        FACTORY_BY_NAME.put("java-websocket", JavaWebSocketPeer::new);
        FACTORY_BY_NAME.put("jdk", JdkPeer::new);
        FACTORY_BY_NAME.put("okhttp", OkHttpPeer::new);
        FACTORY_BY_NAME.put("nv", NvPeer::new);
        FACTORY_BY_NAME.put("jetty", JettyClient::new);
        FACTORY_BY_NAME.put("vertx", VertxClient::new);
        FACTORY_BY_NAME.put("floor-netty", (tls) -> floor(IdleMode.SPIN));
        FACTORY_BY_NAME.put("floor-netty-block", (tls) -> floor(IdleMode.BLOCK));
        FACTORY_BY_NAME.put("floor-nio", (tls) -> new NioClient());
    }

    private Lineup()
    {
    }

    /**
     * All clients.
     *
     * @return their names.
     */
    public static List<String> names()
    {
        return List.copyOf(FACTORY_BY_NAME.keySet());
    }

    /**
     * Make a client.
     *
     * @param name of it.
     * @param tls  what it trusts on {@code wss} URIs, null for the defaults.
     * @return the client, idle.
     * @throws BenchException if nobody has this name.
     */
    public static Client client(final String name, final TlsPolicy tls) throws BenchException
    {
        final Function<TlsPolicy, Client> factory = FACTORY_BY_NAME.get(name);
        if (factory == null)
        {
            throw new BenchException("client '" + name + "' is none of " + String.join(", ", names()));
        }

        return factory.apply(tls);
    }

    private static ClientOptions options(
        final ThreadingMode mode, final IdleMode idle, final Transport transport, final TlsPolicy tls)
    {
        return new ClientOptions(mode, idle, transport, EngineContext.NOT_PINNED, EngineContext.NOT_PINNED, tls);
    }

    private static Client floor(final IdleMode idle)
    {
        return new NettyTcpClient(options(ThreadingMode.INLINE, idle, Transport.EPOLL, null));
    }

    private static String suffix(final Transport transport)
    {
        return transport == Transport.EPOLL ? "" : '-' + lower(transport);
    }

    private static String lower(final Enum<?> value)
    {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
