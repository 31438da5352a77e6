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
package io.ringwire.samples.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Looks at a page with headless Chromium; skipped on a machine without.
 */
@Timeout(90)
class ScreenshotTest
{
    private static final int WIDTH = 1_040;
    private static final int HEIGHT = 1_200;
    private static final long TIMEOUT_S = 60;
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    private Path directory;

    @Test
    void shouldShowTheChartsInABrowser() throws Exception
    {
        final Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no " + BROWSERS + " on the PATH: nobody looks at the page");

        final BufferedImage screen = screenshot(browser.orElseThrow(), writePage());

        assertThat(screen.getWidth()).isEqualTo(WIDTH);
        assertThat(screen.getHeight()).isEqualTo(HEIGHT);
        for (int i = 0; i < 2; i++)
        {
            assertCurveAcrossTheChart(screen, ChartStyle.SERIES.get(i).getRGB());
        }
    }

    private Path writePage() throws IOException
    {
        final Path log = new LogFile().ramp("fast", 0, 10).ramp("slow", 0, 1_000).ramp("fast", 1, 20)
            .writeTo(directory.resolve("run.hlog"));
        final List<LatencySeries> series = LatencyLog.read(log, LatencyLog.Selection.ALL).series();
        final Picture curves =
            new Picture("curves", PercentileChart.of("By percentile", series, LatencyUnit.US));
        final Picture times =
            new Picture("times", TimelineChart.of(series.get(0), LatencyUnit.US, LogFile.START_MS));
        return Files.writeString(
            directory.resolve("page.html"),
            new ReportPage("Screenshot").latencies(series, null).picture(curves, "").picture(times, "").html());
    }

    private BufferedImage screenshot(final Path browser, final Path page) throws Exception
    {
        final Path picture = directory.resolve("screen.png");
        final Path output = directory.resolve("browser.txt");
        final Process process = new ProcessBuilder(
            browser.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-extensions", "--disable-background-networking", "--no-first-run", "--hide-scrollbars",
            "--force-device-scale-factor=1", "--blink-settings=preferredColorScheme=1",
            "--user-data-dir=" + directory.resolve("profile"), "--window-size=" + WIDTH + "," + HEIGHT,
            "--screenshot=" + picture, page.toUri().toString())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try
        {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).as("the browser ended in time").isTrue();
        }
        finally
        {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        assertThat(picture).as(Files.readString(output)).exists();
        return ImageIO.read(picture.toFile());
    }

    // The mark in the table has the curve's colour too, but is 10 dots wide.
    private static void assertCurveAcrossTheChart(final BufferedImage screen, final int colour)
    {
        int left = screen.getWidth();
        int right = 0;
        for (int x = 0; x < screen.getWidth(); x++)
        {
            for (int y = 0; y < screen.getHeight(); y++)
            {
                if (screen.getRGB(x, y) == colour)
                {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
        }

        assertThat(right - left).as("dots from left to right").isGreaterThan(WIDTH * 2 / 3);
    }

    private static Optional<Path> browser()
    {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap((folder) -> BROWSERS.stream().map((name) -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    }
}
