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
package io.ringwire.samples.demo;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import io.ringwire.samples.exchange.Capture;
import io.ringwire.samples.exchange.RecordedMessage;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * Receives the market data; with a capture it compares every message with the one that is due, byte for byte.
 */
final class DemoInbound implements MessageHandler, SessionListener
{
    private final List<RecordedMessage> expected;
    private final UnsafeBuffer expectedBytes = new UnsafeBuffer(0, 0);
    private volatile long received; // owner: handler thread
    private volatile long mismatches; // owner: handler thread
    private volatile String lastFault; // owner: handler thread

    DemoInbound(final Capture capture)
    {
        expected = capture == null ? null : capture.messages();
    }

    long received()
    {
        return received;
    }

    long mismatches()
    {
        return mismatches;
    }

    String lastFault()
    {
        return lastFault;
    }

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
        final long index = received;
        if (expected != null && !isExpected(index, buffer, offset, length))
        {
            mismatches = mismatches + 1;
        }

        received = index + 1;
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        if (change.closeCode() != 0)
        {
            lastFault = change.closeCode() + " " + change.reason();
        }
    }

    private boolean isExpected(final long index, final DirectBuffer buffer, final int offset, final int length)
    {
        if (index >= expected.size())
        {
            return false;
        }

        final byte[] text = expected.get((int)index).payload();
        expectedBytes.wrap(text);
        for (int i = 0; i < length && text.length == length; i++)
        {
            if (expectedBytes.getByte(i) != buffer.getByte(offset + i))
            {
                return false;
            }
        }

        return text.length == length;
    }
}
