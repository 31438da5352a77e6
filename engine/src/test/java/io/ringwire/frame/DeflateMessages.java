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
package io.ringwire.frame;

import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Random messages of the kinds that matter to a compressor: much alike, like nothing, and all the same.
 */
final class DeflateMessages
{
    private static final byte[] TICKER =
        "{\"channel\":\"ticker.BTC-PERPETUAL\",\"bid\":64211.5,\"ask\":64212.0,\"note\":\"é € 😀\"} ".getBytes(UTF_8);

    private DeflateMessages()
    {
    }

    /**
     * Bytes that need not be text.
     */
    static byte[] next(final SplittableRandom random, final int maxLength)
    {
        final int kind = random.nextInt(4);
        if (0 == kind)
        {
            return text(random, maxLength);
        }

        final byte[] message = new byte[random.nextInt(1 + random.nextInt(1 + maxLength))];
        for (int i = 0; i < message.length; i++)
        {
            final boolean noise = 1 == kind || 2 == kind && random.nextInt(10) == 0;
            message[i] = noise ? (byte)random.nextInt() : TICKER[i % TICKER.length];
        }
        return message;
    }

    /**
     * Whole code points.
     */
    static byte[] text(final SplittableRandom random, final int maxLength)
    {
        final byte[] message = new byte[random.nextInt(1 + maxLength / TICKER.length) * TICKER.length];
        for (int i = 0; i < message.length; i++)
        {
            message[i] = TICKER[i % TICKER.length];
            if (message[i] >= '0' && message[i] <= '9')
            {
                message[i] = (byte)('0' + random.nextInt(10));
            }
        }
        return message;
    }
}
