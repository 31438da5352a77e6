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
package io.ringwire.config;

/**
 * Which of Netty's transports carries the sockets.
 */
public enum Transport
{
    /** {@link #EPOLL} where it loads, else {@link #NIO}; the engine says which. */
    AUTO,

    /** Linux epoll: no garbage in steady state. */
    EPOLL,

    /**
     * Linux io_uring: 16 bytes of garbage per empty poll inside Netty; often forbidden in containers. With Netty 4.2.18
     * a reset right behind the 101 can go unnoticed until the first write: heartbeats are what notices.
     */
    IO_URING,

    /** The JDK's selector: works everywhere. Its garbage is measured by the allocation tests and not held to zero. */
    NIO
}
