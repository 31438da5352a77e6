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
package io.ringwire.samples.journal;

import io.ringwire.session.SessionEventCodec;
import org.agrona.DirectBuffer;

/**
 * The payload of an event as text for people and for JSON: the one place that knows how events are encoded.
 */
final class EventText
{
    private EventText()
    {
    }

    static String of(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return String.valueOf(SessionEventCodec.decode(buffer, offset, length));
        }
        catch (final IllegalArgumentException ex)
        {
            return length + " bytes: " + ex.getMessage();
        }
    }
}
