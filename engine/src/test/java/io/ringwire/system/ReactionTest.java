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

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.Reaction;
import io.ringwire.config.ReconnectPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows a close code or a status. The faults W13 and W16 of ZenWebsocket: neither was looked at.
 */
class ReactionTest extends SystemTest
{
    private static final long MS = 1_000_000;
    private static final long BASE_MS = 100;

    @ParameterizedTest
    @CsvSource({
        "1000, BACK_OFF", "1001, BACK_OFF", "1002, BACK_OFF", "1003, BACK_OFF", "1007, BACK_OFF", "1008, BACK_OFF",
        "1009, BACK_OFF", "1011, BACK_OFF", "1012, BACK_OFF_LONG", "1013, BACK_OFF_LONG", "1014, BACK_OFF",
        "3000, BACK_OFF", "4999, BACK_OFF" })
    void w16ShouldReactToACloseCodeAsTheTableSays(final int closeCode, final Reaction reaction)
    {
        launch();
        closeWith(connectLive(config()), closeCode);
        final StateChange change = handler.change(SessionState.BACKING_OFF);
        assertThat(change.closeCode()).isEqualTo(closeCode);
        assertThat(change.reason()).startsWith("why; attempt 2 in ");
        assertWait(reaction == Reaction.BACK_OFF ? 0 : 5000, reaction == Reaction.BACK_OFF ? BASE_MS : 30_000);
    }

    @Test
    void shouldStopAtACloseCodeThatTheUserNames()
    {
        launch();
        closeWith(connectLive(config().reconnect(new ReconnectPolicy().onCloseCode(4001, Reaction.STOP))), 4001);
        final StateChange change = handler.change(SessionState.FAILED);
        assertThat(change.closeCode()).isEqualTo(4001);
        assertThat(change.reason()).isEqualTo("why; the reaction to close code 4001 is STOP");
    }

    @Test
    void shouldRetryAtOnceOnlyAfterAHealthyConnection()
    {
        launch();
        final RawConnection healthy = connectLive(config().reconnect(
            new ReconnectPolicy().baseNs(5000 * MS).healthyNs(1000 * MS).onCloseCode(1001, Reaction.RETRY_NOW)));
        clock.advanceMs(1000);
        closeWith(healthy, 1001);
        assertThat(handler.change(SessionState.BACKING_OFF).reason()).endsWith("; attempt 1 in 0 ms");
        closeWith(acceptLive(), 1001);
        assertThat(handler.lastChange(SessionState.BACKING_OFF).reason()).doesNotContain("in 0 ms");
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.BACKING_OFF);
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "407"})
    void shouldNotComeBackWhenOnlyAPersonCanMendIt(final int status)
    {
        launch();
        session = engine.connect(config());
        refuse(status, "");
        untilHandlerSaw("state FAILED");
        final StateChange change = handler.change(SessionState.FAILED);
        assertThat(change.handshake().status()).isEqualTo(status);
        assertThat(change.reason()).isEqualTo("server answered " + status +
            " No instead of 101; gave up after 1 attempts in 0 ms: the reaction to it is STOP");
    }

    /**
     * The longest waits: a status of the table, and what is asked for.
     */
    @ParameterizedTest
    @CsvSource({
        "400, '', 0, 100", "404, '', 0, 100", "500, '', 0, 100", "503, '', 0, 100",
        "418, '', 5000, 30000", "429, '', 5000, 30000",
        "503, 20, 20000, 20100", "429, 60, 60000, 60100", "500, 20, 20000, 20100", "302, 20, 20000, 20100",
        "503, 0, 0, 100", "503, 7200, 120000, 120100" })
    void w13ShouldReactToAStatusAndHonourRetryAfter(
        final int status, final String retryAfter, final long minMs, final long maxMs)
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().maxRetryAfterNs(120_000 * MS)));
        refuse(status, retryAfter.isEmpty() ? "" : "Retry-After: " + retryAfter + "\r\n");
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).handshake().status()).isEqualTo(status);
        assertWait(minMs, maxMs);
    }

    @Test
    void shouldHonourADateByTheClockOfTheServer()
    {
        launch();
        session = engine.connect(config());
        refuse(503, "Date: Tue, 01 Jan 2030 00:00:00 GMT\r\nRetry-After: Tue, 01 Jan 2030 00:00:30 GMT\r\n");
        untilHandlerSaw("state BACKING_OFF");
        assertWait(30_000, 30_000 + BASE_MS);
    }

    @Test
    void shouldComeBackAfterAStatusThatTheUserCallsHarmless()
    {
        launch();
        session = engine.connect(config().reconnect(
            new ReconnectPolicy().onStatus(401, Reaction.BACK_OFF).onStatus(404, Reaction.STOP)));
        refuse(401, "");
        passBackoff();
        refuse(404, "");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("gave up after 2 attempts", "STOP");
    }

    /**
     * Let the wait be over, and see that it was not before its shortest nor after its longest time.
     */
    private void assertWait(final long minMs, final long maxMs)
    {
        if (minMs > 0)
        {
            clock.advanceMs(minMs - 1);
            pump.settle();
            assertThat(session.state()).isEqualTo(SessionState.BACKING_OFF);
            clock.advanceMs(1 - minMs);
        }

        clock.advanceMs(maxMs + 1);
        acceptLive();
    }

    private void refuse(final int status, final String headers)
    {
        final RawConnection connection = venue.accept(pump);
        connection.readRequest();
        connection.write("HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: 0\r\n\r\n");
    }

    private void closeWith(final RawConnection connection, final int closeCode)
    {
        final long before = handler.count("closed ");
        connection.writeHex(String.format("88 05 %04x 776879", closeCode));
        assertThat(connection.readClose()).isEqualTo(closeCode);
        connection.close();
        pump.until("closed", () -> handler.count("closed ") > before);
    }
}
