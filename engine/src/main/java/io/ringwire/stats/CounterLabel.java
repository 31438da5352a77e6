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
package io.ringwire.stats;

/**
 * The label of a counter: its name in words with dashes, a space, and whose it is. {@code messages-received
 * session=deribit}, {@code max-cycle-ns agent=ringwire-io}, {@code errors engine}.
 *
 * @param name    of the counter, without spaces.
 * @param session the name of the session it is of, or null.
 * @param agent   the role name of the agent it is of, or null. The engine as a whole is neither.
 */
public record CounterLabel(String name, String session, String agent)
{
    private static final String SESSION = " session=";
    private static final String AGENT = " agent=";
    private static final String ENGINE = " engine";

    static CounterLabel ofEngine(final String name)
    {
        return new CounterLabel(name, null, null);
    }

    static CounterLabel ofAgent(final String name, final String agent)
    {
        return new CounterLabel(name, null, agent);
    }

    static CounterLabel ofSession(final String name, final String session)
    {
        return new CounterLabel(name, session, null);
    }

    /**
     * Take a label apart.
     *
     * @param label as in the file; one that names nobody is of the engine.
     * @return its parts.
     */
    public static CounterLabel parse(final String label)
    {
        final int space = label.indexOf(' ');
        final int nameLength = space < 0 ? label.length() : space;
        final String name = label.substring(0, nameLength);
        if (label.startsWith(SESSION, nameLength))
        {
            return ofSession(name, label.substring(nameLength + SESSION.length()));
        }

        if (label.startsWith(AGENT, nameLength))
        {
            return ofAgent(name, label.substring(nameLength + AGENT.length()));
        }

        return ofEngine(name);
    }

    /** {@return the label} */
    @Override
    public String toString()
    {
        if (session != null)
        {
            return name + SESSION + session;
        }

        return name + (agent != null ? AGENT + agent : ENGINE);
    }
}
