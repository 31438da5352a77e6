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

import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionLatency.Percentiles;
import io.ringwire.stats.LatencyRecorder;
import org.HdrHistogram.Histogram;

import java.util.function.Function;

/**
 * The latencies of one session.
 */
public final class SessionLatencies
{
    private final LatencyRecorder requestRtt = new LatencyRecorder();
    private final LatencyRecorder readToHandler = new LatencyRecorder();
    private final LatencyRecorder heartbeatRtt = new LatencyRecorder();
    private final ConnectLatencies connect = new ConnectLatencies();

    /** {@return from the call of request to the read of the reply; written by the handler thread} */
    public LatencyRecorder requestRtt()
    {
        return requestRtt;
    }

    /** {@return from the read of a message to the call of its handler; written by the handler thread} */
    public LatencyRecorder readToHandler()
    {
        return readToHandler;
    }

    /** {@return from the sending of a ping to the read of its answer; written by the IO thread} */
    public LatencyRecorder heartbeatRtt()
    {
        return heartbeatRtt;
    }

    /**
     * The phases of connects; written by the control thread.
     */
    ConnectLatencies connect()
    {
        return connect;
    }

    /**
     * Any thread: all that was recorded.
     */
    SessionLatency total()
    {
        return read((recorder) -> percentiles(recorder.total(), recorder.lastNs()));
    }

    /**
     * Any thread: what was recorded since the last call of this.
     */
    SessionLatency interval()
    {
        return read((recorder) -> percentiles(recorder.interval(), recorder.lastNs()));
    }

    private SessionLatency read(final Function<LatencyRecorder, Percentiles> reading)
    {
        return new SessionLatency(
            reading.apply(requestRtt),
            reading.apply(readToHandler),
            reading.apply(heartbeatRtt),
            connect.read(reading));
    }

    private static Percentiles percentiles(final Histogram histogram, final long lastNs)
    {
        return new Percentiles(
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue(),
            histogram.getTotalCount() == 0 ? 0 : lastNs);
    }
}
