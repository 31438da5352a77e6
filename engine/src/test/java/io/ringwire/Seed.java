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
package io.ringwire;

import java.util.SplittableRandom;

/**
 * Where random tests take their seed from, so that each run looks elsewhere and any run can be played again.
 */
public final class Seed
{
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private Seed()
    {
    }

    /**
     * A source of random numbers for a test; prints the seed.
     *
     * @param test that uses it.
     * @return the source.
     */
    public static SplittableRandom random(final Class<?> test)
    {
        System.out.println(test.getSimpleName() + ": replay with -Dseed=" + SEED);
        return new SplittableRandom(SEED ^ test.getName().hashCode());
    }
}
