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
package io.ringwire.session;

/**
 * One channel of a session: what the user wants of it, and what is known of the venue's view on this connection. Owner:
 * the control thread.
 */
final class Channel
{
    final String name;
    boolean desired = true;
    boolean queued;
    int tries;
    long requestId;
    Status status = Status.OFF;

    Channel(final String name)
    {
        this.name = name;
    }

    /**
     * Does the venue have to be told something? To subscribe if the channel is desired, else to unsubscribe.
     */
    boolean isDue(final int maxTries)
    {
        return tries < maxTries && (status == Status.UNCLEAR || status == (desired ? Status.OFF : Status.ON));
    }

    /**
     * Can an answer be meant for it?
     *
     * @param unsubscribe is it the answer to a request to give the channel up?
     */
    boolean awaits(final boolean unsubscribe)
    {
        return status == Status.UNCLEAR || status == (unsubscribe ? Status.LEAVING : Status.ASKED);
    }

    /**
     * The connection is over: the venue has forgotten the channel.
     */
    void reset()
    {
        queued = false;
        tries = 0;
        status = Status.OFF;
    }

    /**
     * The venue's view on a channel.
     */
    enum Status
    {
        /** It was not asked for the channel. */
        OFF,

        /** It was asked, and has to answer. */
        ASKED,

        /** It acknowledged the channel. */
        ON,

        /** It was asked to give the channel up, and has to answer. */
        LEAVING,

        /** It was asked for the one or the other and did not answer in time. */
        UNCLEAR,

        /** It has given the channel up, or refused it: this object will not be used again. */
        GONE
    }
}
