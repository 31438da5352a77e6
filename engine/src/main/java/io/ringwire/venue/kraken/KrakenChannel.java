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

import io.ringwire.json.JsonWriter;
import io.ringwire.venue.ChannelName;

/**
 * A channel by its name: {@code book-10:XBT/USD} is the channel {@code book} with 10 levels, {@code ohlc-5:XBT/USD} the
 * channel {@code ohlc} in intervals of 5 minutes, {@code ownTrades} a channel without a symbol.
 *
 * @param name   of the channel, without its number.
 * @param number of levels or minutes, 0 for the venue's default.
 * @param symbol empty for none.
 */
record KrakenChannel(String name, long number, String symbol)
{
    private static final int MAX_DIGITS = 9;

    static KrakenChannel of(final String channel)
    {
        final ChannelName parts = ChannelName.of(channel);
        final int dash = parts.channel().lastIndexOf('-');
        final String number = parts.channel().substring(dash + 1);
        final boolean hasNumber = dash > 0 && number.matches("[0-9]{1," + MAX_DIGITS + "}");
        return new KrakenChannel(
            hasNumber ? parts.channel().substring(0, dash) : parts.channel(),
            hasNumber ? Long.parseLong(number) : 0,
            parts.product());
    }

    /**
     * Add the number to an open object, by the name that it has in this channel.
     */
    void number(final JsonWriter message)
    {
        if (number > 0)
        {
            message.field("ohlc".equals(name) ? "interval" : "depth", number);
        }
    }
}
