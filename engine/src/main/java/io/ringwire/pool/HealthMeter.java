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

import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionMetrics;

/**
 * Reads what a session has counted and judges it. Owner: the pool's thread.
 */
final class HealthMeter
{
    private final long errorHalfLifeNs;
    private Session session;
    private long errorsBefore;
    private long refusalsBefore;
    private double errors;
    private long judgedAtNs;

    HealthMeter(final long errorHalfLifeNs, final long nowNs)
    {
        this.errorHalfLifeNs = errorHalfLifeNs;
        judgedAtNs = nowNs;
    }

    int judge(final Session session, final long nowNs)
    {
        if (this.session != session)
        {
            this.session = session; // counts from zero; the errors of the one before fade away
            errorsBefore = 0;
            refusalsBefore = 0;
        }

        final SessionMetrics metrics = session.metrics();
        final long errorsNow = metrics.timeouts() + metrics.unknownOutcomes() + metrics.protocolErrors() +
            metrics.connectFailures();
        final long refusalsNow = metrics.backPressured() + metrics.rateLimited();
        final long refusals = refusalsNow - refusalsBefore;
        errors = errors * Math.pow(0.5, (double)(nowNs - judgedAtNs) / errorHalfLifeNs) + errorsNow - errorsBefore;
        errorsBefore = errorsNow;
        refusalsBefore = refusalsNow;
        judgedAtNs = nowNs;
        return HealthScore.of(metrics.requestsInFlight(), rttOf(session.latency()), errors, refusals);
    }

    private static long rttOf(final SessionLatency latency)
    {
        if (latency.requestRtt().count() > 0)
        {
            return latency.requestRtt().p99();
        }

        return latency.heartbeatRtt().count() > 0 ? latency.heartbeatRtt().p99() : HealthScore.UNKNOWN_RTT;
    }
}
