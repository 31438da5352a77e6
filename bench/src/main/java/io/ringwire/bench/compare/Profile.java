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

import java.util.List;

/**
 * How much to compare if nobody says.
 */
public enum Profile
{
    /** Ends within five minutes on two cores. */
    QUICK(
        List.of("ringwire-inline-spin", "ringwire-inline-block", "ringwire-dedicated-yield",
            "ringwire-dedicated-block", "netty-spin", "netty-block", "java-websocket", "jdk", "okhttp", "jetty", "nv",
            "vertx", "floor-netty", "floor-nio"),
        List.of("receive-128", "send-128", "open-50k", "rtt-128", "reconnect"),
        3, 1.0, 280, 290),

    /** All clients on all transports, in all scenarios. Ends within an hour on two cores. */
    FULL(List.of("*"), List.of("*"), 3, 1.0, 3_300, 3_540);

    private final List<String> clients;
    private final List<String> scenarios;
    private final int rounds;
    private final double warmupS;
    private final int plannedS;
    private final int limitS;

    Profile(
        final List<String> clients,
        final List<String> scenarios,
        final int rounds,
        final double warmupS,
        final int plannedS,
        final int limitS)
    {
        this.clients = clients;
        this.scenarios = scenarios;
        this.rounds = rounds;
        this.warmupS = warmupS;
        this.plannedS = plannedS;
        this.limitS = limitS;
    }

    /**
     * The clients that take part, as far as the lineup has them.
     *
     * @return names or patterns.
     */
    public List<String> clients()
    {
        return clients;
    }

    /**
     * What they are compared by.
     *
     * @return names of scenarios, or patterns.
     */
    public List<String> scenarios()
    {
        return scenarios;
    }

    /**
     * Rounds of each client in each scenario.
     *
     * @return how many.
     */
    public int rounds()
    {
        return rounds;
    }

    /**
     * The warm-up before the first round of a client in a scenario.
     *
     * @return in seconds.
     */
    public double warmupS()
    {
        return warmupS;
    }

    /**
     * The time that all of it is planned for: rounds are as long as it allows.
     *
     * @return in seconds.
     */
    public int plannedS()
    {
        return plannedS;
    }

    /**
     * The time behind which no run begins that can be left out, with some seconds left for the report.
     *
     * @return in seconds.
     */
    public int limitS()
    {
        return limitS;
    }
}
