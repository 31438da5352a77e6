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
package io.ringwire.rfc;

import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;

import java.util.List;

/**
 * What a checklist is gone through with. The lock-step setting is the one in which each piece is a read of its own for
 * certain also during the upgrade.
 */
record Setting(Transport transport, ThreadingMode mode)
{
    static final Setting LOCK_STEP = new Setting(Transport.EPOLL, ThreadingMode.INVOKER);

    static final List<Setting> ALL = List.of(
        LOCK_STEP,
        new Setting(Transport.EPOLL, ThreadingMode.DEDICATED),
        new Setting(Transport.EPOLL, ThreadingMode.INLINE),
        new Setting(Transport.NIO, ThreadingMode.DEDICATED),
        new Setting(Transport.NIO, ThreadingMode.INLINE));

    @Override
    public String toString()
    {
        return transport + " " + mode;
    }
}
