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

import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.session.Heartbeat.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTest
{
    private static final long START_NS = 1000;

    private Heartbeat heartbeat;
    private long receivedNs = START_NS;
    private boolean paused;

    @Test
    void shouldPingWhenTheIntervalIsOverAndNotBefore()
    {
        start(beating());
        assertThat(step(1099)).isEqualTo(Step.NONE);
        assertThat(step(1100)).isEqualTo(Step.PING);
        assertThat(step(1101)).as("until it is sent").isEqualTo(Step.PING);
        heartbeat.pinged(1102);
        assertThat(step(1103)).isEqualTo(Step.NONE);
        assertThat(heartbeat.isAwaiting()).isTrue();
    }

    @Test
    void shouldGiveUpAPeerThatIsSilentForTheTimeout()
    {
        start(beating());
        ping(1100);
        assertThat(step(1129)).isEqualTo(Step.NONE);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        assertThat(heartbeat.consecutiveMisses()).isOne();
        assertThat(step(1130)).isEqualTo(Step.DROP);
        assertThat(heartbeat.dropReason()).isEqualTo("no byte received within 30 ns after a ping");
    }

    @Test
    void shouldTakeAnyByteAfterThePingForLife()
    {
        start(beating());
        ping(1100);
        receivedNs = 1100;
        assertThat(step(1140)).isEqualTo(Step.NONE);
        assertThat(heartbeat.isAwaiting()).isFalse();
        assertThat(step(1200)).isEqualTo(Step.PING);
    }

    @Test
    void shouldNotTakeAByteBeforeThePingForLife()
    {
        start(beating());
        receivedNs = 1099;
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
    }

    @Test
    void shouldPingAtOnceAfterAMissUntilThereWereTooManyInARow()
    {
        start(beating().maxMisses(3));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        ping(1130);
        assertThat(step(1159)).isEqualTo(Step.NONE);
        assertThat(step(1160)).isEqualTo(Step.MISSED);
        ping(1160);
        assertThat(step(1190)).isEqualTo(Step.MISSED);
        assertThat(heartbeat.consecutiveMisses()).isEqualTo(3);
        assertThat(step(1190)).isEqualTo(Step.DROP);
        assertThat(heartbeat.dropReason()).isEqualTo("no byte received within 30 ns after each of 3 pings");
    }

    @Test
    void shouldForgetTheMissesWithTheNextByte()
    {
        start(beating().maxMisses(2));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        ping(1130);
        receivedNs = 1131;
        assertThat(step(1131)).isEqualTo(Step.NONE);
        assertThat(heartbeat.consecutiveMisses()).isZero();
        ping(1230);
        assertThat(step(1260)).isEqualTo(Step.MISSED);
        assertThat(heartbeat.consecutiveMisses()).isOne();
    }

    @Test
    void shouldForgetAMissAlsoBeforeTheNextPingFoundItsWay()
    {
        start(beating().maxMisses(2));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        receivedNs = 1131;
        step(1132);
        assertThat(heartbeat.consecutiveMisses()).isZero();
    }

    @Test
    void shouldWaitForTheGraceAfterTheLastMiss()
    {
        start(beating().graceNs(7));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        assertThat(step(1136)).isEqualTo(Step.NONE);
        assertThat(step(1137)).isEqualTo(Step.DROP);
        assertThat(heartbeat.dropReason()).endsWith("after a ping and 7 ns of grace");
    }

    @Test
    void shouldTakeAByteWithinTheGraceForLife()
    {
        start(beating().graceNs(7));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        receivedNs = 1136;
        assertThat(step(1137)).isEqualTo(Step.NONE);
        assertThat(heartbeat.consecutiveMisses()).isZero();
    }

    @Test
    void shouldNotGiveUpAPeerThatWeDoNotRead()
    {
        start(beating().silenceNs(200));
        ping(1100);
        paused = true;
        assertThat(step(5000)).as("the ping of the schedule").isEqualTo(Step.PING);
        heartbeat.pinged(5000);
        assertThat(step(9000)).isEqualTo(Step.PING);
        heartbeat.pinged(9000);
        paused = false;
        receivedNs = 9010; // when reading went on
        assertThat(step(9050)).isEqualTo(Step.NONE);
        ping(9100);
        assertThat(step(9130)).isEqualTo(Step.MISSED);
    }

    @Test
    void shouldNotCountThePauseJustAfterItEndedAlsoIfNobodyLookedDuringIt()
    {
        start(beating().silenceNs(200));
        ping(1100);
        receivedNs = 7000; // when reading went on
        assertThat(step(7001)).isEqualTo(Step.PING);
        heartbeat.pinged(7001);
        assertThat(step(7030)).isEqualTo(Step.NONE);
        assertThat(step(7031)).isEqualTo(Step.MISSED);
    }

    @Test
    void shouldGiveUpAPeerThatIsSilentForTooLongWithoutPings()
    {
        start(new HeartbeatPolicy().intervalNs(0).timeoutNs(30).silenceNs(200));
        assertThat(step(1199)).isEqualTo(Step.NONE);
        receivedNs = 1150;
        assertThat(step(1349)).isEqualTo(Step.NONE);
        assertThat(step(1350)).isEqualTo(Step.DROP);
        assertThat(heartbeat.dropReason()).isEqualTo("no byte received for 200 ns");
    }

    @Test
    void shouldPingOnlyAnIdlePeerIfSoConfigured()
    {
        start(beating().idleOnly(true));
        for (long nowNs = 1050; nowNs < 2000; nowNs += 50)
        {
            receivedNs = nowNs - 1;
            assertThat(step(nowNs)).isEqualTo(Step.NONE);
        }

        assertThat(step(receivedNs + 99)).isEqualTo(Step.NONE);
        assertThat(step(receivedNs + 100)).isEqualTo(Step.PING);
    }

    @Test
    void shouldPingAnIdlePeerAtOnceAfterAMiss()
    {
        start(beating().idleOnly(true).maxMisses(2));
        ping(1100);
        assertThat(step(1130)).isEqualTo(Step.MISSED);
        assertThat(step(1130)).isEqualTo(Step.PING);
    }

    @Test
    void shouldKnowAPingThatFoundNoWay()
    {
        start(beating());
        assertThat(step(1100)).isEqualTo(Step.PING);
        assertThat(heartbeat.isOverdue(1129)).isFalse();
        assertThat(heartbeat.isOverdue(1130)).isTrue();
        assertThat(step(1500)).as("nothing was asked, so nothing was missed").isEqualTo(Step.PING);
    }

    @Test
    void shouldDoNothingWhenStoppedOrWithoutAnInterval()
    {
        start(beating());
        ping(1100);
        heartbeat.stop();
        assertThat(step(9000)).isEqualTo(Step.NONE);

        start(new HeartbeatPolicy().intervalNs(0));
        assertThat(step(Long.MAX_VALUE / 2)).isEqualTo(Step.NONE);
    }

    @Test
    void shouldStartAnewWithEachConnection()
    {
        start(beating().maxMisses(2));
        ping(1100);
        step(1130);
        receivedNs = 1999;
        heartbeat.start(2000);
        assertThat(heartbeat.consecutiveMisses()).isZero();
        assertThat(step(2099)).isEqualTo(Step.NONE);
        assertThat(step(2100)).isEqualTo(Step.PING);
    }

    @Test
    void shouldWorkWithAClockBelowZero()
    {
        receivedNs = -5000;
        heartbeat = new Heartbeat(beating());
        heartbeat.start(-5000);
        ping(-4900);
        assertThat(step(-4871)).isEqualTo(Step.NONE);
        assertThat(step(-4870)).isEqualTo(Step.MISSED);
    }

    private static HeartbeatPolicy beating()
    {
        return new HeartbeatPolicy().intervalNs(100).timeoutNs(30);
    }

    private void start(final HeartbeatPolicy policy)
    {
        heartbeat = new Heartbeat(policy);
        heartbeat.start(START_NS);
    }

    private Step step(final long nowNs)
    {
        return heartbeat.step(nowNs, receivedNs, paused);
    }

    private void ping(final long nowNs)
    {
        assertThat(step(nowNs)).isEqualTo(Step.PING);
        heartbeat.pinged(nowNs);
    }
}
