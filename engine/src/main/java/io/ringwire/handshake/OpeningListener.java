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
package io.ringwire.handshake;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.frame.DeflateParameters;
import io.ringwire.session.ConnectFailure;

/**
 * Told of the steps of an {@link Opening}, on the IO thread, with the channel concerned: one that was given up may
 * still have something to say.
 */
public interface OpeningListener
{
    /**
     * TCP is up, through the proxy if there is one; what comes next, a TLS handshake or the upgrade request, is on its
     * way.
     *
     * @param channel concerned.
     */
    void onConnected(Channel channel);

    /**
     * The TLS handshake is done and the upgrade request is on its way.
     *
     * @param channel     concerned.
     * @param explanation of what was agreed on, for people.
     */
    void onSecured(Channel channel, String explanation);

    /**
     * The server agreed to the upgrade. The frame handler is in the pipeline, and nothing of HTTP any more.
     *
     * @param channel     concerned.
     * @param response    of the server.
     * @param subprotocol the server chose, or null.
     * @param deflate     what was agreed on for compression, or null if nothing was.
     */
    void onUpgraded(Channel channel, HandshakeResponse response, String subprotocol, DeflateParameters deflate);

    /**
     * The opening came to nothing.
     *
     * @param channel concerned; it closes by itself.
     * @param failure why; before {@link #onConnected} its answer is the proxy's.
     */
    void onOpeningFailed(Channel channel, ConnectFailure failure);

    /** {@return the handler that takes what follows the upgrade, also what shares a segment with its answer} */
    WebSocketFrameDecoder frameHandler();
}
