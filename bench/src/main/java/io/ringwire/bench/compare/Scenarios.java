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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.Workload;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of scenarios. Their names are typed by users and read in reports: they stay as they are.
 */
public final class Scenarios
{
    /** The path of the scenario that needs a capture. */
    public static final String CAPTURE_PATH = "/capture";

    private static final int SMALL = 128;
    private static final int KIB = 1024;

    private Scenarios()
    {
    }

    /**
     * All of them.
     *
     * @return the scenarios, in the order they run.
     */
    public static List<Scenario> all()
    {
        return Stream.of(latencies(), rates(), sessions(), extensions()).flatMap(List::stream).toList();
    }

    private static List<Scenario> latencies()
    {
        return List.of(
            echo("rtt-32", 32, 1),
            echo("rtt-128", SMALL, 1),
            echo("rtt-1k", KIB, 1),
            echo("rtt-16k", 16 * KIB, 1),
            open("open-10k", 10_000, 8_000),
            open("open-50k", 50_000, 10_000));
    }

    private static List<Scenario> rates()
    {
        return List.of(
            receive("receive-32", 32, 1),
            receive("receive-128", SMALL, 1),
            receive("receive-1k", KIB, 1),
            send("send-128", SMALL),
            send("send-1k", KIB),
            new Scenario("capture", "a venue's recorded messages, as fast as they are taken", Scenario.Figure.RATE,
                Workload.Kind.RECEIVE, CAPTURE_PATH, 0, 1, false, false, false),
            new Scenario("reconnect", "from a message that drops the connection to the first message on the next one",
                Scenario.Figure.P50, Workload.Kind.RECONNECT, "/drop", 32, 1, false, false, false));
    }

    private static List<Scenario> sessions()
    {
        return List.of(
            receive("receive-128x10", SMALL, 10),
            receive("receive-128x50", SMALL, 50),
            echo("rtt-128x10", SMALL, 10),
            echo("rtt-128x50", SMALL, 50));
    }

    private static List<Scenario> extensions()
    {
        return List.of(
            new Scenario("receive-128-deflate", "128-byte messages, compressed, as fast as they are taken",
                Scenario.Figure.RATE, Workload.Kind.RECEIVE, "/feed?size=128&deflate=1", SMALL, 1, false, true, false),
            new Scenario("rtt-1k-deflate", "round trip of one 1024-byte message at a time, compressed",
                Scenario.Figure.P50, Workload.Kind.ECHO, "/echo?deflate=1", KIB, 1, false, true, false),
            new Scenario("rtt-128-tls", "round trip of one 128-byte message at a time, TLS",
                Scenario.Figure.P50, Workload.Kind.ECHO, "/echo", SMALL, 1, false, false, true),
            new Scenario("receive-1k-tls", "1024-byte messages as fast as they are taken, TLS",
                Scenario.Figure.RATE, Workload.Kind.RECEIVE, "/feed?size=1024", KIB, 1, false, false, true));
    }

    private static Scenario echo(final String name, final int sizeBytes, final int sessions)
    {
        return new Scenario(name, "round trip of one " + sizeBytes + "-byte message at a time" + on(sessions),
            Scenario.Figure.P50, Workload.Kind.ECHO, "/echo", sizeBytes, sessions, false, false, false);
    }

    private static Scenario open(final String name, final int ratePerS, final int burst)
    {
        return new Scenario(
            name,
            "one-way latency from the time due, 128-byte messages, " + ratePerS + " a second and bursts of " + burst,
            Scenario.Figure.P99,
            Workload.Kind.RECEIVE,
            "/feed?size=128&rate=" + ratePerS + "&stamped=1&burst=" + burst + "&every=1000",
            SMALL,
            1,
            true,
            false,
            false);
    }

    private static Scenario receive(final String name, final int sizeBytes, final int sessions)
    {
        return new Scenario(name, sizeBytes + "-byte messages as fast as they are taken" + on(sessions),
            Scenario.Figure.RATE, Workload.Kind.RECEIVE, "/feed?size=" + sizeBytes, sizeBytes, sessions, false, false,
            false);
    }

    private static Scenario send(final String name, final int sizeBytes)
    {
        return new Scenario(name, sizeBytes + "-byte messages sent as fast as the server takes them",
            Scenario.Figure.RATE, Workload.Kind.SEND, "/sink", sizeBytes, 1, false, false, false);
    }

    private static String on(final int sessions)
    {
        return sessions == 1 ? "" : ", on each of " + sessions + " sessions";
    }
}
