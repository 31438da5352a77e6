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
package io.ringwire.session;

import io.ringwire.api.EventLog;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;

import java.lang.System.Logger.Level;

/**
 * Tells the event log of those steps of a session that an operator wants to know of. Owner: the control thread.
 */
final class StepLog
{
    private final EventLog log;
    private final String session;

    StepLog(final EventLog log, final String session)
    {
        this.log = log;
        this.session = session;
    }

    void onStep(final StateChange change)
    {
        switch (change.to())
        {
            case LIVE -> tell(Level.INFO, "connected, epoch " + change.epoch());
            case CLOSED -> tell(Level.INFO, change.reason().isEmpty() ? "closed" : "closed: " + change.reason());
            case FAILED -> tell(Level.WARNING, (isLogin(change) ? "login failed: " : "failed: ") + change.reason());
            case BACKING_OFF -> onBackoff(change);
            default ->
            {
                // on the way to one of these
            }
        }
    }

    private void onBackoff(final StateChange change)
    {
        if (isLogin(change))
        {
            tell(Level.WARNING, "login failed: " + change.reason());
        }
        else if (change.from().isOpen() || change.from() == SessionState.DRAINING)
        {
            tell(Level.WARNING, "connection lost: " + change.reason());
        }
        else
        {
            tell(Level.INFO, "not connected: " + change.reason());
        }
    }

    private static boolean isLogin(final StateChange change)
    {
        return change.from() == SessionState.AUTHENTICATING;
    }

    private void tell(final Level level, final String message)
    {
        log.onEvent(level, session, message, null);
    }
}
