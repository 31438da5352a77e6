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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.dialect.MessageKind;

import java.util.List;

/**
 * What the control thread is told: by the IO thread about connections, by user threads about their wishes. Each is
 * handed over without waiting.
 */
public interface LinkEvents
{
    /**
     * TCP is up; what comes next, a TLS handshake or the upgrade request, is on its way.
     *
     * @param session   concerned.
     * @param attemptId of the connection.
     */
    void onConnected(WebSocketSession session, int attemptId);

    /**
     * The TLS handshake is done and the upgrade request is on its way.
     *
     * @param session     concerned.
     * @param attemptId   of the connection.
     * @param explanation of what was agreed on, for people.
     */
    void onSecured(WebSocketSession session, int attemptId, String explanation);

    /**
     * The server agreed to the upgrade.
     *
     * @param session     concerned.
     * @param attemptId   of the connection.
     * @param response    of the server.
     * @param subprotocol the server chose, or null.
     */
    void onUpgraded(WebSocketSession session, int attemptId, HandshakeResponse response, String subprotocol);

    /**
     * The attempt came to nothing.
     *
     * @param session   concerned.
     * @param attemptId of the connection.
     * @param failure   why; before {@link #onConnected} its answer is the proxy's.
     */
    void onConnectFailed(WebSocketSession session, int attemptId, ConnectFailure failure);

    /**
     * The venue answered what the engine said, or told something that concerns it.
     *
     * @param session       concerned.
     * @param attemptId     of the connection.
     * @param kind          of the message.
     * @param correlationId of the engine's request; meaningless for messages without one.
     * @param message       a copy.
     */
    void onAnswer(WebSocketSession session, int attemptId, MessageKind kind, long correlationId, byte[] message);

    /**
     * A close frame came or went; nothing more can be sent.
     *
     * @param session   concerned.
     * @param attemptId of the connection.
     * @param closeCode received or sent.
     * @param reason    received or sent.
     * @param answered  true if close frames went both ways: only the end of TCP is missing.
     */
    void onClosing(WebSocketSession session, int attemptId, int closeCode, String reason, boolean answered);

    /**
     * The connection is gone and all that it brought has been put into the delivery.
     *
     * @param session   concerned.
     * @param attemptId of the connection.
     * @param closeCode of its end.
     * @param reason    of its end.
     */
    void onClosed(WebSocketSession session, int attemptId, int closeCode, String reason);

    /**
     * The user wants channels, or wants them no more.
     *
     * @param session  concerned.
     * @param wanted   true for channels to subscribe to.
     * @param channels by the venue's names.
     */
    void onChannels(WebSocketSession session, boolean wanted, List<String> channels);

    /**
     * The user wants the session to connect anew.
     *
     * @param session concerned.
     * @param epoch   of the connection, or of the last one, that is to be replaced.
     */
    void onReconnectRequested(WebSocketSession session, int epoch);

    /**
     * The user wants the session closed. See {@link WebSocketSession#closeRequest()}.
     *
     * @param session to close.
     */
    void onCloseRequested(WebSocketSession session);
}
