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

class CountedTest
{
    private static final long PER_CONNECTION = 3;

    private final Counted counted = new Counted(PER_CONNECTION);

    @Test
    void shouldCountConnectionsThatBroughtAll()
    {
        connection(3);
        connection(3);

        assertThat(counted.ended()).isEqualTo(2);
        assertThat(counted.wrong()).isZero();
        assertThat(counted.firstWrong()).isNull();
    }

    @Test
    void shouldNoticeALostMessage()
    {
        connection(3);
        connection(2);
        connection(4);

        assertThat(counted.wrong()).isEqualTo(2);
        assertThat(counted.firstWrong()).isEqualTo("2 of 3 messages on connection 2 (1000 bye)");
    }

    @Test
    void shouldNoticeMessagesThrownAway()
    {
        counted.onGap(null, 7);

        assertThat(counted.wrong()).isEqualTo(7);
    }

    private void connection(final int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            counted.onMessage(null, null, 0, 0, 1, 0, true);
        }

        counted.onClosed(null, 1000, "bye");
    }
}
