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
package io.ringwire.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The socket of a session's connections: where it goes, where it comes from, and its options. An option that is not set
 * is left to the kernel. One that the engine's transport does not have is refused by {@code Engine.connect}; one that
 * the kernel refuses fails the attempt with its name and the kernel's reason.
 */
public final class SocketPolicy
{
    /** An option that is left to the kernel. */
    public static final int NOT_SET = -1;

    private int receiveBufferLength = NOT_SET;
    private int sendBufferLength = NOT_SET;
    private int notSentLowWaterLength = NOT_SET;
    private long busyPollNs = NOT_SET;
    private long userTimeoutNs = NOT_SET;
    private boolean quickAck;
    private boolean keepAlive;
    private InetSocketAddress localAddress;
    private InetSocketAddress connectTo;
    private Path unixPath;

    /** {@return bytes of the kernel's receive buffer (SO_RCVBUF), or {@link #NOT_SET}} */
    public int receiveBufferLength()
    {
        return receiveBufferLength;
    }

    /**
     * Choose the bytes of the kernel's receive buffer: SO_RCVBUF, on every transport. Linux doubles it, caps it at
     * {@code net.core.rmem_max}, and gives up tuning it by itself.
     *
     * @param receiveBufferLength the value.
     * @return this.
     */
    public SocketPolicy receiveBufferLength(final int receiveBufferLength)
    {
        this.receiveBufferLength = receiveBufferLength;
        return this;
    }

    /** {@return bytes of the kernel's send buffer (SO_SNDBUF), or {@link #NOT_SET}} */
    public int sendBufferLength()
    {
        return sendBufferLength;
    }

    /**
     * Choose the bytes of the kernel's send buffer: SO_SNDBUF, on every transport. Linux doubles it and caps it at
     * {@code net.core.wmem_max}.
     *
     * @param sendBufferLength the value.
     * @return this.
     */
    public SocketPolicy sendBufferLength(final int sendBufferLength)
    {
        this.sendBufferLength = sendBufferLength;
        return this;
    }

    /** {@return bytes not yet sent above which the socket is not writable (TCP_NOTSENT_LOWAT), or {@link #NOT_SET}} */
    public int notSentLowWaterLength()
    {
        return notSentLowWaterLength;
    }

    /**
     * Choose the bytes not yet sent above which the socket is not writable: TCP_NOTSENT_LOWAT, on EPOLL and IO_URING.
     *
     * @param notSentLowWaterLength the value.
     * @return this.
     */
    public SocketPolicy notSentLowWaterLength(final int notSentLowWaterLength)
    {
        this.notSentLowWaterLength = notSentLowWaterLength;
        return this;
    }

    /** {@return how long a read polls the network card (SO_BUSY_POLL), in ns, or {@link #NOT_SET}} */
    public long busyPollNs()
    {
        return busyPollNs;
    }

    /**
     * Choose how long a read polls the network card: SO_BUSY_POLL, whole microseconds, on EPOLL. Linux lets a process
     * raise it above {@code net.core.busy_read} only with CAP_NET_ADMIN.
     *
     * @param busyPollNs the value.
     * @return this.
     */
    public SocketPolicy busyPollNs(final long busyPollNs)
    {
        this.busyPollNs = busyPollNs;
        return this;
    }

    /** {@return how long sent bytes may stay unacknowledged (TCP_USER_TIMEOUT), in ns, or {@link #NOT_SET}} */
    public long userTimeoutNs()
    {
        return userTimeoutNs;
    }

    /**
     * Choose how long sent bytes may stay unacknowledged before the kernel ends the connection: TCP_USER_TIMEOUT (RFC
     * 5482), whole milliseconds, on EPOLL and IO_URING.
     *
     * @param userTimeoutNs the value.
     * @return this.
     */
    public SocketPolicy userTimeoutNs(final long userTimeoutNs)
    {
        this.userTimeoutNs = userTimeoutNs;
        return this;
    }

    /** {@return are segments acknowledged at once (TCP_QUICKACK). Default false: the kernel decides} */
    public boolean quickAck()
    {
        return quickAck;
    }

    /**
     * Have segments acknowledged at once: TCP_QUICKACK, on Linux, every transport. It is set once, when the socket is
     * made. The kernel may leave that mode again as the connection goes on; the engine does not set it anew, which
     * would be a system call for every read.
     *
     * @param quickAck the value.
     * @return this.
     */
    public SocketPolicy quickAck(final boolean quickAck)
    {
        this.quickAck = quickAck;
        return this;
    }

    /** {@return does the kernel probe a silent connection (SO_KEEPALIVE). Default false: heartbeats do} */
    public boolean keepAlive()
    {
        return keepAlive;
    }

