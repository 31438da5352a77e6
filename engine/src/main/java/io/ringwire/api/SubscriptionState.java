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
package io.ringwire.api;

/**
 * What became of a wish for a channel, or of the wish to give it up.
 */
public enum SubscriptionState
{
    /** The venue said that the channel's messages come. */
    ACKNOWLEDGED,

    /**
     * The venue refused, or the request could not be made. The channel is not desired any more and not asked for again
     * by the engine; that the venue refused to give a channel up means the same.
     */
    REJECTED,

    /**
     * The venue did not answer, as often as it was asked. The channel stays desired: it is asked for again on the next
     * connection, and by the next {@code subscribe}. One that was to be given up is forgotten.
     */
    TIMED_OUT,

    /** The venue said that the channel's messages end, or it had not been told of the channel. */
    UNSUBSCRIBED
}
