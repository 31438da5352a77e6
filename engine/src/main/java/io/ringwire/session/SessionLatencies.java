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
import io.ringwire.api.SessionLatency.ConnectLatency;
import io.ringwire.api.SessionLatency.Percentiles;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.Stage;
import org.HdrHistogram.Histogram;

import java.util.function.Function;

/**
 * The latencies of one session, one recorder for each {@link Stage}, which says the one thread that writes it.
 */
public final class SessionLatencies
{
    private final LatencyRecorder[] recorders = new LatencyRecorder[Stage.values().length];
    private final ConnectLatencies connect = new ConnectLatencies(this);

    SessionLatencies()
    {
        for (final Stage stage : Stage.values())
        {
            recorders[stage.ordinal()] = switch (stage)
            {
                case READ_TO_HANDLER, REQUEST_RTT -> new LatencyRecorder();
                case READ_TO_DECODED, DECODED_TO_HANDLER, HANDLER, HEARTBEAT_RTT -> LatencyRecorder.coarse();
                default -> LatencyRecorder.cold();
            };
        }
    }

    /**
     * The recorder of a stage.
     *
     * @param stage of the session.
     * @return the recorder, to be written by the stage's own thread.
     */
    public LatencyRecorder of(final Stage stage)
    {
        return recorders[stage.ordinal()];
    }

    /**
     * What tells the phases of connects apart; on the control thread.
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
        return read((stage) -> percentiles(of(stage).total(), of(stage).lastNs()));
    }

    /**
     * Any thread: what was recorded since the last call of this.
     */
    SessionLatency interval()
    {
        return read((stage) -> percentiles(of(stage).interval(), of(stage).lastNs()));
    }

    private static SessionLatency read(final Function<Stage, Percentiles> reading)
    {
        return new SessionLatency(
            reading.apply(Stage.REQUEST_RTT),
            reading.apply(Stage.READ_TO_DECODED),
            reading.apply(Stage.DECODED_TO_HANDLER),
            reading.apply(Stage.READ_TO_HANDLER),
            reading.apply(Stage.HANDLER),
            reading.apply(Stage.HEARTBEAT_RTT),
            new ConnectLatency(
                reading.apply(Stage.CONNECT_RESOLVE),
                reading.apply(Stage.CONNECT_TCP),
                reading.apply(Stage.CONNECT_TLS),
                reading.apply(Stage.CONNECT_UPGRADE),
                reading.apply(Stage.CONNECT_LOGIN),
                reading.apply(Stage.CONNECT_RESUBSCRIBE),
                reading.apply(Stage.CONNECT_TOTAL)));
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
