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

import io.ringwire.config.Endpoint;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * One connection to make. Not printed: the headers hold secrets.
 *
 * @param target   whose upgrade is asked for.
 * @param address  that the socket connects to: of the server or the proxy, or a Unix domain socket.
 * @param tunnelTo what the proxy is asked for, not resolved; null without a proxy.
 * @param headers  of the upgrade request besides the handshake's own, in order.
 */
public record Dial(
    Endpoint target, SocketAddress address, InetSocketAddress tunnelTo, List<Map.Entry<String, String>> headers)
{
    /** {@return where the connection goes, for people} */
    @Override
    public String toString()
    {
        return tunnelTo == null ?
            address.toString() : tunnelTo.getHostString() + ':' + tunnelTo.getPort() + " by way of proxy " + address;
    }
}
