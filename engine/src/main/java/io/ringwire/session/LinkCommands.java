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

/**
 * What the control thread tells the IO thread to do with the connection of a session. Commands are carried out in
 * order; one that names an attempt which is over is ignored.
 */
public interface LinkCommands
{
    /**
     * Open a connection and upgrade it.
     *
     * @param session   to connect.
     * @param dial      where to, and what the upgrade asks for.
     * @param attemptId that all events of this connection will carry.
     * @param epoch     the connection will have if it is upgraded.
     */
    void connect(WebSocketSession session, Dial dial, int attemptId, int epoch);

    /**
     * Start to read: until this call what follows the upgrade waits in the socket.
     *
     * @param session   whose connection was upgraded.
     * @param attemptId of the connection.
     */
    void open(WebSocketSession session, int attemptId);

    /**
     * Drop the connection, or the attempt at one, without a close handshake.
     *
     * @param session   to drop.
     * @param attemptId of the connection.
     */
    void drop(WebSocketSession session, int attemptId);

    /**
     * Put an event into the session's delivery, behind what it holds.
     *
     * @param session of the event.
     * @param event   to deliver; a terminal one is the last command for the session.
     */
    void deliver(WebSocketSession session, SessionEvent event);

    /**
     * Any thread: something was put into the outbound ring, or a ping was requested.
     */
    void wake();
}
