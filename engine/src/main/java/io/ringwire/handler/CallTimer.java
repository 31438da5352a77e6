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
package io.ringwire.handler;

import io.ringwire.jfr.SlowHandlerEvent;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.Stage;
import org.agrona.concurrent.NanoClock;

/**
 * Times the calls of user code for messages and replies, and how long messages waited for theirs. Reading the clock
 * takes a quarter of the time of a short message, so a reading ends up to {@link #STRIDE} calls of one read from the
 * socket: each counts with their mean, and the messages among them with the wait of the last, which waited longest.
 * The first of a read and what is known to be its last have a reading of their own, and so have all while calls are
 * long. Owner: the thread that runs the handlers.
 */
final class CallTimer
{
    private static final int STRIDE = 16;
    private static final long LONG_CALL_NS = 1_000; // beside it a reading costs nothing
    private static final long NEVER_QUEUED = Long.MIN_VALUE;

    private final NanoClock clock;
    private final long slowNs;
    private final LatencyRecorder readToHandler;
    private final LatencyRecorder decodedToHandler;
    private final LatencyRecorder handler;
    private final SlowHandlerEvent slow;
    private int stride = STRIDE;
    private int calls; // since the last reading; 0: no call that is not yet timed
    private int waits; // of messages among them that are not yet recorded
    private long sinceNs; // the last reading
    private long readTimeNs; // of the messages among the calls
    private long decodedTimeNs; // of the last of them
    private long nextDecodedTimeNs = NEVER_QUEUED;

    CallTimer(final WebSocketSession session, final NanoClock clock, final long slowNs)
    {
        this.clock = clock;
        this.slowNs = slowNs;
        readToHandler = session.latencies().of(Stage.READ_TO_HANDLER);
        decodedToHandler = session.latencies().of(Stage.DECODED_TO_HANDLER);
        handler = session.latencies().of(Stage.HANDLER);
        slow = new SlowHandlerEvent(session.name());
    }

    /**
     * The next message lay in a ring since this time.
     */
    void queuedAt(final long decodedTimeNs)
    {
        nextDecodedTimeNs = decodedTimeNs;
    }

    /**
     * A message is given to user code.
     *
     * @param last true if it is known that {@link #end()} follows the call.
     */
    void message(final long receiveTimeNs, final boolean last)
    {
        final boolean sameRead = receiveTimeNs == readTimeNs;
        if (calls == 0 || calls >= stride || last || !sameRead)
        {
            final long nowNs = clock.nanoTime();
            recordCalls(nowNs);
            if (!sameRead)
            {
                recordWaits(nowNs);
                readTimeNs = receiveTimeNs;
            }

            decodedTimeNs = nextDecodedTimeNs;
            waits++;
            recordWaits(nowNs);
            begin(nowNs);
        }
        else
        {
            decodedTimeNs = nextDecodedTimeNs;
            waits++;
            calls++;
        }
    }

    /**
     * A reply, or the end of a request without one, is given to user code.
     */
    void reply()
    {
        if (calls == 0 || calls >= stride)
        {
            final long nowNs = clock.nanoTime();
            recordCalls(nowNs);
            recordWaits(nowNs);
            begin(nowNs);
        }
        else
        {
            calls++;
        }
    }

    /**
     * No call follows for now.
     */
    void end()
    {
        if (calls > 0)
        {
            final long nowNs = clock.nanoTime();
            recordCalls(nowNs);
            recordWaits(nowNs);
            calls = 0;
        }
    }

    private void begin(final long nowNs)
    {
        sinceNs = nowNs;
        calls = 1;
        slow.callsBegin();
    }

    private void recordCalls(final long nowNs)
    {
        if (calls > 0)
        {
            final long timeNs = nowNs - sinceNs;
            final long meanNs = timeNs / calls;
            handler.record(meanNs, calls);
            stride = meanNs < LONG_CALL_NS ? STRIDE : 1;
            if (timeNs >= slowNs)
            {
                slow.callsWereSlow(calls, timeNs);
            }
        }
    }

    private void recordWaits(final long nowNs)
    {
        if (waits > 0)
        {
            readToHandler.record(nowNs - readTimeNs, waits);
            if (decodedTimeNs != NEVER_QUEUED)
            {
                decodedToHandler.record(nowNs - decodedTimeNs, waits);
            }

            waits = 0;
        }
    }
}
