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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/**
 * {@code ringwire bench rtt}: one message at a time to an echo server and back.
 */
@Command(
    name = "rtt",
    description = "Echo messages one at a time: latency from before the send to the handler.",
    mixinStandardHelpOptions = true)
final class RttCommand extends RunCommand
{
    private static final long DEFAULT_WARMUP = 20_000;
    private static final int MAX_SIZE_BYTES = 16 * 1024 * 1024;

    @Option(names = "--size", defaultValue = "128", description = "Bytes in a message (${DEFAULT-VALUE}).")
    private int sizeBytes;

    @Override
    void check() throws BenchException
    {
        if (sizeBytes < 1 || sizeBytes > MAX_SIZE_BYTES)
        {
            throw new BenchException("--size " + sizeBytes + " is not within 1 to " + MAX_SIZE_BYTES + " bytes");
        }
    }

    @Override
    String[] serverArguments()
    {
        return new String[]{"echo"};
    }

    @Override
    long defaultWarmup()
    {
        return DEFAULT_WARMUP;
    }

    @Override
    void warmUp(final List<Client> clients)
    {
        // the echo server answers as many messages as it takes
    }

    @Override
    Workload workload(final String serverUri)
    {
        return Workload.ofOne(
            Workload.Kind.ECHO, serverUri, sizeBytes, false, Extent.ofMessages(warmup(), messages()), timeoutNs());
    }

    @Override
    void describe(final JsonLine line, final Summary ringwire, final Summary netty)
    {
        line.put("messages", messages()).put("size", sizeBytes);
        line.put("", ringwire);
        if (netty != null)
        {
            line.put("baseline_", netty);
            line.put("ratio_p50", ratio(ringwire, netty));
        }
    }

    @Override
    String heading()
    {
        return "round trips: " + messages() + " messages of " + sizeBytes + " bytes";
    }

    @Override
    double ratio(final Summary ringwire, final Summary netty)
    {
        return (double)ringwire.latencyNs(50) / netty.latencyNs(50);
    }
}
