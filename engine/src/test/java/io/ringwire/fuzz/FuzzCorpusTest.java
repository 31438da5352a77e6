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
package io.ringwire.fuzz;

import io.ringwire.ProjectRoot;
import io.ringwire.frame.FrameDecoderFuzz;
import io.ringwire.frame.MessageInflaterFuzz;
import io.ringwire.handshake.UpgradeFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every input that a fuzzer found to reach code of its own, or once to break something.
 */
@Timeout(60)
class FuzzCorpusTest
{
    private static final Path CORPUS = ProjectRoot.resolve("engine/src/test/resources/io/ringwire/fuzz");

    @Test
    void shouldDecodeFramesAsBefore() throws IOException
    {
        replay("frames", FrameDecoderFuzz::fuzzerTestOneInput);
    }

    @Test
    void shouldInflateMessagesAsBefore() throws IOException
    {
        replay("inflater", MessageInflaterFuzz::fuzzerTestOneInput);
    }

    @Test
    void shouldJudgeAnswersAsBefore() throws IOException
    {
        replay("upgrade", UpgradeFuzz::fuzzerTestOneInput);
    }

    private static void replay(final String target, final Consumer<byte[]> fuzzTarget) throws IOException
    {
        try (Stream<Path> files = Files.list(CORPUS.resolve(target)))
        {
            final List<Path> inputs = files.sorted().collect(Collectors.toList());
            assertThat(inputs).isNotEmpty();
            for (final Path input : inputs)
            {
                try
                {
                    fuzzTarget.accept(Files.readAllBytes(input));
                }
                catch (final RuntimeException | AssertionError ex)
                {
                    throw new AssertionError("corpus file " + input, ex);
                }
            }
        }
    }
}
