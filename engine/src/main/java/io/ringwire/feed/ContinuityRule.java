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

import io.ringwire.config.ConfigurationException;

/**
 * How the continuity of a channel is judged. Never changes: each {@code with} makes another.
 *
 * @param strategy  that shows what follows what.
 * @param snapshots where the channel's whole picture comes from.
 * @param integrity what a break leads to.
 * @param holds     are messages held until the channel is live, and handed out behind the snapshot? Otherwise they are
 *                  handed out as they come, flagged.
 * @param checksum  that compares the user's book, or null.
 */
public record ContinuityRule(
    GapStrategy strategy, SnapshotSource snapshots, IntegrityMode integrity, boolean holds, Checksum checksum)
{
    /**
     * Refuse what cannot work.
     */
    public ContinuityRule
    {
        if (strategy == null || snapshots == null || integrity == null)
        {
            throw new ConfigurationException("ContinuityRule: strategy " + strategy + ", snapshots " + snapshots +
                " and integrity " + integrity + " must not be null");
        }

        if (holds && snapshots == SnapshotSource.NONE || !holds && snapshots == SnapshotSource.REQUEST)
        {
            throw new ConfigurationException("ContinuityRule: holds=" + holds + " does not go with snapshots " +
                snapshots + ": with NONE there is nothing to wait for, with REQUEST messages must be held");
        }
    }

    /**
     * A rule with {@link IntegrityMode#FLAG} and no checksum, which holds messages only if snapshots are requested.
     *
     * @param strategy  that shows what follows what.
     * @param snapshots where the channel's whole picture comes from.
     * @return the rule.
     */
    public static ContinuityRule of(final GapStrategy strategy, final SnapshotSource snapshots)
    {
        return new ContinuityRule(
            strategy, snapshots, IntegrityMode.FLAG, snapshots == SnapshotSource.REQUEST, null);
    }

    /**
     * The rule with another answer to a break.
     *
     * @param integrity the answer.
     * @return the rule.
     */
    public ContinuityRule withIntegrity(final IntegrityMode integrity)
    {
        return new ContinuityRule(strategy, snapshots, integrity, holds, checksum);
    }

    /**
     * The rule that holds messages, or does not.
     *
     * @param holds true to hold them.
     * @return the rule.
     */
    public ContinuityRule withHolds(final boolean holds)
    {
        return new ContinuityRule(strategy, snapshots, integrity, holds, checksum);
    }

    /**
     * The rule with a checksum.
     *
     * @param checksum to ask behind each message.
     * @return the rule.
     */
    public ContinuityRule withChecksum(final Checksum checksum)
    {
        return new ContinuityRule(strategy, snapshots, integrity, holds, checksum);
    }

    boolean needsSnapshot()
    {
        return snapshots != SnapshotSource.NONE;
    }

    boolean isChecked()
    {
        return integrity != IntegrityMode.OFF;
    }
}
