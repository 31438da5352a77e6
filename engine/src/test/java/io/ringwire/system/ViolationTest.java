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
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class ViolationTest extends SystemTest
{
    private static final int LIMIT = 1000;

    @ParameterizedTest
    @CsvSource({
        "c1 01 61, 1002",
        "a1 01 61, 1002",
        "91 01 61, 1002",
        "81 81 00000000 61, 1002",
        "83 00, 1002",
        "8b 00, 1002",
        "09 00, 1002",
        "89 7e 007e, 1002",
        "81 7e 0001 61, 1002",
        "82 7f 8000000000000000, 1002",
        "80 00, 1002",
        "01 01 61 81 01 61, 1002",
        "88 01 03, 1002",
        "88 02 03ed, 1002",
        "81 01 ff, 1007",
        "01 01 c3 80 01 28, 1007",
        "01 01 c3 80 00, 1007",
        "88 03 03e8 ff, 1007",
        "82 7e 03e9, 1009",
        "02 7e 0258 0258*, 1009",
        "82 7f 7fffffffffffffff, 1009"})
    void shouldCloseWithTheCodeOfTheRuleAndComeBack(final String hex, final int code)
    {
        launch();
        final RawConnection connection = connectLive(config().maxMessageLength(LIMIT));
        connection.writeText("good");
        if (hex.endsWith("*"))
        {
            connection.write(RawConnection.frame(0x02, new byte[600]));
            connection.write(RawConnection.frame(0x80, new byte[401]));
        }
        else
        {
            connection.write(HexFormat.of().parseHex(hex.replace(" ", "")));
        }

        assertThat(connection.readClose()).isEqualTo(code);
        untilHandlerSaw("error " + code);
        connection.writeText("ignored");
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        connection.close();
        untilState(SessionState.BACKING_OFF);
        assertThat(session.metrics().protocolErrors()).isOne();
        clock.advanceMs(10_001);
        acceptLive();
        assertThat(session.epoch()).isEqualTo(2);
        assertThat(handler.log().subList(4, 8).stream().map((entry) -> entry.replaceAll("(\\d) .*", "$1")))
            .containsExactly("text good", "error " + code, "state DRAINING", "closed " + code);
        assertThat(handler.saw("text ignored")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRefuseAViolationInEveryMode(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config());
        connection.writeHex("81 01 61 01 01 62 81 01 63");
        assertThat(connection.readClose()).isEqualTo(1002);
        connection.close();
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.count("text ")).isOne();
        assertThat(handler.count("error 1002")).isOne();
        assertThat(handler.count("closed 1002")).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeAMessageOfExactlyTheLimitInAnyNumberOfPieces(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().maxMessageLength(LIMIT));
        connection.write(RawConnection.frame(0x81, "x".repeat(LIMIT).getBytes()));
        connection.write(RawConnection.frame(0x01, "y".repeat(LIMIT - 1).getBytes()));
        connection.writeHex("89 00");
        connection.write(RawConnection.frame(0x00, new byte[0]));
        connection.write(RawConnection.frame(0x80, "y".getBytes()));
        untilHandlerSaw("text y");
        assertThat(handler.log()).endsWith("text " + "x".repeat(LIMIT), "text " + "y".repeat(LIMIT));
        assertThat(connection.readFrame().opcode()).isEqualTo(0xA);
    }
}
