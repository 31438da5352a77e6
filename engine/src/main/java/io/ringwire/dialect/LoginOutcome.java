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

/**
 * What an answer to a login means.
 *
 * @param kind           accepted, rejected, or more has to be said.
 * @param reason         why it was rejected, the venue's words; else empty.
 * @param refreshAfterNs after which the login has to be refreshed, 0 for never.
 */
public record LoginOutcome(Kind kind, String reason, long refreshAfterNs)
{
    /**
     * The three ends of a step.
     */
    public enum Kind
    {
        /** Logged in. */
        ACCEPTED,

        /** Not logged in: trying the same again would not help. */
        REJECTED,

        /** Ask the {@link Authenticator} for the next message. */
        CONTINUE
    }

    /**
     * Logged in, for as long as the connection lives.
     *
     * @return the outcome.
     */
    public static LoginOutcome accepted()
    {
        return new LoginOutcome(Kind.ACCEPTED, "", 0);
    }

    /**
     * Logged in for some time.
     *
     * @param refreshAfterNs after which the login has to be refreshed.
     * @return the outcome.
     */
    public static LoginOutcome accepted(final long refreshAfterNs)
    {
        return new LoginOutcome(Kind.ACCEPTED, "", refreshAfterNs);
    }

    /**
     * Not logged in.
     *
     * @param reason the venue's words.
     * @return the outcome.
     */
    public static LoginOutcome rejected(final String reason)
    {
        return new LoginOutcome(Kind.REJECTED, reason, 0);
    }

    /**
     * More has to be said.
     *
     * @return the outcome.
     */
    public static LoginOutcome next()
    {
        return new LoginOutcome(Kind.CONTINUE, "", 0);
    }
}
