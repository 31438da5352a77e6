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

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.pool.PoolPolicy;
import io.ringwire.pool.SessionPool;
import io.ringwire.stats.AllocationMeter;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pool of real sessions.
 */
class PoolTest extends SystemTest
{
    private static final int WINDOWS = 21;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final ReplyHandler replies = this::onReply;
    private final RawConnection[] connections = new RawConnection[2];
    private SessionPool pool;

    @AfterEach
    void closePool()
    {
        if (pool != null)
        {
            pool.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W25: an order is not sent again when its connection drops")
    void shouldNotSendAnOrderAgainWhenItsConnectionDrops(final ThreadingMode mode)
    {
        open(mode);
        assertThat(order(1)).isPositive();
        pump.until("one venue has the order", () -> connections[0].hasByte() || connections[1].hasByte());
        final int first = connections[0].hasByte() ? 0 : 1;
        connections[first].readFrame();
        connections[first].close();
        untilHandlerSaw("reply 1 UNKNOWN_OUTCOME");
        pump.settle();
        assertThat(connections[1 - first].hasByte()).isFalse();
        assertThat(handler.count("reply 1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAskAnotherMemberWhenTheConnectionOfAQueryDrops(final ThreadingMode mode)
    {
        open(mode);
        final UnsafeBuffer text = buffer("{\"id\":1}");
        assertThat(pool.requestRepeatable(1, text, 0, text.capacity(), 10 * SECOND_NS, replies)).isPositive();
        pump.until("one venue has the query", () -> connections[0].hasByte() || connections[1].hasByte());
        final int first = connections[0].hasByte() ? 0 : 1;
        connections[first].readFrame();
        connections[first].close();
        assertThat(connections[1 - first].readFrame().text()).isEqualTo("{\"id\":1}");
        connections[1 - first].writeText("{\"id\":1}");
        untilHandlerSaw("reply 1 REPLY");
        assertThat(handler.count("reply 1")).isOne();
        assertThat(pool.failovers()).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldMakeAMemberThatFailedAnewAndServeMeanwhile(final ThreadingMode mode)
    {
        open(mode);
        connections[0].close();
        final int failed = pool.members().get(0).id();
        pump.until("restarted", () ->
        {
            look();
            return pool.members().get(0).incarnation() == 2 || pool.members().get(1).incarnation() == 2;
        });
        assertThat(failed).isZero();
        assertThat(order(1)).isPositive();
        assertThat(connections[1].readFrame().text()).isEqualTo("{\"id\":1}");
        venue.accept(pump).upgrade();
        pump.until("two are live", () -> pool.members().stream().allMatch((member) -> member.isLive()));
    }

    @Test
    @DisplayName("W2, G20: a pool outlives the thread that made it")
    void shouldOutliveTheThreadThatMadeItAndLeaveNone() throws InterruptedException
    {
        final Thread maker = new Thread(() -> open(ThreadingMode.DEDICATED));
        maker.start();
        maker.join();
        assertThat(order(1)).isPositive();
        pool.close();
        assertThat(pool.members()).allMatch((member) -> member.session().state().isTerminal());
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().contains("pool"));
        assertThat(order(2)).isEqualTo(SendResult.CLOSED);
    }

    /**
     * Sends until the windows are full, and then refusals: both ways through the pool.
     */
    @Test
    void shouldSendWithoutAllocating()
    {
        open(ThreadingMode.INVOKER);
        final UnsafeBuffer text = buffer("{\"id\":1}");
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        final long[] bytes = new long[WINDOWS];
        for (int window = -WINDOWS; window < WINDOWS; window++)
        {
            final long before = meter.allocatedBytes();
            for (int i = 0; i < 500; i++)
            {
                pool.send(1, text, 0, text.capacity());
                pool.sendRepeatable(1, text, 0, text.capacity());
                pool.request(i, text, 0, text.capacity(), SECOND_NS, replies);
                pool.requestRepeatable(i, text, 0, text.capacity(), SECOND_NS, replies);
            }

            bytes[Math.max(0, window)] = meter.allocatedBytes() - before;
        }

        Arrays.sort(bytes);
        assertThat(bytes[WINDOWS / 2]).isZero();
    }

    private void open(final ThreadingMode mode)
    {
        launch(mode);
        final PoolPolicy policy = new PoolPolicy().errorHandler(errors::add).restartBaseNs(1).restartCapNs(SECOND_NS)
            .cycleNs(TimeUnit.MILLISECONDS.toNanos(1)).threaded(mode != ThreadingMode.INVOKER);
        pool = SessionPool.launch(policy, engine::connect);
        for (int i = 0; i < connections.length; i++)
        {
            pool.add(this::memberConfig);
            connections[i] = venue.accept(pump);
            connections[i].upgrade();
        }

        pump.until("both are live", () -> pool.members().stream().allMatch((member) -> member.isLive()));
        look();
    }

    private SessionConfig memberConfig()
    {
        return config()
            .dialect(new JsonRpcDialect())
            .reconnect(ReconnectPolicy.never())
            .timeouts(new TimeoutPolicy().closeNs(SECOND_NS / 50)); // no venue here answers a close
    }

    private void look()
    {
        if (engine.threads().isEmpty())
        {
            pool.doWork();
        }
    }

    private long order(final long id)
    {
        final UnsafeBuffer text = buffer("{\"id\":" + id + "}");
        return pool.request(id, text, 0, text.capacity(), 10 * SECOND_NS, replies);
    }

    private void onReply(
        final Session session,
        final long id,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        handler.log().add("reply " + id + " " + outcome);
    }
}
