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
package io.ringwire.bench.micro;

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.dialect.Verdict;
import io.ringwire.session.RequestTable;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A request registered and another resolved by its reply, with so many in flight between the two. The yardstick is the
 * usual map of futures, without a timeout: a timer of the JDK would cost more than the map.
 */
@State(Scope.Thread)
public class RequestTableBenchmark extends MicroSettings
{
    private static final int CAPACITY = 2048;
    private static final int EPOCH = 1;
    private static final long TIMEOUT_NS = TimeUnit.HOURS.toNanos(1);
    private static final int LONG_DIGITS = 20;
    private static final long FIRST_ID = 1_000_000_000L;

    @Param({ "1", "32", "1024" })
    private int inFlight;

    private final RequestTable numbers = new RequestTable(CAPACITY);
    private final RequestTable texts = new RequestTable(CAPACITY);
    private final ConcurrentHashMap<Long, CompletableFuture<Long>> futures = new ConcurrentHashMap<>();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[LONG_DIGITS]);
    private final ReplyHandler handler = (session, id, outcome, buffer, offset, length, rttNs) -> ended = id;
    private final RequestTable.Ending ending =
        (id, outcome, startNs, replyHandler) -> replyHandler.onReply(null, id, outcome, null, 0, 0, startNs);
    private long nextNumber = FIRST_ID;
    private long nextText = FIRST_ID;
    private long nextFuture = FIRST_ID;
    private long ended;

    /**
     * Put the requests in flight that stay between.
     */
    @Setup
    public void open()
    {
        for (int i = 1; i < inFlight; i++)
        {
            registerNumber(nextNumber++);
            registerText(nextText++);
            registerFuture(nextFuture++);
        }
    }

    /**
     * Register the next, resolve the oldest, by an integer.
     *
     * @return which one, for JMH.
     */
    @Benchmark
    public long integerId()
    {
        registerNumber(nextNumber++);
        numbers.reply(nextNumber - inFlight, null, 0, Verdict.NO_TEXT_ID, ReplyOutcome.REPLY, ending);
        return ended;
    }

    /**
     * Register the next, resolve the oldest, by a string of ten digits, with the writing of both.
     *
     * @return which one, for JMH.
     */
    @Benchmark
    public long stringId()
    {
        registerText(nextText++);
        final int length = text.putLongAscii(0, nextText - inFlight);
        texts.reply(0, text, 0, length, ReplyOutcome.REPLY, ending);
        return ended;
    }

    /**
     * The same by the JDK, with an integer.
     *
     * @return which one, for JMH.
     */
    @Benchmark
    public long jdkMapOfFutures()
    {
        registerFuture(nextFuture++);
        final long oldest = nextFuture - inFlight;
        futures.remove(oldest).complete(oldest);
        return ended;
    }

    private void registerNumber(final long id)
    {
        final long token = numbers.register(id, null, 0, Verdict.NO_TEXT_ID, EPOCH, 0, TIMEOUT_NS, handler);
        numbers.confirm(token);
    }

    private void registerText(final long id)
    {
        final int length = text.putLongAscii(0, id);
        final long token = texts.register(id, text, 0, length, EPOCH, 0, TIMEOUT_NS, handler);
        texts.confirm(token);
    }

    private void registerFuture(final long id)
    {
        final CompletableFuture<Long> future = new CompletableFuture<>();
        futures.put(id, future);
        future.thenAccept((reply) -> ended = reply);
    }
}
