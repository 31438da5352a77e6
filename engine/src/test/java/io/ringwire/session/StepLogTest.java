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

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StepLogTest
{
    private final List<String> events = new ArrayList<>();
    private final StepLog log =
        new StepLog((level, source, message, cause) -> events.add(level + " " + source + ": " + message), "venue");

    @Test
    void shouldTellOfTheStepsThatMatter()
    {
        step(SessionState.IDLE, SessionState.RESOLVING, "start");
        step(SessionState.UPGRADING, SessionState.BACKING_OFF, "503; attempt 2 in 10 ms");
        step(SessionState.UPGRADING, SessionState.AUTHENTICATING, "upgraded");
        step(SessionState.AUTHENTICATING, SessionState.BACKING_OFF, "no; attempt 3 in 10 ms");
        step(SessionState.RESUBSCRIBING, SessionState.LIVE, "subscriptions restored");
        step(SessionState.LIVE, SessionState.DRAINING, "1001");
        step(SessionState.DRAINING, SessionState.BACKING_OFF, "gone; attempt 1 in 0 ms");
        step(SessionState.LIVE, SessionState.BACKING_OFF, "reset; attempt 1 in 0 ms");
        step(SessionState.AUTHENTICATING, SessionState.FAILED, "not welcome");
        step(SessionState.CONNECTING, SessionState.FAILED, "refused");
        step(SessionState.DRAINING, SessionState.CLOSED, "bye");
        step(SessionState.DRAINING, SessionState.CLOSED, "");
        assertThat(events).containsExactly(
            "INFO venue: not connected: 503; attempt 2 in 10 ms",
            "WARNING venue: login failed: no; attempt 3 in 10 ms",
            "INFO venue: connected, epoch 4",
            "WARNING venue: connection lost: gone; attempt 1 in 0 ms",
            "WARNING venue: connection lost: reset; attempt 1 in 0 ms",
            "WARNING venue: login failed: not welcome",
            "WARNING venue: failed: refused",
            "INFO venue: closed: bye",
            "INFO venue: closed");
    }

    private void step(final SessionState from, final SessionState to, final String reason)
    {
        log.onStep(new StateChange(from, to, 4, 1, 0, reason, 0, null));
    }
}
