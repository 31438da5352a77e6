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
package io.ringwire.feed;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceGapEventTest
{
    private static final String EVENT = "io.ringwire.SequenceGap";

    @TempDir
    private Path folder;

    @Test
    void shouldTellJfrWhichNumbersAreMissing() throws IOException
    {
        try (Recording recording = new Recording())
        {
            recording.enable(EVENT);
            recording.start();
            final FeedFixture fixture =
                new FeedFixture(ContinuityRule.of(GapStrategy.ARITHMETIC, SnapshotSource.NONE));
            final FeedFixture.Side side = fixture.side("a").live();
            side.delta("trades", 11);
            side.delta("trades", 14);
            recording.stop();
            recording.dump(folder.resolve("recording.jfr"));
        }

        final List<RecordedEvent> gaps = RecordingFile.readAllEvents(folder.resolve("recording.jfr"));
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).getEventType().getName()).isEqualTo(EVENT);
        assertThat(gaps.get(0).getString("session")).isEqualTo("a");
        assertThat(gaps.get(0).getString("channel")).isEqualTo("trades");
        assertThat(gaps.get(0).getLong("lastSequence")).isEqualTo(11);
        assertThat(gaps.get(0).getLong("nextSequence")).isEqualTo(14);
    }
}
