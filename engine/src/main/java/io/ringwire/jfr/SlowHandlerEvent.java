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
import jdk.jfr.Timespan;

/**
 * Calls of a session's handlers that took long. One object for each session, used again and again. Owner: the thread
 * that runs the handlers.
 */
@Name("io.ringwire.SlowHandler")
@Label("Slow Handler")
@Description("Calls of user code from one reading of the clock to the next took as long as observation.slowHandlerNs")
@Category("Ringwire")
@StackTrace(false)
public final class SlowHandlerEvent extends Event
{
    @Label("Session")
    private final String session;

    @Label("Calls")
    @Description("How many calls share the time: one of them was slow, or all together")
    private int calls;

    @Label("Time in Calls")
    @Description("By the engine's clock")
    @Timespan
    private long callTime;

    /**
     * Make the event of a session.
     *
     * @param session by name.
     */
    public SlowHandlerEvent(final String session)
    {
        this.session = session;
    }

    /**
     * Calls begin that may turn out to be slow.
     */
    public void callsBegin()
    {
        if (isEnabled())
        {
            begin();
        }
    }

    /**
     * They were slow.
     *
     * @param calls  how many.
     * @param timeNs of all.
     */
    public void callsWereSlow(final int calls, final long timeNs)
    {
        if (isEnabled())
        {
            this.calls = calls;
            callTime = timeNs;
            end();
            commit();
        }
    }
}
