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
package io.ringwire.samples.conformance;

/**
 * How a visit to the server ended.
 *
 * @param end      kind of end.
 * @param reason   in words.
 * @param messages received.
 * @param timeNs   it took.
 */
record VisitResult(End end, String reason, long messages, long timeNs)
{
    /** The kinds of end. */
    enum End
    {
        /** With a close frame of the server. */
        CLOSED("closed by the server"),

        /** By our side, because the server broke a rule or asked too much. */
        FAILED("failed by this side"),

        /** Without a close frame. */
        LOST("connection lost"),

        /** The server did not agree to the upgrade as it should. */
        NOT_UPGRADED("not upgraded"),

        /** By our side, at the deadline. */
        TIMED_OUT("timed out"),

        /** There was no connection. */
        UNREACHABLE("unreachable");

        private final String text;

        End(final String text)
        {
            this.text = text;
        }

        @Override
        public String toString()
        {
            return text;
        }
    }
}
