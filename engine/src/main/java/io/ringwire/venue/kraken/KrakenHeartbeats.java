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
package io.ringwire.venue.kraken;

import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.json.JsonWriter;

/**
 * Kraken beats about once a second without being asked, and answers a ping of its own making.
 */
final class KrakenHeartbeats implements HeartbeatDialect
{
    private final String verbName;
    private final String idName;

    KrakenHeartbeats(final String verbName, final String idName)
    {
        this.verbName = verbName;
        this.idName = idName;
    }

    @Override
    public String start(final long requestId, final long intervalNs)
    {
        return null;
    }

    @Override
    public String ping(final long requestId)
    {
        return new JsonWriter().beginObject().field(verbName, "ping").field(idName, requestId).endObject().toString();
    }

    @Override
    public String answer(final long requestId)
    {
        return ping(requestId);
    }
}
