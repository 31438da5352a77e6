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
package io.ringwire.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.config.Endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;

/**
 * TLS of one session, over all of its connections, so that each may resume what the one before had agreed on (RFC 8446
 * section 2.2). Made by {@link TlsContexts}; owned by the IO thread afterwards.
 */
public final class TlsContext implements AutoCloseable
{
    private static final String SEEN = "ringwire.seen";

    private final SslContext context;
    private final ServerVerifier verifier;
    private final boolean withCertificate;

    TlsContext(final SslContext context, final ServerVerifier verifier, final boolean withCertificate)
    {
        this.context = context;
        this.verifier = verifier;
        this.withCertificate = withCertificate;
    }

    /**
     * Make the handler of the next connection.
     *
     * @param allocator of its buffers.
     * @param server    whose name is sent and must be in the certificate, also where a redirect led elsewhere.
     * @return the handler, which has no deadline: the control thread has it.
     */
    public SslHandler newHandler(final ByteBufAllocator allocator, final Endpoint server)
    {
        verifier.reset(server.host());
        final SslHandler handler = context.newHandler(allocator, server.host(), server.port());
        nameServer(handler.engine(), server.host());
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /**
     * Say what was agreed on. Called once for each handshake that succeeded.
     *
     * @param engine of the connection.
     * @return version, cipher suite, who does it, and whether a session was resumed.
     */
    public String explain(final SSLEngine engine)
    {
        final SSLSession session = engine.getSession();
        final boolean boringSsl = engine instanceof ReferenceCountedOpenSslEngine;
        return session.getProtocol() + " " + session.getCipherSuite() + ", " + (boringSsl ? "BoringSSL" : "JDK") +
            (isResumed(engine, session) ? ", resumed" : "");
    }

    /**
     * Say why a connection failed.
     *
     * @param cause    as caught.
     * @param received what the server said first, a character for a byte.
     * @return the failure and the detail.
     */
    public TlsFault explain(final Throwable cause, final String received)
    {
        return TlsFailure.explain(cause, received, verifier.hasAccepted(), withCertificate);
    }

    /**
     * Say why a connection failed that had been TLS.
     *
     * @param cause as caught.
     * @return the failure and the detail.
     */
    public TlsFault explain(final Throwable cause)
    {
        return explain(cause, "");
    }

    @Override
    public void close()
    {
        ReferenceCountUtil.release(context);
    }

    /**
     * Both providers leave some names out that may be sent, so all are set here (RFC 6066 section 3: no literals).
     */
    private static void nameServer(final SSLEngine engine, final String host)
    {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host))
        {
            return;
        }

        final String name = withoutLastDot(host);
        if (engine instanceof ReferenceCountedOpenSslEngine boringSsl)
        {
            SSL.setTlsExtHostName(boringSsl.sslPointer(), name); // the engine itself takes no '_'
        }
        else
        {
            final SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new HostName(name)));
            engine.setSSLParameters(parameters);
        }
    }

    /**
     * The JDK does not say, but a session that is resumed keeps what was put into it.
     */
    private static boolean isResumed(final SSLEngine engine, final SSLSession session)
    {
        if (engine instanceof ReferenceCountedOpenSslEngine boringSsl)
        {
            return SSL.isSessionReused(boringSsl.sslPointer());
        }

        final boolean seen = session.getValue(SEEN) != null;
        session.putValue(SEEN, Boolean.TRUE);
        return seen;
    }

    private static String withoutLastDot(final String host)
    {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * A name as it is, which {@link javax.net.ssl.SNIHostName} would refuse for a {@code '_'}.
     */
    private static final class HostName extends SNIServerName
    {
        HostName(final String name)
        {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
