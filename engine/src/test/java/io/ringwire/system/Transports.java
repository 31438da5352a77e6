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

import io.netty.channel.uring.IoUring;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.provider.Arguments;

import java.util.ArrayList;
import java.util.List;

/**
 * What tests that must not depend on the transport, or the mode, are run with.
 */
final class Transports
{
    private Transports()
    {
    }

    static List<Transport> available()
    {
        final List<Transport> transports = new ArrayList<>(List.of(Transport.EPOLL, Transport.NIO));
        if (IoUring.isAvailable())
        {
            transports.add(Transport.IO_URING);
        }

        return transports;
    }

    static List<Arguments> andModes()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final Transport transport : available())
        {
            for (final ThreadingMode mode : ThreadingMode.values())
            {
                all.add(Arguments.of(transport, mode));
            }
        }

        return all;
    }
}
