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

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

/**
 * A venue of few words: {@code beat} is a heartbeat, {@code demand} demands one, {@code ping 7}, {@code pong 7} and
 * {@code alive 7} answer the request 7, {@code refused 7} does so with an error; all else is data.
 */
public final class BeatDialect implements Dialect, HeartbeatDialect
{
    private final boolean starts;
    private final boolean pings;
    private final boolean answersBearId;

    private BeatDialect(final boolean starts, final boolean pings, final boolean answersBearId)
    {
        this.starts = starts;
        this.pings = pings;
        this.answersBearId = answersBearId;
    }

    /**
     * A venue that is pinged in its own words and gives the id back.
     */
    public static BeatDialect pinging()
    {
        return new BeatDialect(false, true, true);
    }

    /**
     * A venue that wants heartbeats to be set up first.
     */
    static BeatDialect starting()
    {
        return new BeatDialect(true, true, true);
    }

    /**
     * A venue whose answers bear no id.
     */
    static BeatDialect withoutIds()
    {
        return new BeatDialect(false, true, false);
    }

    /**
     * A venue that only demands.
     */
    static BeatDialect demanding()
    {
        return new BeatDialect(false, false, true);
    }

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final int first = length == 0 ? 0 : buffer.getByte(offset);
        final int space = length > 4 && buffer.getByte(offset + 4) == ' ' ? 4 :
            length > 5 && buffer.getByte(offset + 5) == ' ' ? 5 :
            length > 7 && buffer.getByte(offset + 7) == ' ' ? 7 : 0;
        if (space > 0 && (first == 'p' || first == 'a' || first == 'r'))
        {
            verdict.kind(first == 'r' ? MessageKind.ERROR_REPLY : MessageKind.REPLY)
                .correlationId(buffer.parseNaturalLongAscii(offset + space + 1, length - space - 1));
        }
        else if (length == 4 && first == 'b')
        {
            verdict.kind(MessageKind.HEARTBEAT);
        }
        else if (length == 6 && first == 'd')
        {
            verdict.kind(MessageKind.HEARTBEAT_DEMAND);
        }
    }

    @Override
    public HeartbeatDialect heartbeats()
    {
        return this;
    }

    @Override
    public String start(final long requestId, final long intervalNs)
    {
        return starts ? "start " + requestId + " every " + intervalNs / 1_000_000 : null;
    }

    @Override
    public String ping(final long requestId)
    {
        return pings ? "ping " + requestId : null;
    }

    @Override
    public boolean answersBearId()
    {
        return answersBearId;
    }

    @Override
    public String answer(final long requestId)
    {
        return "alive " + requestId;
    }
}
