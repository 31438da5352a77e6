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

import org.agrona.DirectBuffer;

/**
 * The rate limits of a session, as configured. Any thread; nothing here blocks, and nothing allocates. It answers after
 * the session was closed as before. A session without limits has no bucket, and everything passes.
 * <p>
 * Times are those of the engine's clock ({@code EngineContext.nanoClock}, by default {@link System#nanoTime()}).
 */
public interface RateLimits
{
    /**
     * Take the tokens of a message without sending it: for one that goes another way to the same account, or that was
     * claimed with {@link Session#tryClaim} where the policy lets claims cost nothing.
     *
     * @param method of the message; one that the policy does not name has the default cost.
     * @return true if the tokens were taken, false if nothing was.
     */
    boolean tryAcquire(CharSequence method);

    /**
     * When a message would pass, if nobody else sends until then.
     *
     * @param buffer that holds the message.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return the time in ns, which is the present if it would pass at once.
     */
    long earliestNs(DirectBuffer buffer, int offset, int length);

    /**
     * How long a message would have to wait, if nobody else sends until then.
     *
     * @param buffer that holds the message.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return the time in ns, 0 if it would pass at once.
     */
    long delayNs(DirectBuffer buffer, int offset, int length);

    /**
     * How long a message of a method would have to wait, if nobody else sends until then.
     *
     * @param method of the message; one that the policy does not name has the default cost.
     * @return the time in ns, 0 if it would pass at once.
     */
    long delayNs(CharSequence method);

    /**
     * The tokens that a message could take now: the reserve is not among them.
     *
     * @param bucket its name in the policy.
     * @return tokens, 0 while the venue's complaint about our rate is answered by a pause.
     * @throws IllegalArgumentException that names a bucket the policy does not have.
     */
    int available(String bucket);

    /**
     * The tokens of a full bucket, those of the reserve among them.
     *
     * @param bucket its name in the policy.
     * @return tokens.
     * @throws IllegalArgumentException that names a bucket the policy does not have.
     */
    int capacity(String bucket);

    /**
     * Tokens taken for messages that were refused in the end: of two that need several buckets at the same moment, the
     * one that comes too late in the second cannot always give back what it took from the first.
     *
     * @return tokens of all buckets since the session was made.
     */
    long tokensLost();
}
