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
package io.ringwire.samples.doctor;

import io.ringwire.config.ConfigurationException;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A probe with its place in the report. Whatever the probe throws is a finding too: that nothing is known, and why.
 *
 * @param name    of the line.
 * @param section of tuning.md.
 * @param probe   that looks.
 */
record Check(String name, Section section, Probe probe)
{
    private static final int MAX_LENGTH = 300; // of what files and native libraries say

    Finding run()
    {
        final Diagnosis diagnosis = diagnose();
        return new Finding(
            name, printable(diagnosis.found()), diagnosis.verdict(), printable(diagnosis.advice()), section);
    }

    private Diagnosis diagnose()
    {
        try
        {
            return probe.examine();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return Diagnosis.unknown("interrupted");
        }
        catch (final IOException | UncheckedIOException | ConfigurationException ex)
        {
            return Diagnosis.unknown(ex.getMessage() == null ? ex.toString() : ex.getMessage());
        }
        catch (final Exception | LinkageError ex)
        {
            return Diagnosis.unknown("the probe failed: " + ex);
        }
    }

    /**
     * Files may hold anything, and a terminal obeys some of it.
     */
    private static String printable(final String text)
    {
        final String line = text.replaceAll("[\\p{Cc}\\s]+", " ").trim();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
