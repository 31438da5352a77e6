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
package io.ringwire.system;

import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An {@link Error} on the IO thread, in the work for one session: its connection ends, the others go on.
 */
class FaultTest extends SystemTest
{
    private volatile String faultyMethod;

    @ParameterizedTest
    @CsvSource({
        "DEDICATED, connectNow",
        "DEDICATED, encodeControlFrames",
        "DEDICATED, work",
        "DEDICATED, drainOutbound",
        "INLINE, encodeControlFrames",
        "INVOKER, connectNow",
        "INVOKER, encodeControlFrames",
        "INVOKER, work",
        "INVOKER, drainOutbound"})
    void shouldEndOneConnectionOnly(final ThreadingMode mode, final String place)
    {
        launch(context(mode).nanoClock(failing(mode == ThreadingMode.INVOKER ? clock : System::nanoTime)));
        final Session other = engine.connect(config().name("other"));
        final RawConnection otherConnection = venue.accept(pump);
        otherConnection.upgrade();
        pump.until("other live", () -> other.state() == SessionState.LIVE);
        if (place.equals("connectNow"))
        {
            faultyMethod = place;
        }

        session = engine.connect(config().name("faulty").reconnect(new ReconnectPolicy().baseNs(1)).limits(
            new RateLimitPolicy().window("w", 1, TimeUnit.HOURS.toNanos(1)).defaultCost("w", 0)
                .controlFrameCost("w", 1)));
        if (!place.equals("connectNow"))
        {
            provoke(place, venue.accept(pump));
        }

        pump.until("told", () -> !errors.isEmpty());
        assertThat(errors).singleElement().isInstanceOf(StackOverflowError.class);
        errors.clear();
        if (place.equals("drainOutbound"))
        {
            untilState(SessionState.CLOSED);
        }
        else
        {
            shouldConnectAgain(mode);
        }

        otherConnection.writeText("other alive");
        untilHandlerSaw("text other alive");
        engine.close();
        otherConnection.untilEnded();
    }

    @Test
    void shouldTellOnceOfADialectThatThrowsAtAMessageWithoutRoom()
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(config().dialect(
            (buffer, offset, length, opcode, verdict) ->
            {
                throw new IllegalStateException("dialect");
            })
            .buffers(new BufferPolicy().ringCapacity(4)).messageHandler(new HeldHandler(held, handler)));
        for (int i = 0; i < 20; i++)
        {
            connection.writeText("m" + i);
        }

        pump.until("paused", () -> session.metrics().pauses() > 0);
        pump.settle();
        held.countDown();
        untilHandlerSaw("text m19");
        assertThat(errors).hasSize(20);
        errors.clear();
    }

    private void shouldConnectAgain(final ThreadingMode mode)
    {
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        final RawConnection next = venue.accept(pump);
        next.upgrade();
        untilState(SessionState.LIVE);
        assertThat(send("alive")).isPositive();
        assertThat(next.readFrame().text()).isEqualTo("alive");
    }

    /**
     * A pong that is due looks at the clock, and goes on doing so as long as it finds no token.
     */
    private void provoke(final String place, final RawConnection connection)
    {
        connection.upgrade();
        untilState(SessionState.LIVE);
        if (!place.equals("encodeControlFrames"))
        {
            connection.write(RawConnection.frame(0x89, new byte[] {'1'}));
            assertThat(connection.readFrame().text()).isEqualTo("1");
        }

        faultyMethod = place.equals("drainOutbound") ? null : place;
        connection.write(RawConnection.frame(0x89, new byte[] {'2'}));
        if (place.equals("drainOutbound"))
        {
            pump.until("ping", () -> session.metrics().pingsReceived() == 2);
            faultyMethod = place;
            session.close();
        }
    }

    private NanoClock failing(final NanoClock clock)
    {
        return () ->
        {
            final String method = faultyMethod;
            if (method != null && StackWalker.getInstance().walk(
                (frames) -> frames.anyMatch((frame) -> frame.getMethodName().equals(method) &&
                    frame.getClassName().startsWith("io.ringwire.io."))))
            {
                faultyMethod = null;
                throw new StackOverflowError("of the test");
            }

            return clock.nanoTime();
        };
    }
}
