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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What the venue does, and what it has seen over all connections.
 */
final class SimVenue
{
    static final String REFUSED_CHANNEL_PREFIX = "no";

    final List<Long> requestsSeen = new ArrayList<>();
    final List<Long> messageTimesNs = new ArrayList<>();
    final Map<Integer, List<String>> sentByEpoch = new HashMap<>();
    final Map<String, Long> sequenceByChannel = new HashMap<>();
    private final Agenda agenda;
    private final SplittableRandom random;
    boolean faulty = true;

    SimVenue(final Agenda agenda, final SplittableRandom random)
    {
        this.agenda = agenda;
        this.random = random;
    }

    boolean chance(final double probability)
    {
        return faulty && random.nextDouble() < probability;
    }

    long delayNs(final long maxNs)
    {
        return random.nextLong(maxNs) + 1;
    }

    /**
     * One end of a connection.
     */
    final class Connection
    {
        final int epoch;
        final List<String> sent;
        final Set<String> subscribed = new TreeSet<>();
        private final SimWire wire;
        private boolean loggedIn;

        Connection(final int epoch, final SimWire wire)
        {
            this.epoch = epoch;
            this.wire = wire;
            sent = new ArrayList<>();
            sentByEpoch.put(epoch, sent); // an attempt that was given up had the same epoch in view
        }

        /**
         * Send what users can see.
         */
        void show(final String text)
        {
            final String numbered = text + " #" + sent.size();
            if (wire.send(numbered))
            {
                sent.add(numbered);
            }
        }

        void tick()
        {
            if (random.nextInt(4) == 0)
            {
                switch (random.nextInt(6))
                {
                    case 0 -> wire.send("demand");
                    case 1 -> wire.send("beat");
                    case 2 -> show("asks " + random.nextInt(5));
                    case 3 -> show("reply " + (1_000_000 + random.nextInt(5))); // to nobody
                    default -> show("noise");
                }
            }

            for (final String channel : subscribed)
            {
                show("stream " + channel + ' ' + sequenceByChannel.merge(channel, 1L, Long::sum));
            }
        }

        void onMessage(final String text)
        {
            messageTimesNs.add(agenda.nowNs());
            final String[] words = text.split(" ");
            final long id = Long.parseLong(words[1]);
            switch (words[0])
            {
                case "request" ->
                {
                    requestsSeen.add(id);
                    answerRequest(id);
                }
                case "login" -> answer(chance(0.05) ? "failed " + id : "done " + id, true);
                case "subscribe", "unsubscribe" -> answerSubscription(words, id);
                case "alive", "setup" ->
                {
                    if (!chance(0.2))
                    {
                        later("done " + id);
                    }
                }
                default -> throw new AssertionError("the venue was told: " + text);
            }
        }

        private void answerRequest(final long id)
        {
            if (chance(0.1))
            {
                return;
            }

            final String text = (chance(0.1) ? "error " : "reply ") + id;
            agenda.in(delayNs(SimClient.REQUEST_TIMEOUT_NS * (faulty ? 2 : 1) / 2), () -> show(text));
            if (chance(0.1))
            {
                agenda.in(delayNs(SimClient.REQUEST_TIMEOUT_NS * 2), () -> show(text));
            }
        }

        private void answer(final String text, final boolean login)
        {
            if (!chance(0.05))
            {
                loggedIn |= login && text.startsWith("done");
                later(text);
            }
        }

        private void answerSubscription(final String[] words, final long id)
        {
            if (!loggedIn)
            {
                throw new AssertionError("not logged in: " + String.join(" ", words));
            }

            if (chance(0.1))
            {
                return; // says nothing and does nothing
            }

            final StringBuilder answer = new StringBuilder("done ").append(id);
            for (int i = 2; i < words.length; i++)
            {
                final String channel = words[i];
                final boolean accepted = !channel.startsWith(REFUSED_CHANNEL_PREFIX);
                answer.append(accepted ? " +" : " -").append(channel);
                if (accepted && words[0].equals("subscribe"))
                {
                    subscribed.add(channel);
                }
                else
                {
                    subscribed.remove(channel);
                }
            }

            if (!chance(0.1))
            {
                later(answer.toString());
            }
        }

        private void later(final String text)
        {
            agenda.in(delayNs(SimClient.ACK_TIMEOUT_NS / (chance(0.1) ? 1 : 4)), () -> wire.send(text));
        }
    }
}
