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
package io.ringwire.bench.cmd;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.server.Feed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code ringwire bench feed}: messages as fast as they come. All messages of the server measured count in the rate, so
 * the code is made hot on a server of the command's own first; garbage is metered after the first tenth, when the
 * connection has settled.
 */
@Command(
    name = "feed",
    description = "Receive messages as fast as they come.",
    mixinStandardHelpOptions = true)
final class FeedCommand extends RunCommand
{
    private static final long DEFAULT_WARMUP = 2_000_000;
    private static final int SETTLING_PART = 10;

    @Option(names = "--size", defaultValue = "128", description = "Own server: bytes in a message (${DEFAULT-VALUE}).")
    private int sizeBytes;

    @Option(names = "--rate", description = "Own server: messages a second; 0, the default, is as fast as they go.")
    private long ratePerS;

    @Option(
        names = "--timestamped",
        description = "Each message begins with the 20 digits of the System.nanoTime() at which it was due: measure " +
            "the latency from then.")
    private boolean timestamped;

    @Override
    void check() throws BenchException
    {
        try
        {
            new Feed(messages(), sizeBytes, ratePerS, timestamped);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new BenchException("--" + ex.getMessage(), ex);
        }
    }

    @Override
    String[] serverArguments()
    {
        return serverArguments(ratePerS);
    }

    @Override
    long defaultWarmup()
    {
        return DEFAULT_WARMUP;
    }

    @Override
    void warmUp(final List<Client> clients) throws BenchException
    {
        if (warmup() == 0)
        {
            return;
        }

        try (ServerProcess server = startServer(serverArguments(0)))
        {
            for (final Client client : clients)
            {
                client.run(workload(server.uri(), Extent.ofMessages(0, warmup())));
            }
        }
    }

    @Override
    Workload workload(final String serverUri)
    {
        final long settling = messages() / SETTLING_PART;
        return workload(serverUri, Extent.ofMessages(settling, messages() - settling));
    }

    @Override
    void describe(final JsonLine line, final Summary ringwire, final Summary netty)
    {
        line.put("frames", ringwire.frames()).put("frames_per_s", ringwire.framesPerS());
        line.put("", ringwire);
        if (netty != null)
        {
            line.put("baseline_frames_per_s", netty.framesPerS());
            line.put("baseline_", netty);
            line.put("ratio_frames_per_s", netty.framesPerS() == 0 ? 0 : ringwire.framesPerS() / netty.framesPerS());
        }
    }

    @Override
    String heading()
    {
        return "feed: " + messages() + " messages";
    }

    @Override
    double ratio(final Summary ringwire, final Summary netty)
    {
        return timestamped ?
            (double)ringwire.latencyNs(50) / netty.latencyNs(50) : ringwire.framesPerS() / netty.framesPerS();
    }

    private Workload workload(final String serverUri, final Extent extent)
    {
        return Workload.ofOne(Workload.Kind.RECEIVE, serverUri, sizeBytes, timestamped, extent, timeoutNs());
    }

    private String[] serverArguments(final long rate)
    {
        final List<String> arguments = new ArrayList<>(
            List.of("feed", "--size", Integer.toString(sizeBytes), "--rate", Long.toString(rate)));
        if (timestamped)
        {
            arguments.add("--timestamped");
        }

        return arguments.toArray(String[]::new);
    }
}
