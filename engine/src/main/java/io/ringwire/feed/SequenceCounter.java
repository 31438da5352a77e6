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
package io.ringwire.feed;

import io.ringwire.dialect.Verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of sequence numbers: of a channel, or shared by several. Owner: the feed's thread.
 */
final class SequenceCounter
{
    final ContinuityRule rule;
    final boolean shared;
    final List<FeedChannel> channels = new ArrayList<>();
    final RecentSequences recent; // null if the numbers themselves show what was seen
    long last = Verdict.NO_SEQUENCE;
    boolean known;
    boolean afterSnapshot;
    boolean resumes; // no message came since the last connection was lost
    FeedMessage held; // by number
    long gapSinceNs = FeedChannel.NEVER;
    private final long[] lastOf = new long[SequencedFeed.MAX_INPUTS]; // by slot of the input

    SequenceCounter(final ContinuityRule rule, final boolean shared, final int dedupeWindow)
    {
        this.rule = rule;
        this.shared = shared;
        recent = rule.strategy() == GapStrategy.CHECKSUM ? new RecentSequences(dedupeWindow) : null;
        Arrays.fill(lastOf, Verdict.NO_SEQUENCE);
    }

    /**
     * Note that an input has come to this number.
     *
     * @return false if it had been further: within a connection numbers do not go back, unless the venue starts anew.
     * So it is, if nothing was connected meanwhile, when the next connection begins below what was handed out.
     */
    boolean note(final int slot, final FeedMessage message)
    {
        final boolean forth = message.sequence >= (resumes ? last : lastOf[slot]);
        resumes = false;
        lastOf[slot] = message.isSnapshot && !shared ? Verdict.NO_SEQUENCE : message.sequence;
        return forth || shared && message.isSnapshot;
    }

    /**
     * Has an input not yet come past the last number handed out? Then what is missing may still come from there.
     */
    boolean isAwaited(final int slot)
    {
        return lastOf[slot] <= last;
    }

    /**
     * An input begins, or has lost its connection.
     */
    void forget(final int slot)
    {
        lastOf[slot] = Verdict.NO_SEQUENCE;
    }

    /**
     * Nothing is known of what comes next.
     */
    void restart()
    {
        known = false;
        last = Verdict.NO_SEQUENCE;
        afterSnapshot = false;
        resumes = false;
        if (recent != null)
        {
            recent.clear();
        }
    }
}
