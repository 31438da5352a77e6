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
package io.ringwire.tape;

/**
 * What a record is about. The code is what stands in the bytes, and never changes.
 */
public enum RecordKind
{
    /** An engine started to record: the payload is text, a JSON object that says which and where. */
    STARTED(1),

    /** A session became known: the payload is its name, as UTF-8; its id is good until the next STARTED. */
    SESSION(2),

    /** Bytes of a frame from the peer. */
    INBOUND(3),

    /** Bytes of a frame to the peer, before masking and compression, TLS included. */
    OUTBOUND(4),

    /** Something in the life of a session, encoded by {@code SessionEventCodec}. */
    EVENT(5),

    /** Records that found no room before this one: the payload is how many, a long in little endian. */
    LOST(6),

    /** The engine stopped recording in good order: the payload is empty. A journal without it was cut off. */
    STOPPED(7),

    /** A connection is being made: the payload is the URI it goes to, as UTF-8, without what may be secret in it. */
    CONNECT(8);

    private static final RecordKind[] BY_CODE = new RecordKind[values().length + 1];

    static
    {
        for (final RecordKind kind : values())
        {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    RecordKind(final int code)
    {
        this.code = code;
    }

    /** {@return the number that stands in the bytes} */
    public int code()
    {
        return code;
    }

    /**
     * Look a code up.
     *
     * @param code of the bytes.
     * @return the kind, or null if there is none of that code.
     */
    public static RecordKind of(final int code)
    {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
