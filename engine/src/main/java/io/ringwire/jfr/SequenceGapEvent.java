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
package io.ringwire.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Numbers of a venue's channel are missing, and nobody could fill them in. One object for each feed, used again and
 * again. Owner: the feed's thread.
 */
@Name("io.ringwire.SequenceGap")
@Label("Sequence Gap")
@Description("Sequence numbers of a channel are missing")
@Category("Ringwire")
@StackTrace(false)
public final class SequenceGapEvent extends Event
{
    @Label("Session")
    private String session;

    @Label("Channel")
    private String channel;

    @Label("Last Sequence")
    @Description("Of the last message before the gap")
    private long lastSequence;

    @Label("Next Sequence")
    @Description("Of the first message behind the gap")
    private long nextSequence;

    /**
     * Make the event of a feed.
     */
    public SequenceGapEvent()
    {
    }

    /**
     * There is a gap.
     *
     * @param session      that brought the message behind it, by name.
     * @param channel      by name.
     * @param lastSequence before it.
     * @param nextSequence behind it.
     */
    public void gap(final String session, final String channel, final long lastSequence, final long nextSequence)
    {
        if (isEnabled())
        {
            this.session = session;
            this.channel = channel;
            this.lastSequence = lastSequence;
            this.nextSequence = nextSequence;
            begin();
            commit();
        }
    }
}
