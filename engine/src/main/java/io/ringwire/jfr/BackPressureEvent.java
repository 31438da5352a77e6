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
 * The time over which the socket of a session was not read, because its ring was full. One object for each session,
 * used again and again. Owner: the IO thread.
 */
@Name("io.ringwire.BackPressure")
@Label("Back-Pressure")
@Description("The socket was not read because the message ring was full")
@Category("Ringwire")
@StackTrace(false)
public final class BackPressureEvent extends Event
{
    @Label("Session")
    private final String session;

    /**
     * Make the event of a session.
     *
     * @param session by name.
     */
    public BackPressureEvent(final String session)
    {
        this.session = session;
    }

    /**
     * Reading stopped.
     */
    public void on()
    {
        if (isEnabled())
        {
            begin();
        }
    }

    /**
     * Reading goes on, or the connection is over.
     */
    public void off()
    {
        if (isEnabled())
        {
            end();
            commit();
        }
    }
}
