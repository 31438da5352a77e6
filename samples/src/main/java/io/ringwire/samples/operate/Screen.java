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
package io.ringwire.samples.operate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal whose content is written over in place, cut to its size, so that nothing scrolls. It is left as it is:
 * no mode is switched that an interrupt would have to switch back.
 */
final class Screen
{
    private static final String ERASE_ALL = "\033[2J";
    private static final String HOME = "\033[H";
    private static final String END_OF_LINE = "\033[K\n";
    private static final String ERASE_BELOW = "\033[J";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)");
    private static final long STTY_TIMEOUT_S = 1;

    private final PrintStream out;
    private boolean used;
    private int rows = Integer.MAX_VALUE;
    private int columns = Integer.MAX_VALUE;

    Screen(final PrintStream out)
    {
        this.out = out;
    }

    /**
     * Ask the terminal for its size, which its user may change at any time.
     *
     * @return this.
     */
    Screen measure() throws InterruptedException
    {
        try
        {
            final Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            if (stty.waitFor(STTY_TIMEOUT_S, TimeUnit.SECONDS))
            {
                size(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
            }

            stty.destroy();
        }
        catch (final IOException ex)
        {
            size(""); // a platform without stty
        }

        return this;
    }

    /**
     * Believe in a size.
     *
     * @param size rows and columns with a blank between, as {@code stty size} says it; anything else is no limit.
     * @return this.
     */
    Screen size(final String size)
    {
        final Matcher matcher = SIZE.matcher(size);
        final boolean known = matcher.matches() && !size.startsWith("0 ") && !size.endsWith(" 0");
        rows = known ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        columns = known ? Integer.parseInt(matcher.group(2)) : Integer.MAX_VALUE;
        return this;
    }

    /**
     * Write over what is there. The last row is left to the prompt that follows an interrupt.
     */
    void show(final List<String> lines)
    {
        final StringBuilder text = new StringBuilder(used ? HOME : HOME + ERASE_ALL);
        final int room = rows - 1;
        final int shown = lines.size() <= room ? lines.size() : Math.max(0, room - 1);
        for (final String line : lines.subList(0, shown))
        {
            final boolean heading = !line.startsWith(" ");
            text.append(heading ? BOLD : "").append(cut(line)).append(heading ? PLAIN : "").append(END_OF_LINE);
        }

        if (shown < lines.size())
        {
            text.append(cut("... and " + (lines.size() - shown) +
                " lines more: a taller window, --no-zeros or --filter")).append(END_OF_LINE);
        }

        used = true;
        out.print(text.append(ERASE_BELOW));
        out.flush();
    }

    private String cut(final String line)
    {
        return line.length() <= columns ? line : line.substring(0, columns);
    }
}
