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
package io.ringwire.dialect;

import java.util.List;

/**
 * What a venue says to a request for channels. The engine implements it.
 */
public interface SubscriptionAnswer
{
    /**
     * The channels that wait for an answer: of the request that the message answers, or, if the message bears no id, of
     * all requests under way, the oldest first.
     *
     * @return their names.
     */
    List<String> open();

    /**
     * Was it asked to give these channels up?
     *
     * @return false if it was asked for them.
     */
    boolean isUnsubscribe();

    /**
     * The venue did as it was asked. A channel that is not open is ignored.
     *
     * @param channel by the venue's name.
     */
    void accept(String channel);

    /**
     * The venue did as it was asked, for all open channels.
     */
    void acceptAll();

    /**
     * The venue refused. A channel that is not open is ignored.
     *
     * @param channel by the venue's name.
     * @param reason  the venue's words.
     */
    void reject(String channel, String reason);

    /**
     * The venue refused all open channels.
     *
     * @param reason the venue's words.
     */
    void rejectAll(String reason);

    /**
     * The venue wants the same request again, later: it was too much at once.
     *
     * @param reason the venue's words.
     */
    void tryLater(String reason);
}
