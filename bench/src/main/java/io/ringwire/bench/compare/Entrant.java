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
package io.ringwire.bench.compare;

import java.util.List;

/**
 * A client that takes part, with the options of its JVM.
 *
 * @param client     its name in the lineup.
 * @param label      of the JVM options; empty if there is only one kind of JVM.
 * @param jvmOptions behind those that all JVMs have.
 */
public record Entrant(String client, String label, List<String> jvmOptions)
{
    /**
     * Its name in the results.
     *
     * @return the client, with the label behind it in brackets if there is one.
     */
    public String name()
    {
        return label.isEmpty() ? client : client + '[' + label + ']';
    }

    /**
     * The client that a name in the results begins with.
     *
     * @param name of an entrant.
     * @return the name without the label.
     */
    public static String clientOf(final String name)
    {
        final int at = name.indexOf('[');
        return at < 0 ? name : name.substring(0, at);
    }

    /**
     * Threads of it that never wait in the kernel, as its name tells.
     *
     * @return how many.
     */
    public int busyThreads()
    {
        final boolean busy = client.contains("-spin") || client.contains("-yield") ||
            client.equals("floor-netty") || client.equals("floor-nio");
        return !busy ? 0 : client.contains("-dedicated") ? 2 : 1;
    }
}
