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
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import io.ringwire.config.ThreadingMode;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackTest extends SystemTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGoOnAfterAHandlerThrows(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
                throw new IllegalStateException("handler " + handler.count("text "));
            }));
        connection.writeHex("81 01 61 81 01 62 01 01 63 80 00");
        pump.until("three errors", () -> errors.size() == 3);
        assertThat(handler.log()).endsWith("text a", "text b", "text c");
        assertThat(errors).extracting(Throwable::getMessage).containsExactly("handler 1", "handler 2", "handler 3");
        errors.clear();
        assertThat(session.metrics().handlerErrors()).isEqualTo(3);
        assertThat(send("alive")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("alive");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGoOnAfterListenerReplyHandlerAndErrorHandlerThrow(final ThreadingMode mode)
    {
        launch(context(mode).errorHandler((t) ->
        {
            throw new AssertionError("error handler", t);
        }));
        final SessionListener listener = new SessionListener()
        {
            @Override
            public void onState(final Session session, final StateChange change)
            {
                handler.onState(session, change);
                throw new IllegalArgumentException("listener");
            }
        };
        final RawConnection connection = connectLive(config().listener(listener).dialect(new JsonRpcDialect()));
        final UnsafeBuffer request = buffer("{\"id\":1}");
        session.request(1, request, 0, request.capacity(), Long.MAX_VALUE,
            (s, id, outcome, buffer, offset, length, rttNs) ->
            {
                throw new IllegalStateException("reply");
            });
        connection.readFrame();
        connection.writeText("{\"id\":1}");
        connection.writeText("next");
        untilHandlerSaw("text next");
        assertThat(session.metrics().handlerErrors()).isEqualTo(5);
        assertThat(session.metrics().requestsInFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldRefuseToCloseTheEngineFromACallback(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> engine.close()));
        connection.writeText("x");
        pump.until("refused", () -> !errors.isEmpty());
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
        errors.clear();
        assertThat(send("alive")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("alive");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "INVOKER")
    void shouldRefuseToBeDrivenFromACallback(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> engine.connect(config())
                .awaitConnected(1, TimeUnit.SECONDS)));
        connection.writeText("x");
        pump.until("refused", () -> !errors.isEmpty());
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
        errors.clear();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAnswerFromTheCallbackInOrderWithClaims(final ThreadingMode mode)
    {
        final MessageClaim claim = new MessageClaim();
        launch(mode);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                s.send(Opcode.TEXT, buffer, offset, length);
                s.tryClaim(Opcode.BINARY, 2, claim);
                claim.buffer().putStringWithoutLengthAscii(claim.offset(), "c1");
                claim.commit();
                s.send(Opcode.TEXT, buffer, offset, length);
                s.tryClaim(Opcode.BINARY, 2, claim);
                claim.abort();
                s.send(Opcode.TEXT, buffer, offset, length);
                s.close(1000, "");
            }));
        connection.writeText("echo");
        assertThat(connection.readFrame().text()).isEqualTo("echo");
        final RawConnection.Frame claimed = connection.readFrame();
        assertThat(claimed.opcode()).isEqualTo(Opcode.BINARY);
        assertThat(claimed.text()).isEqualTo("c1");
        assertThat(connection.readFrame().text()).isEqualTo("echo");
        assertThat(connection.readFrame().text()).isEqualTo("echo");
        assertThat(connection.readClose()).isEqualTo(1000);
    }
}
