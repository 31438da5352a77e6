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

import io.ringwire.stats.LatencyLog;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.Stage;
import org.HdrHistogram.Histogram;

/**
 * The latencies of a session, one interval after the other: each recorder is swapped once, for the log and for the
 * percentiles that are kept until the next. Owner: the control thread.
 */
public final class LatencyIntervals
{
    private static final Stage[] STAGES = Stage.values();
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private final WebSocketSession session;
    private final LatencyRecorder[] recorders = new LatencyRecorder[STAGES.length];
    private final String[] tags = new String[STAGES.length];
    private final long[] p50Ns = new long[STAGES.length];
    private final long[] p99Ns = new long[STAGES.length];

    /**
     * Follow a session. The memory of a stage's intervals is taken when the first with a value ends.
     *
     * @param session that has not started yet.
     */
    public LatencyIntervals(final WebSocketSession session)
    {
        this.session = session;
        for (final Stage stage : STAGES)
        {
            recorders[stage.ordinal()] = session.latencies().of(stage);
            tags[stage.ordinal()] = stage.tag(session.name());
        }
    }

    /** {@return the session that is followed} */
    public WebSocketSession session()
    {
        return session;
    }

    /**
     * An interval is over. Allocates nothing without a log, but for a stage's first values.
     *
     * @param startMs of it in ms since 1970.
     * @param endMs   of it in ms since 1970.
     * @param log     that stages with values are added to, or null.
     * @return how many values all stages had together.
     */
    public long onInterval(final long startMs, final long endMs, final LatencyLog log)
    {
        long values = 0;
        for (int i = 0; i < recorders.length; i++)
        {
            final Histogram histogram = recorders[i].swap();
            final long count = histogram.getTotalCount();
            values += count;
            p50Ns[i] = count == 0 ? 0 : histogram.getValueAtPercentile(MEDIAN);
            p99Ns[i] = count == 0 ? 0 : histogram.getValueAtPercentile(TAIL);
            if (count > 0 && log != null)
            {
                log.add(tags[i], histogram, startMs, endMs);
            }
        }

        return values;
    }

    /**
     * The median of a stage in the last interval.
     *
     * @param stage of the session.
     * @return it in ns, 0 without a value.
     */
    public long p50Ns(final Stage stage)
    {
        return p50Ns[stage.ordinal()];
    }

    /**
     * The 99th percentile of a stage in the last interval.
     *
     * @param stage of the session.
     * @return it in ns, 0 without a value.
     */
    public long p99Ns(final Stage stage)
    {
        return p99Ns[stage.ordinal()];
    }
}
