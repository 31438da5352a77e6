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
package io.ringwire.samples.exchange.connection;

import java.util.concurrent.TimeUnit;

/**
 * What is left of a {@link CreditRule} on one connection.
 */
public final class Credits
{
    private double left = -1; // negative: never used, full
    private long atNs;

    /**
     * Pay for a request.
     *
     * @param rule that holds now.
     * @return false if that is more than is left: nothing was taken.
     */
    public boolean take(final CreditRule rule)
    {
        final long nowNs = System.nanoTime();
        final double refill = (nowNs - atNs) * ((double)rule.refillPerSecond() / TimeUnit.SECONDS.toNanos(1));
        final double available = left < 0 ? rule.capacity() : Math.min(rule.capacity(), left + refill);
        final boolean enough = available >= rule.cost();
        left = enough ? available - rule.cost() : available;
        atNs = nowNs;
        return enough;
    }
}
