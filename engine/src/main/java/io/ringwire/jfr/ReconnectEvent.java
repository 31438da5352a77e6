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
 * A session will connect again after a delay. Written by the control thread.
 */
@Name("io.ringwire.Reconnect")
@Label("Reconnect Scheduled")
@Description("A session will connect again after a delay")
@Category("Ringwire")
@StackTrace(false)
public final class ReconnectEvent extends Event
{
    @Label("Session")
    private String session;

    @Label("Attempts")
    @Description("Attempts since the last healthy connection")
    private int attempts;

    @Label("Delay")
    @Timespan
    private long delay;

    @Label("Reason")
    private String reason;

    private ReconnectEvent()
    {
    }

    /**
     * The control thread: tell of a delay.
     *
     * @param session  by name.
     * @param attempts since the last healthy connection.
     * @param delayNs  until the next attempt, or until this one goes on.
     * @param reason   of it.
     */
    public static void emit(final String session, final int attempts, final long delayNs, final String reason)
    {
        final ReconnectEvent event = new ReconnectEvent();
        if (event.shouldCommit())
        {
            event.session = session;
            event.attempts = attempts;
            event.delay = delayNs;
            event.reason = reason;
            event.commit();
        }
    }
}
