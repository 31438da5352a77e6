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
package io.ringwire.rfc;

import io.ringwire.Seed;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.system.RawConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 6455 sections 4.1, 4.2.2 and 11.3: which answers make a session live. In lock-step, where each piece is a read of
 * its own, each comes byte by byte, and cut in two at every {@value #LOCK_STEP_CUT_DISTANCE}th byte from one drawn by
 * the seed on. In the other settings it is cut at a few points drawn by the seed. {@code -Dringwire.test.splits=all}
 * cuts it everywhere.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section4HandshakeTest
{
    private static final String CHECKLIST =
        """
        plain : -> live
        null for a reason : HTTP/1.1 101 null -> live
        another reason : HTTP/1.1 101 Web Socket Protocol Handshake -> live
        empty reason : HTTP/1.1 101 $nothing -> live
        no reason : HTTP/1.1 101 -> live
        version 1.0 : HTTP/1.0 101 Switching Protocols -> live
        names in lower case : -Upgrade; -Connection; -Sec-WebSocket-Accept; +upgrade: websocket; \
            +connection: upgrade; +sec-websocket-accept: $accept -> live
        names in upper case : -Upgrade; -Connection; -Sec-WebSocket-Accept; +UPGRADE: websocket; \
            +CONNECTION: Upgrade; +SEC-WEBSOCKET-ACCEPT: $accept -> live
        no space behind the colon : Upgrade:websocket; Connection:Upgrade; Sec-WebSocket-Accept:$accept -> live
        space around values : Upgrade:   websocket  ; Connection: \tUpgrade ; Sec-WebSocket-Accept:  $accept\t -> live
        other headers around : +Server: x; +Date: Thu, 01 Jan 1970 00:00:00 GMT; +X-Empty: -> live
        body length of 0 : +Content-Length: 0 -> live
        body length on a 101, which has no body : +Content-Length: 3 -> live
        chunks on a 101, which has no body : +Transfer-Encoding: chunked -> live
        Upgrade in upper case : Upgrade: WEBSOCKET -> live
        Upgrade in mixed case : Upgrade: WebSocket -> live
        Upgrade missing : -Upgrade -> refused upgrade
        Upgrade empty : Upgrade: -> refused upgrade
        Upgrade to something else : Upgrade: h2c -> refused upgrade
        Upgrade to more than asked for : Upgrade: websocket, h2c -> refused upgrade
        Upgrade to more than asked for, in two headers : +Upgrade: h2c -> refused upgrade
        Upgrade with a version : Upgrade: websocket/13 -> refused upgrade
        Upgrade with a longer name : Upgrade: websockets -> refused upgrade
        Connection in lower case : Connection: upgrade -> live
        Connection in upper case : Connection: UPGRADE -> live
        Connection with more tokens : Connection: keep-alive, Upgrade -> live
        Connection with more tokens behind : Connection: Upgrade,keep-alive -> live
        Connection with an empty token : Connection: , Upgrade -> live
        Connection in two headers : +Connection: keep-alive -> live
        Connection in two headers, the second counts : Connection: keep-alive; +Connection: Upgrade -> live
        Connection folded : Connection: keep-alive,$foldUpgrade -> live
        Connection missing : -Connection -> refused connection
        Connection empty : Connection: -> refused connection
        Connection without the token : Connection: keep-alive -> refused connection
        Connection with a longer token : Connection: Upgraded -> refused connection
        Connection with a token of two words : Connection: keep Upgrade -> refused connection
        Accept missing : -Sec-WebSocket-Accept -> refused
        Accept empty : Sec-WebSocket-Accept: -> refused
        Accept for another key : Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= -> refused
        Accept in another case : Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO= -> refused
        Accept with more behind : Sec-WebSocket-Accept: $accept, x -> refused
        Accept twice : +Sec-WebSocket-Accept: $accept -> refused
        Accept twice, the second wrong : +Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= -> refused
        Upgrade folded : Upgrade:$foldwebsocket -> live
        Upgrade folded behind : Upgrade: websocket$fold -> live
        Accept folded : Sec-WebSocket-Accept:$fold$accept -> live
        subprotocol chosen : offer orders,ticks; +Sec-WebSocket-Protocol: ticks -> live
        subprotocol chosen, space around : offer orders,ticks; +Sec-WebSocket-Protocol:  orders\t -> live
        subprotocol never offered : +Sec-WebSocket-Protocol: ticks -> refused subprotocol
        subprotocol not among those offered : offer orders; +Sec-WebSocket-Protocol: ticks -> refused subprotocol
        subprotocol in another case : offer orders; +Sec-WebSocket-Protocol: Orders -> refused subprotocol
        subprotocol half a name : offer orders; +Sec-WebSocket-Protocol: order -> refused subprotocol
        two subprotocols chosen : offer orders,ticks; +Sec-WebSocket-Protocol: orders, ticks -> refused subprotocol
        two subprotocol headers : offer orders,ticks; +Sec-WebSocket-Protocol: orders; \
            +Sec-WebSocket-Protocol: ticks -> refused more than one
        subprotocol wished for and not chosen : offer orders -> live
        extension never offered : +Sec-WebSocket-Extensions: permessage-deflate -> refused permessage-deflate
        unknown extension : +Sec-WebSocket-Extensions: foo; +Server: x -> refused foo
        wrong version, as a server says it : HTTP/1.1 426 Upgrade Required; +Sec-WebSocket-Version: 12; \
            +Content-Length: 0 -> refused 426
        not found : HTTP/1.1 404 Not Found; +Content-Length: 0 -> refused 404
        all well but the status : HTTP/1.1 200 OK; +Content-Length: 0 -> refused 200
        another informational status : HTTP/1.1 100 Continue -> refused
        moved : HTTP/1.1 302 Found; +Location: ws://127.0.0.1:9/; +Content-Length: 0 -> refused 302
        wants a login : HTTP/1.1 401 Unauthorized; +Content-Length: 0 -> refused 401
        status of two digits : HTTP/1.1 10 Switching Protocols; +Content-Length: 0 -> refused
        status that is no number : HTTP/1.1 abc Switching Protocols -> refused malformed
        not HTTP : HTTPS/1.1 101 Switching Protocols -> refused malformed
        header without a colon : +nonsense -> refused
        """;

    private static final boolean ALL_SPLITS = "all".equals(System.getProperty("ringwire.test.splits"));
    private static final int LOCK_STEP_CUT_DISTANCE = 8;
    private static final int FIRST_CUTS = 120;
    private static final int CUTS = 2;
    private static final int TURNS_A_READ = 2;

    private final SplittableRandom random = Seed.random(Section4HandshakeTest.class);
    private Setting current;
    private Wire wire;

    List<Arguments> cases()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final Setting setting : Setting.ALL)
        {
            AnswerCase.table(CHECKLIST).forEach((answer) -> all.add(Arguments.of(setting, answer)));
        }

        return all;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void shouldTakeTheAnswerOrRefuseIt(final Setting setting, final AnswerCase answer) throws IOException
    {
        use(setting);
        final boolean lockStep = setting == Setting.LOCK_STEP;
        final int length = play(setting, answer, lockStep ? 1 : 2 + random.nextInt(FIRST_CUTS));
        final int step = ALL_SPLITS ? 1 : lockStep ? LOCK_STEP_CUT_DISTANCE : length / CUTS;
        for (int cut = 2 + random.nextInt(step); cut < length; cut += step)
        {
            play(setting, answer, cut);
        }
    }

    /**
     * One connection, the answer in two pieces; a first piece of one byte is followed by others of one.
     *
     * @return the length of the answer.
     */
    private int play(final Setting setting, final AnswerCase answer, final int cut)
    {
        try
        {
            return play(answer, cut);
        }
        catch (final AssertionError ex)
        {
            throw new AssertionError(setting + ", " + answer + ", cut behind byte " + cut, ex);
        }
    }

    private int play(final AnswerCase answer, final int cut)
    {
        final Script script = new Script();
        final Session session = wire.connect(
            wire.config(script).upgrade(new UpgradePolicy().subprotocols(answer.subprotocols())));
        final RawConnection connection = wire.accept();
        final byte[] bytes = answer.answerTo(connection.readRequest());
        write(connection, bytes, cut);
        if (answer.isLive())
        {
            wire.pump().until("answered", () -> connection.hasByte() || script.end() != null);
            assertThat(script.end()).as("refused").isNull();
            assertThat(connection.readFrame().opcode()).isEqualTo(8);
            connection.close();
            wire.awaitEnd(session, script);
            assertThat(script.events()).containsExactly("text a", "closed 1000");
        }
        else
        {
            wire.awaitEnd(session, script);
            connection.untilEnded();
            assertThat(session.state()).isEqualTo(SessionState.FAILED);
            assertThat(script.end().reason()).containsIgnoringCase(answer.reason());
            assertThat(script.events()).isEmpty();
        }

        wire.endOfCase();
        return bytes.length;
    }

    private void write(final RawConnection connection, final byte[] bytes, final int cut)
    {
        int position = 0;
        try
        {
            while (position < bytes.length)
            {
                final int end = position == 0 || cut == 1 ? Math.min(position + cut, bytes.length) : bytes.length;
                connection.write(Arrays.copyOfRange(bytes, position, end));
                position = end;
                for (int i = 0; i < TURNS_A_READ; i++)
                {
                    wire.pump().turn();
                }
            }
        }
        catch (final UncheckedIOException ex)
        {
            assertThat(position).as("the client ended the connection before it was answered").isPositive();
        }
    }

    private void use(final Setting setting) throws IOException
    {
        if (!setting.equals(current))
        {
            closeWire();
            wire = new Wire(setting);
            current = setting;
        }
    }

    @AfterAll
    void closeWire() throws IOException
    {
        if (wire != null)
        {
            wire.close();
            wire = null;
        }
    }
}
