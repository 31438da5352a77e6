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

import io.ringwire.AllocatedBytes;
import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.dialect.WordAuthenticator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SessionStateMachineTest
{
    private static final String[] EVENTS = {
        "RESOLVED", "NOT_RESOLVED", "CONNECTED", "SECURED", "UPGRADED", "CONNECT_FAILED", "CLOSING", "CLOSED",
        "LOGGED_IN", "NOT_LOGGED_IN", "SUBSCRIBED", "CLOSE", "ABORT", "DEADLINE", "RECONNECT"
    };

    /**
     * Every state and every event: where it leads, by the first letters of the state, RETRY to BACKING_OFF, or - where
     * it is ignored.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        #state        |NAME|NONE |TCP |TLS |UP  |FAILED|CLOSING|CLOSED|LOGIN|REFUSED|SUBS|CLOSE |ABORT |LATE|ANEW
        IDLE          |-   |-    |-   |-   |-   |-     |-      |-     |-    |-      |-   |CLOSED|CLOSED|-|-
        RESOLVING     |CONN|RETRY|-   |-   |-   |-     |-      |-     |-    |-      |-   |CLOSED|CLOSED|RETRY|-
        CONNECTING    |-   |-    |UPGR|-   |-   |RETRY |-      |-     |-    |-      |-   |CLOSED|CLOSED|RETRY|-
        TLS           |-   |-    |-   |UPGR|-   |RETRY |-      |-     |-    |-      |-   |CLOSED|CLOSED|RETRY|-
        UPGRADING     |-   |-    |-   |-   |LIVE|RETRY |-      |-     |-    |-      |-   |CLOSED|CLOSED|RETRY|-
        AUTHENTICATING|-   |-    |-   |-   |-   |-     |DRAIN  |RETRY |RESUB|FAILED |-   |DRAIN |CLOSED|RETRY|DRAIN
        RESUBSCRIBING |-   |-    |-   |-   |-   |-     |DRAIN  |RETRY |-    |-      |LIVE|DRAIN |CLOSED|LIVE|DRAIN
        LIVE          |-   |-    |-   |-   |-   |-     |DRAIN  |RETRY |-    |-      |-   |DRAIN |CLOSED|-|DRAIN
        DRAINING      |-   |-    |-   |-   |-   |-     |-      |RETRY |-    |-      |-   |-     |CLOSED|RETRY|-
        BACKING_OFF   |-   |-    |-   |-   |-   |-     |-      |-     |-    |-      |-   |CLOSED|CLOSED|RESO|RESO
        CLOSED        |-   |-    |-   |-   |-   |-     |-      |-     |-    |-      |-   |-     |-     |-|-
        FAILED        |-   |-    |-   |-   |-   |-     |-      |-     |-    |-      |-   |-     |-     |-|-
        """)
    void shouldTakeTheStepsOfTheTable(final SessionState from, final ArgumentsAccessor row)
    {
        for (int i = 0; i < EVENTS.length; i++)
        {
            final MachineFixture fixture = fixtureIn(from);
            final String expected = row.getString(i + 1).replace("RETRY", SessionState.BACKING_OFF.name());
            final int changes = fixture.link.events.size();
            fixture.fire(EVENTS[i], fixture.link.lastAttemptId);
            assertThat(fixture.state()).as("%s in %s", EVENTS[i], from)
                .isEqualTo(expected.equals("-") ? from : stateNamed(expected));
            if (expected.equals("-"))
            {
                assertThat(fixture.link.events).as("%s in %s", EVENTS[i], from).hasSize(changes);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void shouldIgnoreTheEventsOfOtherAttempts(final SessionState state)
    {
        for (int i = 0; i < 11; i++)
        {
            final MachineFixture fixture = fixtureIn(state);
            final List<String> calls = List.copyOf(fixture.link.calls);
            fixture.fire(EVENTS[i], fixture.link.lastAttemptId - 1);
            fixture.fire(EVENTS[i], fixture.link.lastAttemptId + 2);
            assertThat(fixture.state()).as(EVENTS[i]).isEqualTo(state);
            assertThat(fixture.link.calls).as(EVENTS[i]).isEqualTo(calls);
        }
    }

    @Test
    void shouldGiveUpATlsHandshakeAtItsDeadlineAndNotBefore()
    {
        final MachineFixture fixture = MachineFixture.secure().in(SessionState.TLS);
        fixture.machine.onTime(fixture.nowNs + MachineFixture.TLS_TIMEOUT_NS - 1);
        assertThat(fixture.state()).isEqualTo(SessionState.TLS);
        fixture.machine.onTime(fixture.nowNs + MachineFixture.TLS_TIMEOUT_NS);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.link.calls).last().isEqualTo("drop 1");
        assertThat(fixture.session.lastChange().reason())
            .startsWith("no TLS handshake within " + MachineFixture.TLS_TIMEOUT_NS + " ns; attempt 2 in 0 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTING," + MachineFixture.CONNECT_TIMEOUT_NS + ",BACKING_OFF",
        "UPGRADING," + MachineFixture.UPGRADE_TIMEOUT_NS + ",BACKING_OFF",
        "DRAINING," + MachineFixture.CLOSE_TIMEOUT_NS + ",BACKING_OFF" })
    void shouldDropWhatIsLateAtItsDeadlineAndNotBefore(
        final SessionState state, final long timeoutNs, final SessionState next)
    {
        final MachineFixture fixture = new MachineFixture().in(state);
        fixture.machine.onTime(fixture.nowNs + timeoutNs - 1);
        assertThat(fixture.state()).isEqualTo(state);
        fixture.machine.onTime(fixture.nowNs + timeoutNs);
        assertThat(fixture.state()).isEqualTo(next);
        assertThat(fixture.link.calls).last().isEqualTo("drop 1");
        assertThat(fixture.session.lastChange().elapsedNs()).isEqualTo(timeoutNs);
    }

    @Test
    void shouldTellItsStepsInOrderAndReadOnlyWhenLive()
    {
        final MachineFixture fixture = new MachineFixture().in(SessionState.LIVE);
        assertThat(fixture.link.calls).containsExactly(
            "resolve venue.test 1", "connect 10.0.0.1:8080 1 epoch 1", "open 1");
        assertThat(steps(fixture)).containsExactly(
            "IDLE RESOLVING", "RESOLVING CONNECTING", "CONNECTING UPGRADING", "UPGRADING LIVE");
        assertThat(fixture.session.epoch()).isEqualTo(1);
        assertThat(fixture.session.subprotocol()).isEqualTo("v1");
        assertThat(fixture.session.status().openEpoch()).isEqualTo(1);
    }

    @Test
    void shouldCountAnEpochForEachConnection()
    {
        final MachineFixture fixture = new MachineFixture().in(SessionState.LIVE);
        fixture.nowNs += 10_000;
        fixture.fire("CLOSED", 1).fire("DEADLINE", 0);
        assertThat(fixture.session.lastChange().attempt()).as("it was healthy").isEqualTo(1);
        final int attemptId = fixture.link.lastAttemptId;
        fixture.fire("RESOLVED", attemptId).fire("CONNECTED", attemptId).fire("UPGRADED", attemptId);
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        assertThat(fixture.session.epoch()).isEqualTo(2);
    }

    @Test
    void shouldSendTheCloseFrameBehindWhatWasSent()
    {
        final MachineFixture fixture = new MachineFixture().in(SessionState.LIVE);
        assertThat(fixture.session.send(Opcode.TEXT, new UnsafeBuffer(new byte[3]), 0, 3)).isPositive();
        fixture.fire("CLOSE", 0);
        assertThat(records(fixture)).containsExactly("1 session 5 epoch 1 length 3", "8 session 5 epoch 1 code 1000");
        assertThat(fixture.session.send(Opcode.TEXT, new UnsafeBuffer(new byte[3]), 0, 3)).isNegative();
        fixture.fire("CLOSED", 1);
        assertThat(fixture.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void shouldSendTheCloseFrameWhenAFullRingHasRoomAgain()
    {
        final MachineFixture fixture = new MachineFixture().in(SessionState.LIVE);
        final UnsafeBuffer filler = new UnsafeBuffer(new byte[1024]);
        for (int length = 1024; length > 0; length /= 2)
        {
            while (fixture.outboundRing.write(Opcode.TEXT, 9, 1, filler, 0, length)) // ends when it is full
            {
                continue;
            }
        }

        fixture.fire("CLOSE", 0);
        assertThat(records(fixture)).noneMatch((record) -> record.startsWith("8 "));
        fixture.machine.onTime(fixture.nowNs + 1);
        assertThat(records(fixture)).containsExactly("8 session 5 epoch 1 code 1000");
        fixture.machine.onTime(fixture.nowNs + 2);
        assertThat(records(fixture)).isEmpty();
    }

    @Test
    void shouldGiveASilentPeerUp()
    {
        final MachineFixture fixture = new MachineFixture().in(SessionState.LIVE);
        final long request = fixture.session.status().pingRequest();
        final long pingNs = fixture.nowNs + MachineFixture.PING_INTERVAL_NS;
        fixture.machine.onTime(pingNs);
        assertThat(fixture.session.status().pingRequest()).isNotEqualTo(request);
        fixture.machine.onTime(pingNs + MachineFixture.PONG_TIMEOUT_NS - 1);
        assertThat(fixture.state()).isEqualTo(SessionState.LIVE);
        fixture.machine.onTime(pingNs + MachineFixture.PONG_TIMEOUT_NS);
        assertThat(fixture.state()).isEqualTo(SessionState.BACKING_OFF);
        assertThat(fixture.link.calls).last().isEqualTo("drop 1");
        assertThat(fixture.session.lastChange().closeCode()).isEqualTo(1006);
    }

    @Test
    void shouldAllocateNothingForAPauseThatNoRecordingWants()
    {
        final SessionStatus status = new SessionStatus(new StepLog((level, source, message, cause) -> {}, "s"), "s");
        assertThat(AllocatedBytes.median(10, 21, 1_000, () ->
        {
            status.paused(true);
            status.paused(false);
        })).isZero();
    }

    @Test
    void shouldNumberPingRequestsSoThatTheIoThreadCannotMissOne()
    {
        final SessionStatus status =
            new SessionStatus(new StepLog((level, source, message, cause) -> {}, "venue"), "venue");
        final List<Long> seen = new ArrayList<>();
        for (int attemptId = 1; attemptId <= 3; attemptId++)
        {
            for (int i = 0; i < 3; i++)
            {
                status.requestPing(attemptId);
                assertThat(SessionStatus.attemptOf(status.pingRequest())).isEqualTo(attemptId);
                seen.add(status.pingRequest());
            }
        }

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void shouldFailWithoutAnotherAttemptWhenToldNeverToReconnect()
    {
        final MachineFixture fixture = new MachineFixture(ReconnectPolicy.never()).in(SessionState.LIVE);
        fixture.fire("CLOSED", 1);
        assertThat(fixture.state()).isEqualTo(SessionState.FAILED);
        assertThat(fixture.machine.isTerminal()).isTrue();
    }

    private static MachineFixture fixtureIn(final SessionState state)
    {
        return switch (state)
        {
            case FAILED -> new MachineFixture(ReconnectPolicy.never()).in(state);
            case TLS -> MachineFixture.secure().in(state);
            case AUTHENTICATING -> MachineFixture.withVenue(new WordAuthenticator(), "a").in(state);
            case RESUBSCRIBING -> MachineFixture.withVenue(null, "a").in(state);
            default -> new MachineFixture().in(state);
        };
    }

    private static SessionState stateNamed(final String start)
    {
        return Arrays.stream(SessionState.values()).filter((state) -> state.name().startsWith(start)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(start));
    }

    private static List<String> steps(final MachineFixture fixture)
    {
        final List<String> steps = new ArrayList<>();
        for (final SessionEvent event : fixture.link.events)
        {
            if (event instanceof SessionEvent.Changed changed)
            {
                final StateChange change = changed.change();
                steps.add(change.from() + " " + change.to());
            }
        }

        return steps;
    }

    private static List<String> records(final MachineFixture fixture)
    {
        final List<String> records = new ArrayList<>();
        fixture.outboundRing.drain((type, sessionId, epoch, buffer, offset, length) ->
            records.add(type + " session " + sessionId + " epoch " + epoch + (type == 8 ?
                " code " + buffer.getShort(offset, ByteOrder.BIG_ENDIAN) : " length " + length)), 10_000);
        return records;
    }
}
