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

import io.ringwire.config.Endpoint;
import io.ringwire.config.SessionConfig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a session may connect to, the best first: which of them is next, which want to be left alone for a time, and
 * which are left out until the next outage. Owner: the control thread.
 */
final class Endpoints
{
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final long[] holdNs;
    private final long[] heldAtNs;
    private final boolean[] leftOut;
    private int current;

    Endpoints(final SessionConfig config)
    {
        endpoints.add(config.endpoint());
        endpoints.addAll(config.reconnect().alternates());
        holdNs = new long[endpoints.size()];
        heldAtNs = new long[endpoints.size()];
        leftOut = new boolean[endpoints.size()];
    }

    int count()
    {
        return endpoints.size();
    }

    Endpoint current()
    {
        return endpoints.get(current);
    }

    /**
     * Is there a better endpoint than the current one, and is the best neither left alone nor left out?
     */
    boolean mayGoUp(final long nowNs)
    {
        return current != 0 && !leftOut[0] && leftNs(0, nowNs) == 0;
    }

    /**
     * Leave the current endpoint alone for a time.
     */
    void hold(final long waitNs, final long nowNs)
    {
        holdNs[current] = Math.max(waitNs, leftNs(current, nowNs));
        heldAtNs[current] = nowNs;
    }

    /**
     * How long the current endpoint is still to be left alone.
     */
    long holdNs(final long nowNs)
    {
        return leftNs(current, nowNs);
    }

    /**
     * Do not come back to the current endpoint in this outage.
     */
    void leaveOut()
    {
        leftOut[current] = true;
    }

    /**
     * A new outage: begin at the top.
     */
    void top(final long nowNs)
    {
        Arrays.fill(leftOut, false);
        choose(0, nowNs);
    }

    /**
     * The user says when: the first one, whatever was said before.
     */
    void restart()
    {
        Arrays.fill(leftOut, false);
        Arrays.fill(holdNs, 0);
        current = 0;
    }

    /**
     * The current endpoint did not work: go on with the next that need not be left alone, or else with the one whose
     * time is over first.
     *
     * @return false if all are left out.
     */
    boolean next(final long nowNs)
    {
        return choose(current + 1, nowNs);
    }

    private boolean choose(final int from, final long nowNs)
    {
        int best = -1;
        for (int i = 0; i < endpoints.size(); i++)
        {
            final int candidate = (from + i) % endpoints.size();
            if (!leftOut[candidate] && (best < 0 || leftNs(candidate, nowNs) < leftNs(best, nowNs)))
            {
                best = candidate;
            }
        }

        current = best < 0 ? current : best;
        return best >= 0;
    }

    private long leftNs(final int index, final long nowNs)
    {
        return Math.max(0, holdNs[index] - (nowNs - heldAtNs[index]));
    }
}
