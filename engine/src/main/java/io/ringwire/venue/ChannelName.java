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
package io.ringwire.venue;

/**
 * The name of a channel at a venue that splits its channels by product: {@code channel:product}, as in
 * {@code level2:BTC-USD}; or only {@code channel}.
 *
 * @param channel what stands before the first colon.
 * @param product what stands behind it, empty if there is none.
 */
public record ChannelName(String channel, String product)
{
    /**
     * Split a name.
     *
     * @param name with or without a product.
     * @return its parts.
     */
    public static ChannelName of(final String name)
    {
        final int colon = name.indexOf(':');
        return colon < 0 ? new ChannelName(name, "") :
            new ChannelName(name.substring(0, colon), name.substring(colon + 1));
    }

    /** {@return the name again} */
    @Override
    public String toString()
    {
        return product.isEmpty() ? channel : channel + ':' + product;
    }
}
