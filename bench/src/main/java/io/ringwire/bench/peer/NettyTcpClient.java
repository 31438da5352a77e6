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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;

/**
 * A floor: a raw Netty TCP client on the event loop of {@link NettyClient}, with its buffers and without its codec. It
 * sends frames encoded beforehand, and of those received it looks at the header alone, see {@link RawFrames}.
 * <p>
 * One thread for all sessions. A byte received or sent is copied once, by the kernel.
 */
public final class NettyTcpClient implements Client
{
    private final ClientOptions options;

    /**
     * Make a client.
     *
     * @param options to run with.
     */
    public NettyTcpClient(final ClientOptions options)
    {
        this.options = options;
    }

    @Override
    public boolean supports(final Workload workload)
    {
        return RawFrames.supports(workload);
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        return NettyLoop.run(workload, options, (trial, tally) -> new NettyTcpSession(workload, trial, tally));
    }
}
