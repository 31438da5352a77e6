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
package io.ringwire.pool;

import io.ringwire.api.SessionState;

/**
 * How a member of a pool does at one moment.
 *
 * @param id          of the member in the pool.
 * @param name        of its session.
 * @param state       of its session.
 * @param score       0 to 100, higher is better; {@link HealthScore#UNKNOWN} if it is not live or not judged yet.
 * @param incarnation number of its current session, from 1.
 * @param restarts    failed sessions in a row that were made anew, since one was healthy.
 */
public record MemberHealth(int id, String name, SessionState state, int score, int incarnation, int restarts)
{
    /** {@return may messages be routed to the member} */
    public boolean isLive()
    {
        return state == SessionState.LIVE;
    }
}
