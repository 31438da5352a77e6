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
package io.ringwire.venue.binance;

import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import org.agrona.DirectBuffer;

/**
 * What an error of the venue says, in {@code error} or, as of old, at the top. Control thread.
 *
 * @param status of the WebSocket API, {@link JsonScanner#NOT_AN_INTEGER} if there is none.
 * @param code   of the error, {@link JsonScanner#NOT_AN_INTEGER} if there is none.
 * @param reason code and words of the error.
 */
record BinanceAnswer(long status, long code, String reason)
{
    private static final long FIRST_FAULT_OF_THE_VENUE = 500;
    private static final long TOO_MANY_REQUESTS = 429;
    private static final long BANNED = 418;
    private static final long CLOCK_IS_OFF = -1021; // INVALID_TIMESTAMP

    static BinanceAnswer of(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        final int error = JsonScanner.field(buffer, offset, limit, "error");
        final int at = error < 0 ? offset : error;
        final long code = JsonScanner.integer(buffer, JsonScanner.field(buffer, at, limit, "code"), limit);
        final long status = JsonScanner.integer(buffer, JsonScanner.field(buffer, offset, limit, "status"), limit);
        return new BinanceAnswer(status, code, code + " " + JsonText.string(buffer, at, limit, "msg"));
    }

    /**
     * Too much was sent: the same may do later.
     */
    boolean isRateLimited()
    {
        return status == TOO_MANY_REQUESTS || status == BANNED;
    }

    /**
     * The same may do later.
     */
    boolean isPassing()
    {
        return isRateLimited() || status >= FIRST_FAULT_OF_THE_VENUE || code == CLOCK_IS_OFF;
    }
}
