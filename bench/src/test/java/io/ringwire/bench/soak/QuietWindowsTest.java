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
package io.ringwire.bench.soak;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietWindowsTest
{
    private static final long MESSAGES = 1_000_000;
    private static final int SMALLEST_OBJECT_BYTES = 16;

    private final QuietWindows windows = new QuietWindows();

    @Test
    void shouldHoldWithoutGarbage()
    {
        windows.look(true, 5, 0, 0);
        windows.look(true, 5, MESSAGES, 1000);

        assertThat(windows.hold()).isTrue();
        assertThat(windows.bytes()).isEqualTo(1000);
        assertThat(windows.finding()).contains("1000 bytes in 1000000 messages");
    }

    @Test
    void shouldNoticeAnObjectForEachMessage()
    {
        windows.look(true, 5, 0, 0);
        windows.look(true, 5, MESSAGES, MESSAGES * SMALLEST_OBJECT_BYTES);

        assertThat(windows.hold()).isFalse();
    }

    @Test
    void shouldLeaveOutWhatReconnectsAllocate()
    {
        windows.look(true, 5, 0, 0);
        windows.look(true, 6, 10, 100_000_000); // lost and made again in between
        windows.look(false, 6, 20, 200_000_000); // lost
        windows.look(true, 7, 30, 300_000_000); // made again
        windows.look(true, 7, 40, 300_000_001);

        assertThat(windows.bytes()).isEqualTo(1);
        assertThat(windows.hold()).isTrue();
    }

    @Test
    void shouldNotHoldWithoutAMessage()
    {
        windows.look(false, 0, 0, 0);
        windows.look(false, 0, MESSAGES, 0);

        assertThat(windows.hold()).isFalse();
    }
}
