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
package io.ringwire.samples.exchange.connection;

import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;

/**
 * A client whose upgrade is being answered.
 *
 * @param handshaker that answers it.
 * @param uri        that it asked for: path and query.
 * @param rules      that hold for it.
 * @param feedRate   market data messages a second it is sent, over all of its channels.
 * @param view       of its connection.
 */
public record Arrival(
    WebSocketServerHandshaker handshaker, String uri, VenueRules rules, int feedRate, ConnectionView view)
{
}
