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
package io.ringwire.system;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.Session;
import org.agrona.DirectBuffer;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps its thread until the test lets it go, and hands on what it was given.
 *
 * @param held ends the wait.
 * @param next who receives.
 */
record HeldHandler(CountDownLatch held, MessageHandler next) implements MessageHandler
{
    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        try
        {
            held.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        next.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
    }
}
