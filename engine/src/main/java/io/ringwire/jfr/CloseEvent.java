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
 * An upgraded connection ended. Written by the control thread.
 */
@Name("io.ringwire.Close")
@Label("Connection Close")
@Description("An upgraded connection ended")
@Category("Ringwire")
@StackTrace(false)
public final class CloseEvent extends Event
{
    /** The user closed or aborted the session. */
    public static final String USER = "user";

    /** The other side, or the network before it. */
    public static final String PEER = "peer";

    /** The engine itself: a rule was broken, a sign of life was missed, the ring was full, another endpoint is due. */
    public static final String ENGINE = "engine";

    @Label("Session")
    private String session;

    @Label("Epoch")
    @Description("Number of the connection")
    private int epoch;

    @Label("Close Code")
    private int closeCode;

    @Label("Reason")
    private String reason;

    @Label("Closed By")
    @Description("user, peer or engine")
    private String closedBy;

    private CloseEvent()
    {
    }

    /**
     * The control thread: tell of the end of a connection.
     *
     * @param session   by name.
     * @param epoch     of the connection.
     * @param closeCode of its end.
     * @param reason    of its end.
     * @param closedBy  {@link #USER}, {@link #PEER} or {@link #ENGINE}.
     */
    public static void emit(
        final String session, final int epoch, final int closeCode, final String reason, final String closedBy)
    {
        final CloseEvent event = new CloseEvent();
        if (event.shouldCommit())
        {
            event.session = session;
            event.epoch = epoch;
            event.closeCode = closeCode;
            event.reason = reason;
            event.closedBy = closedBy;
            event.commit();
        }
    }
}
