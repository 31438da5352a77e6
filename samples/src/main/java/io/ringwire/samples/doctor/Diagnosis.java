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

/**
 * What a probe has found.
 *
 * @param verdict what it means.
 * @param found   in a few words; empty if nothing was.
 * @param advice  one sentence with what to do, or why nothing is known; empty if there is nothing to do.
 */
record Diagnosis(Verdict verdict, String found, String advice)
{
    static Diagnosis ok(final String found)
    {
        return new Diagnosis(Verdict.OK, found, "");
    }

    static Diagnosis warn(final String found, final String advice)
    {
        return new Diagnosis(Verdict.WARN, found, advice);
    }

    static Diagnosis bad(final String found, final String advice)
    {
        return new Diagnosis(Verdict.BAD, found, advice);
    }

    static Diagnosis unknown(final String why)
    {
        return new Diagnosis(Verdict.UNKNOWN, "", why);
    }

    /**
     * For what is right or else only worth a warning.
     */
    static Diagnosis okIf(final boolean isRight, final String found, final String advice)
    {
        return isRight ? ok(found) : warn(found, advice);
    }
}
