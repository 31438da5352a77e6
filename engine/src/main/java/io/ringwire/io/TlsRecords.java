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
import io.netty.handler.ssl.SslHandler;
import io.ringwire.tls.TlsCodec;

/**
 * TLS of one session after the handshake, which Netty's handler makes: then the handler goes, and records are sealed
 * and opened in memory of our own. Owner: the IO thread.
 */
final class TlsRecords
{
    private final InboundPath inbound;
    private final OutboundPath outbound;
    private TlsCodec codec;

    TlsRecords(final InboundPath inbound, final OutboundPath outbound)
    {
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /**
     * The upgrade is done, and Netty is neither reading nor writing.
     *
     * @param channel of the connection, with TLS or without.
     */
    void takeOver(final Channel channel)
    {
        final SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler != null)
        {
            codec = TlsCodec.takeOver(handler.engine());
            inbound.codec(codec);
            outbound.codec(codec);
            channel.pipeline().remove(handler); // part of a record that it has gathered goes to the codec
        }
    }

    /**
     * Did the connection end without a word of the peer (RFC 8446 section 6.1)?
     */
    boolean isCut()
    {
        return codec != null && !codec.hasEnded();
    }

    /**
     * What broke the connection, or null.
     */
    String failure()
    {
        return codec == null ? null : codec.failure();
    }

    /**
     * The connection is let go of: say so, and give the native memory back.
     */
    void release(final Channel channel)
    {
        if (codec != null)
        {
            outbound.end(channel);
            inbound.codec(null);
            outbound.codec(null);
            codec.close();
            codec = null;
        }
    }
}
