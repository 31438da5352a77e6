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
 * Messages of a session were thrown away because its ring was full. One object for each session, used again and again.
 * Owner: the IO thread.
 */
@Name("io.ringwire.Gap")
@Label("Messages Dropped")
@Description("Messages were thrown away because the message ring was full")
@Category("Ringwire")
@StackTrace(false)
public final class GapEvent extends Event
{
    @Label("Session")
    private final String session;

    @Label("Messages")
    @Description("How many are missing at this place of the stream")
    private long messages;

    /**
     * Make the event of a session.
     *
     * @param session by name.
     */
    public GapEvent(final String session)
    {
        this.session = session;
    }

    /**
     * The gap is over.
     *
     * @param messages that are missing.
     */
    public void gap(final long messages)
    {
        if (isEnabled())
        {
            this.messages = messages;
            begin();
            commit();
        }
    }
}
