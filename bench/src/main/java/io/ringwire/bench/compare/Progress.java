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

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How far a comparison is. Called by the thread that runs it.
 */
public interface Progress extends AutoCloseable
{
    /**
     * Something else begins.
     *
     * @param what       it is.
     * @param isScenario true for a scenario, false for a run of one.
     */
    void onBegin(String what, boolean isScenario);

    /**
     * Runs are over, or will not happen.
     *
     * @param runs how many.
     */
    void onDone(int runs);

    /** All is over. */
    @Override
    void close();

    /**
     * A line for each scenario, without control characters.
     *
     * @param runs of all.
     * @param out  for the lines.
     * @return the progress.
     */
    static Progress ofLines(final int runs, final Consumer<String> out)
    {
        return new Progress()
        {
            private final long startNs = System.nanoTime();
            private int done;

            @Override
            public void onBegin(final String what, final boolean isScenario)
            {
                if (isScenario)
                {
                    final long elapsedS = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
                    out.accept(what + ": " + done + " of " + runs + " runs done, " + elapsedS + " s");
                }
            }

            @Override
            public void onDone(final int count)
            {
                done += count;
            }

            @Override
            public void close()
            {
            }
        };
    }

    /**
     * A bar that is drawn again and again, seldom enough to cost nothing.
     *
     * @param runs  of all.
     * @param out   a terminal.
     * @param width of it in characters.
     * @return the progress.
     */
    static Progress ofBar(final int runs, final PrintStream out, final int width)
    {
        final ProgressBar bar = new ProgressBarBuilder()
            .setTaskName("compare")
            .setInitialMax(runs)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int)TimeUnit.SECONDS.toMillis(1))
            .setConsumer(new ConsoleProgressBarConsumer(out, width))
            .build();
        return new Progress()
        {
            @Override
            public void onBegin(final String what, final boolean isScenario)
            {
                bar.setExtraMessage(" " + what);
            }

            @Override
            public void onDone(final int count)
            {
                bar.stepBy(count);
            }

            @Override
            public void close()
            {
                bar.close();
            }
        };
    }

    /**
     * Is the standard error a terminal?
     *
     * @return false also if nobody knows.
     */
    static boolean isTerminal()
    {
        try
        {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) &&
                !"dumb".equals(System.getenv("TERM"));
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            return false; // not on Linux
        }
    }
}
