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

import io.ringwire.api.SendResult;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that does not read.
 */
class SlowPeerTest extends SystemTest
{
    private static final String MESSAGE = "m".repeat(4000);

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseSendsAtTheWindowAndRecover(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection connection = connectLive(config()
            .buffers(new BufferPolicy().sendWindowLength(64 * 1024))
            .socket(new SocketPolicy().sendBufferLength(64 * 1024))); // or the kernel takes megabytes first
        int sent = fill();
        assertThat(session.metrics().backPressured()).isPositive();
        final long memory = Memory.directBytes();
        for (int i = 0; i < 1000; i++)
        {
            final long result = send(MESSAGE);
            if (result > 0) // the IO thread or the kernel, held up until now, made room
            {
                sent++;
            }
            else
            {
                assertThat(result).isEqualTo(SendResult.BACK_PRESSURED);
            }
        }

        assertThat(Memory.directBytes()).isLessThanOrEqualTo(memory); // less: what other tests held was collected
        for (int i = 0; i < sent; i++)
        {
            assertThat(connection.readFrame().payload()).hasSize(MESSAGE.length());
        }

        pump.until("window open", () -> send("recovered") > 0);
        assertThat(connection.readFrame().text()).isEqualTo("recovered");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndACloseThatCannotBeSentByItsDeadline(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        connectLive(config()
            .timeouts(new TimeoutPolicy().closeNs(200_000_000L))
            .socket(new SocketPolicy().sendBufferLength(64 * 1024)));
        fill();
        session.close();
        untilHandlerSaw("state DRAINING"); // its state may have passed by when a test looks at it
        clock.advanceMs(200);
        untilHandlerSaw("state CLOSED");
        assertThat(handler.count("closed 1000")).isOne();
    }

    /**
     * Send until the kernel and the window take no more.
     */
    private int fill()
    {
        int sent = 0;
        for (int refusals = 0; refusals < 5; )
        {
            if (send(MESSAGE) > 0)
            {
                sent++;
                refusals = 0;
            }
            else
            {
                pump.settle();
                refusals++;
            }
        }

        return sent;
    }
}
