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
package io.ringwire.bench.micro;

import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that JMH runs Netty's code on: of Netty's own kind, as in a real program, since on others its recyclers and
 * arenas are not at their best. JMH makes it by name.
 */
public final class NettyThreads extends ThreadPoolExecutor
{
    /**
     * What JMH asks of an executor.
     *
     * @param threads how many.
     * @param prefix  of their names.
     */
    public NettyThreads(final int threads, final String prefix)
    {
        super(
            threads, threads, 0, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
