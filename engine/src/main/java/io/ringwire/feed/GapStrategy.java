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

/**
 * How a message shows that it follows the one before.
 */
public enum GapStrategy
{
    /** Its number is one more. */
    ARITHMETIC
    {
        @Override
        boolean follows(final long last, final boolean afterSnapshot, final FeedMessage message)
        {
            return message.sequence == last + 1;
        }
    },

    /** The range of numbers it covers begins at or before the next one ({@code U <= last + 1 <= u}). */
    RANGE
    {
        @Override
        boolean follows(final long last, final boolean afterSnapshot, final FeedMessage message)
        {
            return covers(last, message);
        }
    },

    /**
     * It names the number of the one before. The first behind a snapshot may cover the snapshot's number in its range
     * instead.
     */
    CHAIN
    {
        @Override
        boolean follows(final long last, final boolean afterSnapshot, final FeedMessage message)
        {
            return message.previousSequence == last ||
                afterSnapshot && message.firstSequence != Verdict.NO_SEQUENCE && covers(last, message);
        }
    },

    /** Its number, if any, shows no more than which message it is; the checksum of the rule, if any, shows the rest. */
    CHECKSUM
    {
        @Override
        boolean follows(final long last, final boolean afterSnapshot, final FeedMessage message)
        {
            return true;
        }
    };

    /**
     * Does a message whose number is above the last follow it?
     */
    abstract boolean follows(long last, boolean afterSnapshot, FeedMessage message);

    private static boolean covers(final long last, final FeedMessage message)
    {
        final long first =
            message.firstSequence == Verdict.NO_SEQUENCE ? message.sequence : message.firstSequence;
        return first <= last + 1;
    }
}
