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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of messages accepted when the session or the engine ends before they are written.
 */
class SendEndTest extends SystemTest
{
    private static final int MORE_THAN_A_CYCLE_TAKES = 10_000;

    private final MessageClaim claim = new MessageClaim();

    @Test
    void shouldCountAllThatWaitInTheRingWhenTheSessionEnds()
    {
        launch();
        connectLive(config());
        sendMany();
        session.abort();
        untilState(SessionState.CLOSED);
        pump.settle();
        assertThat(session.metrics().sendsDiscarded()).isEqualTo(MORE_THAN_A_CYCLE_TAKES);
    }

    @Test
    void shouldCountAllThatWaitInTheRingWhenTheEngineEnds()
    {
        launch();
        connectLive(config());
        sendMany();
        session.abort();
        engine.close();
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
        assertThat(session.metrics().sendsDiscarded()).isEqualTo(MORE_THAN_A_CYCLE_TAKES);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeTheEndOfAClaimAfterThatOfTheEngine(final ThreadingMode mode)
    {
        launch(mode);
        connectLive(config());
        final MessageClaim second = new MessageClaim();
        assertThat(session.tryClaim(Opcode.TEXT, 1, claim)).isPositive();
        assertThat(session.tryClaim(Opcode.TEXT, 1, second)).isPositive();
        engine.close();
        claim.commit();
        second.abort();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    /**
     * From a thread that does not drive the engine: its messages wait in the ring.
     */
    private void sendMany()
    {
        CompletableFuture.runAsync(() ->
        {
            for (int i = 0; i < MORE_THAN_A_CYCLE_TAKES; i++)
            {
                assertThat(send("waits")).isPositive();
            }
        }).join();
    }
}
