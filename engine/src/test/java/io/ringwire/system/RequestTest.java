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
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTest extends RequestSystemTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEndWithTheReplyThatBearsTheId(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        assertThat(request(2)).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":1}");
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":2}");
        connection.writeText("{\"method\":\"tick\",\"id\":1}");
        connection.writeText("{\"id\":2,\"error\":{\"code\":-1,\"id\":1}}");
        connection.writeText("{\"jsonrpc\":\"2.0\",\"result\":[],\"id\":1}");
        untilHandlerSaw("reply 1");
        assertThat(handler.log()).endsWith(
            "server {\"method\":\"tick\",\"id\":1}",
            "reply 2 ERROR_REPLY {\"id\":2,\"error\":{\"code\":-1,\"id\":1}}",
            "reply 1 REPLY {\"jsonrpc\":\"2.0\",\"result\":[],\"id\":1}");
        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(session.metrics().replies()).isOne();
        assertThat(session.metrics().errorReplies()).isOne();
        assertThat(session.metrics().serverRequests()).isOne();
        assertThat(session.metrics().unmatchedReplies()).isZero();
        assertThat(session.latency().requestRtt().count()).isEqualTo(2);
    }

    @Test
    void shouldTimeOutAndGiveALateReplyToTheMessageHandler()
    {
        launch();
        final RawConnection connection = connectLive(rpc());
        assertThat(request(7)).isPositive();
        connection.readFrame();
        clock.advanceNs(SECOND_NS - 1);
        pump.settle();
        assertThat(handler.saw("reply")).isFalse();
        clock.advanceNs(1);
        untilHandlerSaw("reply 7 TIMED_OUT null");
        connection.writeText("{\"id\":7}");
        untilHandlerSaw("unmatched {\"id\":7}");
        assertThat(handler.count("reply ")).isOne();
        assertThat(session.metrics().timeouts()).isOne();
        assertThat(session.metrics().unmatchedReplies()).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldNotKnowTheOutcomeWhenTheConnectionDrops(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc().reconnect(ReconnectPolicy.never()));
        assertThat(request(1)).isPositive();
        assertThat(request(2)).isPositive();
        connection.readFrame();
        connection.close();
        untilHandlerSaw("state FAILED");
        assertThat(handler.log().subList(4, 6)).containsExactlyInAnyOrder(
            "reply 1 UNKNOWN_OUTCOME null", "reply 2 UNKNOWN_OUTCOME null");
        assertThat(handler.log().get(6)).startsWith("closed 1006");
        assertThat(request(3)).isEqualTo(SendResult.CLOSED);
        assertThat(session.metrics().unknownOutcomes()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEndEachOnceWhenTheEngineCloses(final ThreadingMode mode)
    {
        launch(mode);
        connectLive(rpc());
        for (int id = 0; id < 100; id++)
        {
            assertThat(request(id)).isPositive();
        }

        engine.close();
        for (int id = 0; id < 100; id++)
        {
            assertThat(handler.count("reply " + id + " UNKNOWN_OUTCOME")).isOne();
        }

        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(request(1)).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void shouldRefuseAnIdInFlightAndMoreThanConfigured()
    {
        launch();
        final RawConnection connection = connectLive(rpc().buffers(new BufferPolicy().maxRequestsInFlight(2)));
        assertThat(request(1)).isPositive();
        assertThat(request(1)).isEqualTo(SendResult.DUPLICATE_ID);
        assertThat(request(2)).isPositive();
        assertThat(request(3)).isEqualTo(SendResult.TOO_MANY_REQUESTS);
        connection.writeText("{\"id\":1}");
        untilHandlerSaw("reply 1");
        assertThat(request(1)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeTheSameIdAgainFromWithinItsReplyHandler(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        final UnsafeBuffer text = buffer("{\"id\":5}");
        session.request(5, text, 0, text.capacity(), SECOND_NS, (s, id, outcome, buffer, offset, length, rttNs) ->
            handler.log().add("again " + SendResult.name(s.request(5, text, 0, text.capacity(), SECOND_NS, replies))));
        connection.readFrame();
        connection.writeText("{\"id\":5}");
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":5}");
        connection.writeText("{\"id\":5,\"result\":2}");
        untilHandlerSaw("reply 5 REPLY {\"id\":5,\"result\":2}");
        assertThat(handler.saw("again OK")).isTrue();
    }
}
