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

import java.util.PriorityQueue;

/**
 * What is going to happen, by virtual time, and in the order it was put in where the times are the same.
 */
final class Agenda
{
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowNs = 1_000_000_000L;
    private long nextNumber;

    long nowNs()
    {
        return nowNs;
    }

    void in(final long delayNs, final Runnable action)
    {
        entries.add(new Entry(nowNs + delayNs, nextNumber++, action));
    }

    boolean isEmpty()
    {
        return entries.isEmpty();
    }

    /**
     * Let time pass up to the next entry, but not for longer than this, and do what is due.
     */
    void advance(final long atMostNs)
    {
        final long limitNs = nowNs + atMostNs;
        final Entry first = entries.peek();
        nowNs = first == null ? limitNs : Math.max(nowNs, Math.min(limitNs, first.timeNs));
        while (!entries.isEmpty() && entries.peek().timeNs <= nowNs)
        {
            entries.poll().action.run();
        }
    }

    private record Entry(long timeNs, long number, Runnable action) implements Comparable<Entry>
    {
        @Override
        public int compareTo(final Entry other)
        {
            final int byTime = Long.compare(timeNs, other.timeNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
