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
package io.ringwire.bench.client;

import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.Transport;

/**
 * How a client is to run.
 *
 * @param mode       which threads; means nothing to the baseline, which has one.
 * @param idle       what a thread without work does.
 * @param transport  that carries the sockets.
 * @param ioCpu      core of the IO thread, or -1.
 * @param handlerCpu core of the handler thread, or -1.
 * @param tls        for a wss URI, or null for the defaults.
 */
public record ClientOptions(
    ThreadingMode mode, IdleMode idle, Transport transport, int ioCpu, int handlerCpu, TlsPolicy tls)
{
    /**
     * The threads that never sleep.
     *
     * @return how many.
     */
    public int busyThreads()
    {
        return idle == IdleMode.BLOCK ? 0 : mode == ThreadingMode.DEDICATED ? 2 : 1;
    }
}
