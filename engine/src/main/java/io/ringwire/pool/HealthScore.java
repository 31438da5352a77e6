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

/**
 * The formula of health:
 * {@code 100 - min(40, 40 * inFlight / 64) - min(30, p99 of the round trip / 25 ms) - min(20, 15 * errors) -
 * min(9, refusals)}. So the score of a member that was judged is 1 to 100, and {@link #UNKNOWN} is below any.
 */
public final class HealthScore
{
    /** Of a member that is not live or was not judged since it is. */
    public static final int UNKNOWN = 0;

    /** For {@code rttP99Ns}: no round trip was measured yet. Counts as the worst. */
    public static final long UNKNOWN_RTT = -1;

    private static final int BEST = 100;
    private static final int WORST_IN_FLIGHT = 40;
    private static final int BUSY_REQUESTS = 64;
    private static final int WORST_RTT = 30;
    private static final long RTT_STEP_NS = 25_000_000L;
    private static final int WORST_ERRORS = 20;
    private static final int ERROR_STEP = 15;
    private static final int WORST_REFUSALS = 9;

    private HealthScore()
    {
    }

    /**
     * Judge a member.
     *
     * @param inFlight requests that wait for their end.
     * @param rttP99Ns the 99th percentile of its round trips in ns, or {@link #UNKNOWN_RTT}.
     * @param errors   of late, weighted by their age.
     * @param refusals sends refused for lack of room or by a rate limit since it was judged last.
     * @return 1 to 100.
     */
    public static int of(final int inFlight, final long rttP99Ns, final double errors, final long refusals)
    {
        final int forRequests = Math.min(WORST_IN_FLIGHT, inFlight * WORST_IN_FLIGHT / BUSY_REQUESTS);
        final long forRtt = rttP99Ns == UNKNOWN_RTT ? WORST_RTT : Math.min(WORST_RTT, rttP99Ns / RTT_STEP_NS);
        final long forErrors = Math.min(WORST_ERRORS, Math.round(ERROR_STEP * errors));
        return (int)(BEST - forRequests - forRtt - forErrors - Math.min(WORST_REFUSALS, refusals));
    }
}
