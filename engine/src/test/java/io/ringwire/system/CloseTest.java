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
import io.ringwire.api.SessionState;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CloseTest extends SystemTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldSendInOrderAndNothingBehindTheClose(final ThreadingMode mode)
    {
        launch(context(mode).nanoClock(clock)); // the close does not time out
        final RawConnection connection = connectLive(config());
        assertThat(send("one")).isPositive();
        assertThat(send("two")).isPositive();
        session.close(3001, "done");
        assertThat(send("late")).isEqualTo(SendResult.CLOSED);
        session.close(3002, "again");
        assertThat(connection.readFrame().text()).isEqualTo("one");
        assertThat(connection.readFrame().text()).isEqualTo("two");
        final RawConnection.Frame close = connection.readFrame();
        assertThat(close.opcode()).isEqualTo(8);
        assertThat(close.closeCode()).isEqualTo(3001);
        assertThat(close.text()).endsWith("done");
        connection.writeText("still delivered");
        connection.writeHex("89 00");
        connection.writeHex("88 02 0bb9");
        untilHandlerSaw("text still delivered");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        connection.close();
        untilHandlerSaw("state CLOSED");
        assertThat(handler.log()).endsWith(
            "state LIVE", "state DRAINING", "text still delivered", "closed 3001 ", "state CLOSED");
        assertThat(send("later")).isEqualTo(SendResult.CLOSED);
        session.close();
        session.abort();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, -1})
    void shouldRefuseACodeThatMayNotBeSent(final int code)
    {
        launch();
        connectLive(config());
        assertThatThrownBy(() -> session.close(code, ""))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(String.valueOf(code));
        assertThat(send("still open")).isPositive();
    }

    @Test
    void shouldSendAndEchoEveryCodeThatMayBeSent()
    {
        launch();
        for (final int code : new int[]{
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        {
            final RawConnection peerCloses = connectLive(config().reconnect(ReconnectPolicy.never()));
            peerCloses.writeHex("88 02 %04x".formatted(code));
            assertThat(peerCloses.readClose()).isEqualTo(code);
            peerCloses.close();
            untilHandlerSaw("closed " + code);
            final RawConnection weClose = connectLive(config());
            session.close(code, "");
            assertThat(weClose.readClose()).isEqualTo(code);
            weClose.close();
        }
    }

    @Test
    void shouldRefuseAReasonThatIsNotUtf8()
    {
        launch();
        connectLive(config());
        assertThatThrownBy(() -> session.close(1000, "half \ud83d"))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("surrogate");
        assertThat(send("still open")).isPositive();
    }

    @Test
    void shouldRefuseAReasonThatDoesNotFitACloseFrame()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThatThrownBy(() -> session.close(1000, "\u00e4".repeat(62)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("124");
        session.close(1000, "x".repeat(123));
        assertThat(connection.readFrame().payload()).hasSize(125);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEchoTheCodeOfThePeerAndComeBack(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        connection.writeHex("88 06 03f4 6c 61 74 65");
        assertThat(connection.readClose()).isEqualTo(1012);
        connection.close();
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.log()).containsSequence("state DRAINING", "closed 1012 late", "state BACKING_OFF");
    }

    @Test
    void shouldAnswerACloseWithoutStatusWithout()
    {
        launch();
        final RawConnection connection = connectLive(config());
        connection.writeHex("88 00");
        assertThat(connection.readFrame().payload()).isEmpty();
        connection.close();
        untilHandlerSaw("closed 1005");
    }

    @Test
    void shouldNotWaitForThePeerBeyondTheCloseTimeout()
    {
        launch();
        final RawConnection connection = connectLive(config().timeouts(new TimeoutPolicy().closeNs(2_000_000_000L)));
        session.close(1000, "bye");
        assertThat(connection.readClose()).isEqualTo(1000);
        clock.advanceMs(1999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        clock.advanceMs(1);
        untilHandlerSaw("state CLOSED");
        connection.untilEnded();
        assertThat(handler.count("closed 1000")).isOne();
    }

    @Test
    void shouldNotWaitForAPeerThatClosesButKeepsTheConnection()
    {
        launch();
        final RawConnection connection = connectLive(config().timeouts(new TimeoutPolicy().closeNs(2_000_000_000L)));
        connection.writeHex("88 02 03e8");
        assertThat(connection.readClose()).isEqualTo(1000);
        untilState(SessionState.DRAINING);
        assertThat(send("too late")).isEqualTo(SendResult.NOT_CONNECTED);
        clock.advanceMs(2000);
        untilHandlerSaw("state BACKING_OFF");
        connection.untilEnded();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWithoutAWordWhileUpgrading(final boolean abort)
    {
        launch();
        final RawConnection connection = connect(config());
        connection.readRequest();
        untilState(SessionState.UPGRADING);
        assertThat(send("early")).isEqualTo(SendResult.NOT_CONNECTED);
        end(abort);
        connection.untilEnded();
        assertThat(handler.log()).endsWith("state UPGRADING", "state CLOSED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndAtOnceWhileBackingOff(final boolean abort)
    {
        launch();
        connectLive(config()).close();
        untilState(SessionState.BACKING_OFF);
        end(abort);
        clock.advanceMs(20_000);
        pump.settle();
        assertThat(handler.log()).endsWith("state BACKING_OFF", "state CLOSED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndBeforeItHasStarted(final boolean abort)
    {
        launch();
        session = engine.connect(config());
        end(abort);
        assertThat(handler.log()).containsExactly("state CLOSED");
        assertThat(session.epoch()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldDropALiveConnectionWithoutACloseFrame(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        session.abort();
        untilHandlerSaw("state CLOSED");
        assertThat(connection.hasByte()).isFalse();
        connection.untilEnded();
        assertThat(handler.log()).endsWith("state LIVE", "closed 1006 aborted by the user", "state CLOSED");
    }

    @Test
    void shouldAbortACloseThatIsUnderWay()
    {
        launch();
        final RawConnection connection = connectLive(config());
        session.close();
        assertThat(connection.readClose()).isEqualTo(1000);
        session.abort();
        untilHandlerSaw("state CLOSED");
        connection.untilEnded();
        assertThat(handler.count("closed ")).isOne();
    }

    @Test
    void shouldEndWhenBothCloseAtOnce()
    {
        launch();
        final RawConnection connection = connectLive(config());
        connection.writeHex("88 02 03e9");
        session.close(1000, "");
        pump.settle();
        final int code = connection.readClose();
        assertThat(code).isIn(1000, 1001);
        connection.close();
        untilHandlerSaw("state CLOSED");
        assertThat(handler.count("closed 1001")).isOne();
    }

    private void end(final boolean abort)
    {
        if (abort)
        {
            session.abort();
        }
        else
        {
            session.close();
        }

        untilHandlerSaw("state CLOSED");
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }
}
