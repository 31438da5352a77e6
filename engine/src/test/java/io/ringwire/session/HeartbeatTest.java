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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTest
{
    private final Heartbeat heartbeat = new Heartbeat(new HeartbeatPolicy().intervalNs(100).timeoutNs(30));

    @Test
    void shouldPingWhenTheIntervalIsOverAndNotBefore()
    {
        heartbeat.start(1000);
        assertThat(heartbeat.pingDue(1099)).isFalse();
        assertThat(heartbeat.pingDue(1100)).isTrue();
        assertThat(heartbeat.pingDue(1101)).isFalse();
    }

    @Test
    void shouldGiveUpAPeerThatIsSilentForTheTimeout()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        assertThat(heartbeat.isDead(1129, 1099, false)).isFalse();
        assertThat(heartbeat.isDead(1130, 1099, false)).isTrue();
    }

    @Test
    void shouldTakeAnyByteAfterThePingForLife()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        assertThat(heartbeat.isDead(1200, 1100, false)).isFalse();
        assertThat(heartbeat.isDead(9999, 1100, false)).as("nothing is awaited any more").isFalse();
        assertThat(heartbeat.pingDue(1200)).isTrue();
    }

    @Test
    void shouldNotGiveUpAPeerThatWeDoNotRead()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        assertThat(heartbeat.isDead(5000, 0, true)).isFalse();
        assertThat(heartbeat.isDead(5000, 0, false)).as("the next ping decides").isFalse();
        assertThat(heartbeat.pingDue(5000)).isTrue();
        assertThat(heartbeat.isDead(5030, 0, false)).isTrue();
    }

    @Test
    void shouldNotPingWhileAnAnswerIsAwaited()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        assertThat(heartbeat.pingDue(1300)).isFalse();
    }

    @Test
    void shouldDoNothingWhenStoppedOrWithoutAnInterval()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        heartbeat.stop();
        assertThat(heartbeat.isDead(9000, 0, false)).isFalse();
        assertThat(heartbeat.pingDue(9000)).isFalse();

        final Heartbeat none = new Heartbeat(new HeartbeatPolicy().intervalNs(0));
        none.start(0);
        assertThat(none.pingDue(Long.MAX_VALUE / 2)).isFalse();
    }

    @Test
    void shouldStartAnewWithEachConnection()
    {
        heartbeat.start(1000);
        heartbeat.pingDue(1100);
        heartbeat.start(2000);
        assertThat(heartbeat.isDead(2090, 0, false)).isFalse();
        assertThat(heartbeat.pingDue(2099)).isFalse();
        assertThat(heartbeat.pingDue(2100)).isTrue();
    }
}
