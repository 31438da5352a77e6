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

import io.ringwire.api.Reply;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.RequestRefusedException;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests as futures.
 */
class RequestAsyncTest extends RequestSystemTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCompleteWithTheReply(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        final CompletableFuture<Reply> first = ask(session.nextCorrelationId());
        final CompletableFuture<Reply> second = ask(session.nextCorrelationId());
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":1,\"sign\":\"\u20ac\"}");
        connection.writeText("{\"id\":2,\"error\":\"\u20ac\"}");
        connection.writeText("{\"id\":1}");
        final Reply reply = await(first);
        assertThat(reply).isEqualTo(new Reply(1, ReplyOutcome.REPLY, "{\"id\":1}", reply.rttNs()));
        assertThat(reply.rttNs()).isNotNegative();
        assertThat(await(second).outcome()).isEqualTo(ReplyOutcome.ERROR_REPLY);
        assertThat(await(second).text()).isEqualTo("{\"id\":2,\"error\":\"\u20ac\"}");
    }

    @Test
    void shouldCompleteWithEveryOtherEnd()
    {
        launch();
        final RawConnection connection = connectLive(rpc().reconnect(ReconnectPolicy.never()));
        final CompletableFuture<Reply> late = ask(1);
        clock.advanceNs(SECOND_NS);
        assertThat(await(late)).isEqualTo(new Reply(1, ReplyOutcome.TIMED_OUT, null, SECOND_NS));
        final CompletableFuture<Reply> cancelled = ask(2);
        assertThat(session.cancel(2)).isTrue();
        assertThat(await(cancelled).outcome()).isEqualTo(ReplyOutcome.CANCELLED);
        final CompletableFuture<Reply> dropped = ask(3);
        connection.close();
        assertThat(await(dropped).outcome()).isEqualTo(ReplyOutcome.UNKNOWN_OUTCOME);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCancelTheRequestWithTheFuture(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        final CompletableFuture<Reply> reply = ask(1);
        assertThat(reply.cancel(true)).isTrue();
        pump.until("the request has ended", () -> session.metrics().cancelled() == 1);
        assertThat(request(1)).isPositive();
        assertThat(reply.cancel(true)).isTrue();
        connection.writeText("{\"id\":1}");
        untilHandlerSaw("reply 1 REPLY");
        assertThat(reply).isCancelled();
    }

    @Test
    void shouldSayWhyARequestWasRefused()
    {
        launch();
        final RawConnection connection = connect(rpc());
        assertRefused(ask(1), SendResult.NOT_CONNECTED, "NOT_CONNECTED");
        connection.upgrade();
        untilState(SessionState.LIVE);
        assertThat(ask(1)).isNotDone();
        assertRefused(ask(1), SendResult.DUPLICATE_ID, "DUPLICATE_ID");
        session.close();
        assertRefused(ask(2), SendResult.CLOSED, "CLOSED");
    }

    private CompletableFuture<Reply> ask(final long id)
    {
        return session.requestAsync(id, "{\"id\":" + id + ",\"sign\":\"\u20ac\"}", 1, TimeUnit.SECONDS);
    }

    private Reply await(final CompletableFuture<Reply> reply)
    {
        pump.until("the future completes", reply::isDone);
        return reply.join();
    }

    private static void assertRefused(final CompletableFuture<Reply> reply, final long result, final String name)
    {
        assertThat(reply).isCompletedExceptionally();
        final List<Throwable> thrown = new ArrayList<>();
        reply.whenComplete((ignored, t) -> thrown.add(t));
        assertThat(thrown).singleElement().isInstanceOfSatisfying(RequestRefusedException.class, (ex) ->
        {
            assertThat(ex.result()).isEqualTo(result);
            assertThat(ex.resultName()).isEqualTo(name);
            assertThat(ex).hasMessageContaining("was not sent: " + name);
        });
    }
}
