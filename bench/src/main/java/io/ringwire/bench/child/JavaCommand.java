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
package io.ringwire.bench.child;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a JVM with the class path of this one, and with its options as far as the child has none of its
 * own: neither this heap nor this JVM's agents, debuggers and assertions.
 */
public final class JavaCommand
{
    private static final String NOT_INHERITED =
        "-Xm[sxn].*|-XX:[+-]AlwaysPreTouch|-agent(lib|path):.*|-javaagent:.*|-Xrunjdwp.*|-Xdebug|-(ea|esa)(:.*)?";
    private static final String COLLECTOR = "-XX:\\+Use\\w*GC";

    private JavaCommand()
    {
    }

    /**
     * The options of a child.
     *
     * @param own of the child, which win; a collector among them replaces this JVM's.
     * @return the options, in order.
     */
    public static List<String> options(final List<String> own)
    {
        return options(ManagementFactory.getRuntimeMXBean().getInputArguments(), own);
    }

    /**
     * The command line.
     *
     * @param options   of the JVM, all of them.
     * @param mainClass to run.
     * @param arguments of it.
     * @return program and arguments.
     */
    public static List<String> of(
        final List<String> options, final Class<?> mainClass, final List<String> arguments)
    {
        final List<String> command = begin(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * The command line that prints the version of a JVM.
     *
     * @param options of the JVM, all of them.
     * @return program and arguments.
     */
    public static List<String> versionOf(final List<String> options)
    {
        final List<String> command = begin(options);
        command.add("-version");
        return command;
    }

    /**
     * A JVM takes one collector.
     */
    static List<String> options(final List<String> ofParent, final List<String> own)
    {
        final boolean ownCollector = own.stream().anyMatch((option) -> option.matches(COLLECTOR));
        final List<String> options = new ArrayList<>();
        for (final String option : ofParent)
        {
            if (!option.matches(NOT_INHERITED) && !(ownCollector && option.matches(COLLECTOR)))
            {
                options.add(option);
            }
        }

        options.addAll(own);
        return options;
    }

    private static List<String> begin(final List<String> options)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        return command;
    }
}
