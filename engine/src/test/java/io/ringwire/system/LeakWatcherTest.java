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
package io.ringwire.system;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
@ExtendWith(LeakWatcher.class)
class LeakWatcherTest
{
    private static final int MAX_TRIES = 100;

    @Test
    void shouldSeeABufferThatIsForgotten()
    {
        ByteBuf forgotten = UnpooledByteBufAllocator.DEFAULT.directBuffer(Long.BYTES);
        final long memoryAddress = forgotten.memoryAddress();
        forgotten = null;
        assertThat(memoryAddress).isNotZero();
        for (int i = 0; i < MAX_TRIES && LeakWatcher.leaks().isEmpty(); i++)
        {
            Thread.yield(); // the collector hands its finds over on a thread of its own
        }

        assertThat(LeakWatcher.leaks()).isNotEmpty();
        LeakWatcher.forget();
    }
}