    /**
     * Have the kernel probe a silent connection: SO_KEEPALIVE, on every transport.
     *
     * @param keepAlive the value.
     * @return this.
     */
    public SocketPolicy keepAlive(final boolean keepAlive)
    {
        this.keepAlive = keepAlive;
        return this;
    }

    /** {@return the address that connections come from, or null: the kernel chooses} */
    public InetSocketAddress localAddress()
    {
        return localAddress;
    }

    /**
     * Choose the address that connections come from: the one of a network card. With a port other than 0 a reconnect
     * can fail while the kernel holds on to the connection before.
     *
     * @param ip   literal of a local address; nothing is resolved.
     * @param port 0 for any.
     * @return this.
     */
    public SocketPolicy localAddress(final String ip, final int port)
    {
        localAddress = address("localAddress", ip, port);
        return this;
    }

    /** {@return where connections go instead of the URI's host and port, or null} */
    public InetSocketAddress connectTo()
    {
        return connectTo;
    }

    /**
     * Connect to this address instead of the URI's: the upgrade's Host and what TLS verifies stay the URI's. With a
     * proxy it is what the proxy is asked for. A redirect to another origin goes to the address of that origin.
     *
     * @param host IP literal, or a name.
     * @param port 0 for the URI's.
     * @return this.
     */
    public SocketPolicy connectTo(final String host, final int port)
    {
        connectTo = address("connectTo", host, port);
        return this;
    }

    /** {@return the Unix domain socket that connections go to, or null} */
    public Path unixPath()
    {
        return unixPath;
    }

    /**
     * Connect to a Unix domain socket: Host, path and query stay the URI's. On every transport. Of the options it has
     * the two buffer lengths.
     *
     * @param unixPath of the socket.
     * @return this.
     */
    public SocketPolicy unixPath(final Path unixPath)
    {
        this.unixPath = unixPath;
        return this;
    }

    void check(final ProxyPolicy proxy)
    {
        setOrAtLeast("socket.receiveBufferLength", receiveBufferLength, 1);
        setOrAtLeast("socket.sendBufferLength", sendBufferLength, 1);
        setOrAtLeast("socket.notSentLowWaterLength", notSentLowWaterLength, 1);
        setOrAtLeast("socket.busyPollNs", busyPollNs, TimeUnit.MICROSECONDS.toNanos(1));
        setOrAtLeast("socket.userTimeoutNs", userTimeoutNs, TimeUnit.MILLISECONDS.toNanos(1));
        fits("socket.busyPollNs", TimeUnit.NANOSECONDS.toMicros(busyPollNs), busyPollNs);
        fits("socket.userTimeoutNs", TimeUnit.NANOSECONDS.toMillis(userTimeoutNs), userTimeoutNs);
        if (localAddress != null && !IpLiteral.isLiteral(localAddress.getHostString()))
        {
            throw new ConfigurationException(
                "socket.localAddress=" + localAddress.getHostString() + " is not an IP literal");
        }

        if (unixPath != null)
        {
            checkUnix(proxy);
        }
    }

    private void checkUnix(final ProxyPolicy proxy)
    {
        final String other = proxy != null ? "proxy" : connectTo != null ? "socket.connectTo" :
            localAddress != null ? "socket.localAddress" : notSentLowWaterLength != NOT_SET ?
            "socket.notSentLowWaterLength" : busyPollNs != NOT_SET ? "socket.busyPollNs" : userTimeoutNs != NOT_SET ?
            "socket.userTimeoutNs" : quickAck ? "socket.quickAck" : keepAlive ? "socket.keepAlive" : null;
        if (other != null)
        {
            throw new ConfigurationException(
                other + " is for TCP and socket.unixPath=" + unixPath + " is none: leave one of them out");
        }
    }

    private static InetSocketAddress address(final String name, final String host, final int port)
    {
        if (host == null || host.isBlank() || port < 0 || port > 65535)
        {
            throw new ConfigurationException(
                "socket." + name + "=" + host + ':' + port + " must have a host and a port of 0 to 65535");
        }

        return InetSocketAddress.createUnresolved(Endpoint.withoutBrackets(host), port);
    }

    private static void setOrAtLeast(final String name, final long value, final long min)
    {
        if (value != NOT_SET && value < min)
        {
            throw new ConfigurationException(name + "=" + value + " must be at least " + min);
        }
    }

    private static void fits(final String name, final long converted, final long value)
    {
        if (converted > Integer.MAX_VALUE)
        {
            throw new ConfigurationException(name + "=" + value + " is more than the kernel takes");
        }
    }
}
