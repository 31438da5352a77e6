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
package io.ringwire.simulation;

import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionSnapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One schedule: some hundred events with faults, then quiet, then the end, and the checks.
 */
final class Simulation
{
    private static final int QUIET_STEPS = 20_000;

    private final SplittableRandom random;
    private final Agenda agenda = new Agenda();
    private final SimVenue venue;
    private final SimClient client;
    private int events;

    Simulation(final long seed)
    {
        random = new SplittableRandom(seed);
        venue = new SimVenue(agenda, random.split());
        client = new SimClient(agenda, venue, random.split());
    }

    /**
     * Play it.
     *
     * @return how many events it had.
     */
    int run()
    {
        client.machine.start(agenda.nowNs());
        final int steps = 200 + random.nextInt(400);
        for (int i = 0; i < steps; i++)
        {
            step();
        }

        quiet();
        close();
        check();
        client.dispatcher.free();
        return events;
    }

    private void step()
    {
        events++;
        switch (random.nextInt(16))
        {
            case 0, 1 -> client.act();
            case 2, 3, 4 -> client.link.work(1 + random.nextInt(4));
            case 5, 6 -> control(1 + random.nextInt(2));
            case 7, 8 -> client.dispatcher.poll(1 + random.nextInt(4), agenda.nowNs());
            case 9, 10 -> tick();
            case 11 -> fault();
            default -> pass(random.nextLong(random.nextInt(10) == 0 ? 8_000 : 500));
        }
    }

    private void control(final int limit)
    {
        client.link.control(client.machine, limit);
        client.machine.onTime(agenda.nowNs());
    }

    private void tick()
    {
        final SimVenue.Connection connection = client.link.connection();
        if (connection != null)
        {
            connection.tick();
        }
    }

    private void fault()
    {
        if (venue.chance(0.15))
        {
            client.link.cut();
        }
        else if (venue.chance(0.1))
        {
            client.link.closeByVenue(List.of(1000, 1001, 1011, 1012, 1013).get(random.nextInt(5)));
        }
    }

    /**
     * What is on its way arrives before time goes on, so that the venue sees messages when they were sent.
     */
    private void pass(final long ns)
    {
        client.link.work(Integer.MAX_VALUE >> 8);
        agenda.advance(ns);
    }

    /**
     * No more faults: within bounded time the session is live and nothing is under way.
     */
    private void quiet()
    {
        venue.faulty = false;
        client.link.cut(); // what the faults have spoilt for this connection is made good by the next
        int calm = 0;
        for (int i = 0; i < QUIET_STEPS && calm < 50; i++)
        {
            turn();
            calm = isCalm() ? calm + 1 : 0;
        }

        if (calm < 50)
        {
            throw new AssertionError("not quiet: " + client.session + ", in flight " +
                client.session.metrics().requestsInFlight() + ", " + client.session.subscriptions() +
                ", last step " + client.session.lastChange());
        }
    }

    private boolean isCalm()
    {
        final SubscriptionSnapshot channels = client.session.subscriptions();
        return client.session.state() == SessionState.LIVE && client.session.metrics().requestsInFlight() == 0 &&
            channels.desired().equals(channels.acknowledged());
    }

    private void turn()
    {
        events++;
        boolean worked;
        do
        {
            worked = client.link.work(16);
            worked |= client.link.control(client.machine, 16);
            worked |= client.machine.onTime(agenda.nowNs()) > 0;
            worked |= client.dispatcher.poll(16, agenda.nowNs()) > 0;
        }
        while (worked); // ends: nothing comes in without time going on

        agenda.advance(200);
    }

    private void close()
    {
        final int epoch = client.session.epoch();
        final List<String> sent = venue.sentByEpoch.get(epoch);
        final List<String> seen = client.seenByEpoch.getOrDefault(epoch, List.of());
        if (!seen.equals(sent))
        {
            throw new AssertionError("epoch " + epoch + " has lost messages: sent " + sent + ", seen " + seen);
        }

        require(client.link.connection().subscribed.equals(client.session.subscriptions().acknowledged()),
            "the venue sends " + client.link.connection().subscribed + ": " + client.session.subscriptions());
        if (random.nextBoolean())
        {
            client.session.close();
        }
        else
        {
            client.session.abort();
        }

        for (int i = 0; i < QUIET_STEPS && !client.dispatcher.isFinished(); i++)
        {
            turn();
        }

        client.dispatcher.end(agenda.nowNs());
    }

    private void check()
    {
        require(client.dispatcher.isFinished(), "the last event was not delivered");
        require(client.machine.isTerminal(), "the machine goes on in " + client.session.state());
        require(client.link.connectionsOpen == 0, client.link.connectionsOpen + " connections left open");
        require(client.errors.isEmpty(), "errors " + client.errors);
        checkRequests();
        checkMessages();
        checkSteps();
        checkLimits();
        require(client.gaps.size() == Math.max(0, client.session.epoch() - 1),
            client.gaps.size() + " gaps told of in " + client.session.epoch() + " epochs");
    }

    private void checkLimits()
    {
        final List<Long> times = venue.messageTimesNs;
        for (int i = SimClient.WINDOW_LIMIT; client.limited && i < times.size(); i++)
        {
            require(times.get(i) - times.get(i - SimClient.WINDOW_LIMIT) >= SimClient.WINDOW_NS,
                "over the limit at " + times.get(i) + " of " + times);
        }
    }

    private void checkRequests()
    {
        require(client.session.metrics().requestsInFlight() == 0, "requests left in the table");
        require(new ArrayList<>(client.endings.keySet()).equals(client.accepted),
            "requests accepted " + client.accepted + ", ended " + client.endings);
        require(new HashSet<>(venue.requestsSeen).size() == venue.requestsSeen.size(),
            "a request was sent twice: " + venue.requestsSeen);
        for (final Map.Entry<Long, ReplyOutcome> ending : client.endings.entrySet())
        {
            require(client.cancelled.contains(ending.getKey()) == (ending.getValue() == ReplyOutcome.CANCELLED),
                "cancelled " + client.cancelled + ", ended " + client.endings);
        }

        require(client.accepted.containsAll(venue.requestsSeen), "the venue saw a request that was refused");
    }

    private void checkMessages()
    {
        for (final Map.Entry<Integer, List<String>> entry : client.seenByEpoch.entrySet())
        {
            final List<String> seen = entry.getValue();
            final List<String> sent = venue.sentByEpoch.getOrDefault(entry.getKey(), List.of());
            require(seen.size() <= sent.size() && sent.subList(0, seen.size()).equals(seen),
                "epoch " + entry.getKey() + ": sent " + sent + ", seen " + seen);
        }
    }

    private void checkSteps()
    {
        SessionState state = SessionState.IDLE;
        for (final StateChange change : client.changes)
        {
            require(change.from() == state, "a step from " + change.from() + " behind one to " + state);
            state = change.to();
        }
    }

    private static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new AssertionError(message);
        }
    }
}
