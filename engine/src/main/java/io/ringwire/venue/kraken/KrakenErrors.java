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

import io.ringwire.json.JsonScanner;
import org.agrona.DirectBuffer;

/**
 * The errors that say that we sent too much, by their text: the venue has no codes. {@code EOrder:Rate limit exceeded}
 * is documented; that the WebSocket also says {@code EAPI:Rate limit exceeded} and {@code Exceeded msg rate} is an
 * assumption, written from memory.
 */
final class KrakenErrors
{
    private static final String ORDERS = "EOrder:Rate limit exceeded";
    private static final String REQUESTS = "EAPI:Rate limit exceeded";
    private static final String MESSAGES = "Exceeded msg rate";

    private KrakenErrors()
    {
    }

    static boolean isRateLimit(final String text)
    {
        return ORDERS.equals(text) || REQUESTS.equals(text) || MESSAGES.equals(text);
    }

    static boolean isRateLimit(final DirectBuffer buffer, final int value, final int limit)
    {
        return JsonScanner.isString(buffer, value, limit, ORDERS) ||
            JsonScanner.isString(buffer, value, limit, REQUESTS) ||
            JsonScanner.isString(buffer, value, limit, MESSAGES);
    }
}
