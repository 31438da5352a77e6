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

import io.ringwire.journal.JournalReader;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * One record as lines of text.
 */
@FunctionalInterface
interface RecordView
{
    /**
     * Show a record.
     *
     * @param reader  that stands at it.
     * @param payload of it.
     * @return the lines, without the last line's end.
     */
    String lines(JournalReader reader, Payload payload);

    /**
     * What a number says that RFC 6455 calls an opcode.
     *
     * @param opcode of a frame.
     * @return its name.
     */
    static String opcodeName(final int opcode)
    {
        return switch (opcode)
        {
            case 0 -> "continuation";
            case 1 -> "text";
            case 2 -> "binary";
            case 8 -> "close";
            case 9 -> "ping";
            case 10 -> "pong";
            default -> Integer.toString(opcode);
        };
    }

    /**
     * The flags of a record by name.
     *
     * @param flags of it.
     * @return the names of those that are set.
     */
    static List<String> flagNames(final int flags)
    {
        final String[] names = {"begin", "end", "engine", "dropped", "endOfBatch", "compressed", "abandoned"};
        final List<String> set = new ArrayList<>();
        for (int i = 0; i < names.length; i++)
        {
            if ((flags & 1 << i) != 0)
            {
                set.add(names[i]);
            }
        }

        return set;
    }

    /**
     * Is the record a frame?
     *
     * @param kind of it, or null.
     * @return true if it is.
     */
    static boolean isFrame(final RecordKind kind)
    {
        return kind == RecordKind.INBOUND || kind == RecordKind.OUTBOUND;
    }

    /**
     * The name of a record's session.
     *
     * @param reader that stands at it.
     * @return the name, or its id as a number if it has none, or null if it is of no session.
     */
    static String sessionOf(final JournalReader reader)
    {
        final DirectBuffer buffer = reader.buffer();
        final int id = RecordLayout.sessionId(buffer, reader.offset());
        final String name = reader.sessionName(id);
        return name == null && id >= 0 ? "#" + id : name;
    }
}
