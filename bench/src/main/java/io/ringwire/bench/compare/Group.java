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
package io.ringwire.bench.compare;

/**
 * What a client is to the others.
 */
public enum Group
{
    /** A client of this library. */
    RINGWIRE,

    /** Any other WebSocket client: what Ringwire is compared with. */
    PEER,

    /** No client, but what nobody can be much faster than: it moves the bytes and does nothing with them. */
    FLOOR;

    private static final String RINGWIRE_PREFIX = "ringwire-";
    private static final String FLOOR_PREFIX = "floor-";

    /**
     * The group of a client.
     *
     * @param client its name.
     * @return the group.
     */
    public static Group of(final String client)
    {
        return client.startsWith(RINGWIRE_PREFIX) ? RINGWIRE : client.startsWith(FLOOR_PREFIX) ? FLOOR : PEER;
    }
}
