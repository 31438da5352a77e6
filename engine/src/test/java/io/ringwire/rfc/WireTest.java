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
package io.ringwire.rfc;

import io.ringwire.Seed;
import io.ringwire.api.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Goes through the checklist of one section in every setting, every case at every split point. Cases of more than
 * {@value #CUT_EVERYWHERE_LENGTH} bytes in lock-step, and of more than {@value #CUT_EVERYWHERE_LENGTH_WITH_THREADS} in
 * the other settings, are cut near their ends and at a few points drawn by the seed;
 * {@code -Dringwire.test.splits=all} cuts them everywhere.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireTest
{
    private static final boolean ALL_SPLITS = "all".equals(System.getProperty("ringwire.test.splits"));
    private static final int CUT_EVERYWHERE_LENGTH = 160;
    private static final int CUT_EVERYWHERE_LENGTH_WITH_THREADS = 40;
    private static final int CUT_NEAR_ENDS_LENGTH = 14;
    private static final int CUTS_BETWEEN = 4;

    private final SplittableRandom random = Seed.random(getClass());
    private Setting current;
    private Wire wire;

    /**
     * The lines of the section.
     */
    abstract String checklist();

    /**
     * What the client does before the server's bytes are sent; most sections are about what the server does.
     *
     * @return the close frame the server then sees, null if none.
     */
    String client(final Session session)
    {
        return null;
    }

    List<Arguments> cases()
    {
        final List<WireCase> cases = WireCase.table(checklist());
        final List<Arguments> all = new ArrayList<>();
        for (final Setting setting : Setting.ALL)
        {
            cases.forEach((wireCase) -> all.add(Arguments.of(setting, wireCase)));
        }

        return all;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void shouldDoAsTheSectionSays(final Setting setting, final WireCase wireCase) throws IOException
    {
        use(setting);
        for (final int split : splits(setting, wireCase.bytes().length))
        {
            try
            {
                wire.play(wireCase, split, this::client);
            }
            catch (final AssertionError ex)
            {
                throw new AssertionError(setting + ", " + wireCase + ", cut behind byte " + split, ex);
            }
        }
    }

    private Iterable<Integer> splits(final Setting setting, final int length)
    {
        final TreeSet<Integer> splits = new TreeSet<>();
        final boolean everywhere = ALL_SPLITS || length <=
            (setting == Setting.LOCK_STEP ? CUT_EVERYWHERE_LENGTH : CUT_EVERYWHERE_LENGTH_WITH_THREADS);
        for (int i = 1; i <= length; i++)
        {
            if (everywhere || i <= CUT_NEAR_ENDS_LENGTH || i > length - CUT_NEAR_ENDS_LENGTH)
            {
                splits.add(i);
            }
        }

        for (int i = 0; i < CUTS_BETWEEN; i++)
        {
            splits.add(1 + random.nextInt(length));
        }

        return splits;
    }

    private void use(final Setting setting) throws IOException
    {
        if (!setting.equals(current))
        {
            closeWire();
            wire = new Wire(setting);
            current = setting;
        }
    }

    @AfterAll
    void closeWire() throws IOException
    {
        if (wire != null)
        {
            wire.close();
            wire = null;
        }
    }
}
