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
package io.ringwire.samples.exchange;

import io.ringwire.samples.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CaptureTest
{
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({ "coinbase, 9946, 40683", "kraken, 4321, 79307", "binance, 265, 529", "deribit, 136, 1074" })
    void shouldReadAllThatTheVenueSent(final String venue, final int messages, final int longest) throws IOException
    {
        final Capture capture = Capture.read(Captures.file(venue + ".capture"));

        assertThat(capture.messages()).hasSize(messages);
        assertThat(capture.messages().stream().mapToInt((message) -> message.payload().length).max()).hasValue(longest);
        assertThat(capture.durationNs()).isPositive();
    }

    @Test
    void shouldKeepTextAndTimeOfEachMessage() throws IOException
    {
        final Path file = write("ws://x <-> 1.5\nws://x <- 1.6: {\"a\":1}\n2.25: first: {}\n2.75: \u00e9\n");

        final Capture capture = Capture.read(file);

        assertThat(capture.messages()).extracting((message) -> new String(message.payload(), StandardCharsets.UTF_8))
            .containsExactly("first: {}", "\u00e9");
        assertThat(capture.messages()).extracting(RecordedMessage::timeNs).containsExactly(0L, 500_000_000L);
    }

    @Test
    void shouldNameTheLineThatIsNotOfTheFormat() throws IOException
    {
        final Path file = write("1.0: ok\nwhat is this\n");

        assertThatThrownBy(() -> Capture.read(file)).isInstanceOf(IOException.class)
            .hasMessageContaining(file + ":2:");
    }

    private Path write(final String text) throws IOException
    {
        return Files.writeString(folder.resolve("x.capture"), text);
    }
}
