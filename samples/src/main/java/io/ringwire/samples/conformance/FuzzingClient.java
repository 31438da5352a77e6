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
package io.ringwire.samples.conformance;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.cli.StandardStreams;
import io.ringwire.samples.conformance.VisitResult.End;
import org.agrona.BitUtil;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Speaks the client's part of a fuzzing server's protocol: ask how many cases there are, run each over a connection of
 * its own, and have the reports written.
 */
final class FuzzingClient
{
    private static final long QUESTION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int RING_CAPACITY = 1024;
    private static final int ANSWER_LENGTH = 64 * 1024;

    private final Engine engine;
    private final String server;
    private final String agent;
    private final boolean deflate;
    private final int maxMessageLength;
    private final long caseTimeoutNs;
    private final StandardStreams streams;
    private final Map<End, Integer> ends = new EnumMap<>(End.class);

    FuzzingClient(
        final Engine engine,
        final String server,
        final String agent,
        final boolean deflate,
        final int maxMessageLength,
        final long caseTimeoutNs,
        final StandardStreams streams)
    {
        this.engine = engine;
        this.server = server;
        this.agent = URLEncoder.encode(agent, StandardCharsets.UTF_8).replace("+", "%20");
        this.deflate = deflate;
        this.maxMessageLength = maxMessageLength;
        this.caseTimeoutNs = caseTimeoutNs;
        this.streams = streams;
    }

    /**
     * Run cases, and have the reports written.
     *
     * @param ranges of cases; none for all.
     * @throws IOException if the server cannot be reached or does not keep to the protocol.
     */
    void run(final List<CaseRange> ranges) throws IOException, InterruptedException
    {
        final int count = caseCount();
        for (final CaseRange range : ranges)
        {
            if (range.last() > count)
            {
                throw new IOException("case " + range.last() + " was asked for: " + server + " has " + count);
            }
        }

        for (final CaseRange range : ranges.isEmpty() ? List.of(new CaseRange(1, count)) : ranges)
        {
            for (int number = range.first(); number <= range.last(); number++)
            {
                runCase(number, count);
            }
        }

        updateReports();
        summarize();
    }

    private int caseCount() throws IOException, InterruptedException
    {
        final StringBuffer answer = new StringBuffer(); // the handler writes it before the end of the visit
        final MessageHandler reader = (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            answer.append(buffer.getStringWithoutLengthUtf8(offset, Math.min(length, 100)));
            session.close(); // the server does so, too, but not every one
        };
        final VisitResult result =
            new Visit(QUESTION_TIMEOUT_NS).run(engine, config("/getCaseCount", ANSWER_LENGTH), reader);
        check("/getCaseCount", result);
        final String count = answer.toString().strip();
        if (!count.matches("\\d{1,9}"))
        {
            throw new IOException(server + "/getCaseCount was answered with '" + count + "', not with a number");
        }

        return Integer.parseInt(count);
    }

    private void runCase(final int number, final int count) throws IOException, InterruptedException
    {
        final String path = "/runCase?case=" + number + "&agent=" + agent;
        final Visit visit = new Visit(caseTimeoutNs);
        final VisitResult result = visit.run(
            engine, config(path, maxMessageLength), new EchoHandler(visit, 2L * maxMessageLength));
        if (result.end() == End.UNREACHABLE)
        {
            throw new IOException("cannot reach " + server + " for case " + number + ": " + result.reason());
        }

        ends.merge(result.end(), 1, Integer::sum);
        streams.err().printf("ringwire: case %d of %d: %s (%s), %d messages, %d ms%n",
            number, count, result.end(), result.reason(), result.messages(),
            TimeUnit.NANOSECONDS.toMillis(result.timeNs()));
    }

    private void updateReports() throws IOException, InterruptedException
    {
        final String path = "/updateReports?agent=" + agent;
        final MessageHandler nobody = (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {};
        check(path, new Visit(QUESTION_TIMEOUT_NS).run(engine, config(path, ANSWER_LENGTH), nobody));
    }

    private void summarize()
    {
        final int cases = ends.values().stream().mapToInt(Integer::intValue).sum();
        final StringBuilder text = new StringBuilder("cases run: ").append(cases);
        ends.forEach((end, number) -> text.append(", ").append(end).append(": ").append(number));
        streams.out().println(text);
    }

    /**
     * What is no case ends as agreed: the server closes, or at the least ends the connection.
     */
    private void check(final String path, final VisitResult result) throws IOException
    {
        if (result.end() == End.UNREACHABLE)
        {
            throw new IOException("cannot reach " + server + ": " + result.reason());
        }

        if (result.end() != End.CLOSED && result.end() != End.LOST)
        {
            throw new IOException(server + path + ": " + result.end() + " (" + result.reason() + ")");
        }
    }

    private SessionConfig config(final String path, final int maxMessageLength)
    {
        return new SessionConfig()
            .uri(server + path)
            .deflate(new DeflatePolicy().enabled(deflate))
            .reconnect(ReconnectPolicy.never())
            .heartbeat(new HeartbeatPolicy().intervalNs(0)) // a fuzzing server sees only what its case asks for
            .buffers(new BufferPolicy()
                .ringCapacity(RING_CAPACITY)
                .arenaLength(2 * BitUtil.findNextPositivePowerOfTwo(Math.max(maxMessageLength, ANSWER_LENGTH))))
            .maxMessageLength(maxMessageLength);
    }
}
