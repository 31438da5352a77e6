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
package io.ringwire.bench.server;

import java.nio.ByteBuffer;

/**
 * Sends every data frame back as it comes, unmasked: its payload streams through, so a frame may be of any length.
 */
final class EchoService extends Service
{
    @Override
    void onHeader(final Connection connection, final int firstByte, final long length)
    {
        FrameHeaders.put(connection.output(), firstByte, length);
    }

    @Override
    int onPayload(final Connection connection, final ByteBuffer input, final int length)
    {
        final int taken = Math.min(length, connection.output().remaining());
        connection.unmask(taken);
        return taken;
    }
}
