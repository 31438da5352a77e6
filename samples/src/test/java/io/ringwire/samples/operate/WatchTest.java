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

import com.google.gson.JsonParser;
import io.ringwire.stats.CountersFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WatchTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldPrintBlocksOnAPipeAndEndWithIt() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final OperatorRun run = watch();
            run.awaitOut("messages-received +1,234,567\\n");
            engine.received().set(2_000_000);
            run.awaitOut("messages-received +2,000,000 +[1-9][\\d,]*\\.\\d/s\\n");
            run.awaitOut("messages-received +2,000,000 +0\\.0/s\\n");
            assertThat(run.out()).containsPattern("(?m)^20\\S+Z$").doesNotContain("\033");
            run.closeOut();
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void shouldFollowEnginesThatComeAndGo() throws Exception
    {
        final OperatorRun run = watch();
        run.awaitOut("no engine in ");
        final Path dead;
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            run.awaitOut("pid " + ProcessHandle.current().pid() + ", alive");
            dead = put("dead", engine.dead());
        }

        run.awaitOut("Z\\n[^\\n]+dead\\.counters: pid 99999999, dead");
        final Path bad = put("bad", new byte[1]);
        run.awaitErr("bad.counters is not a counters file");
        Files.delete(dead);
        Files.delete(bad);
        run.awaitOut("(?s)dead\\.counters.*no engine in ");
        run.interrupt();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines().filter((line) -> line.contains("bad.counters"))).as("told once").hasSize(1);
    }

    @Test
    void shouldPrintALineOfJsonForEachLook() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final OperatorRun run = watch("--json");
            run.awaitOut("\\n.*\\n");
            engine.received().increment();
            run.awaitOut("\"value\":1234568.*\\n");
            run.closeOut();
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines()).allSatisfy((line) ->
                assertThat(JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("engines")).hasSize(1));
        }
    }

    @Test
    void shouldWriteOverTheTableOnATerminal() throws Exception
    {
        System.setProperty("picocli.ansi", "true");
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            put("bad", new byte[1]);
            final OperatorRun run = watch("--filter", "^messages");
            run.awaitOut("(?s)\033\\[J.*\033\\[J");
            run.interrupt();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("\033[H\033[2J\033[1m20")
                .contains("1,234,567\033[K\n").contains("bad.counters is not").contains("\033[J\033[H\033[1m");
            assertThat(run.err()).as("it would tear the table").isEmpty();
            assertThat(engine.path()).exists();
        }
        finally
        {
            System.clearProperty("picocli.ansi");
        }
    }

    /**
     * A watch must not see half of it.
     */
    private Path put(final String name, final byte[] bytes) throws IOException
    {
        final Path made = Files.write(directory.resolve("made"), bytes);
        return Files.move(made, directory.resolve(name + CountersFile.SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    private OperatorRun watch(final String... options)
    {
        final String[] args = new String[options.length + 4];
        args[0] = "stat";
        args[1] = "--dir=" + directory;
        args[2] = "--watch";
        args[3] = "20ms";
        System.arraycopy(options, 0, args, 4, options.length);
        return OperatorRun.start(args);
    }
}
