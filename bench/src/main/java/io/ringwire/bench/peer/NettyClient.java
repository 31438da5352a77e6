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
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.TlsPolicy;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsContexts;

/**
 * The baseline: Netty's own WebSocket codec, which must not be weak. Pooled direct buffers, void promises, no handler
 * in the pipeline that the protocol does not need, one flush for each read, and an event loop that spins if asked to.
 * UTF-8 is validated, as RFC 6455 asks: Netty's handler looks at each byte by itself, in a profile of a feed of
 * 128-byte messages a quarter of the time. Vert.x, on the same codec, does without that handler, see
 * {@link VertxClient}.
 * <p>
 * One thread for all sessions. A byte received is copied once, by the kernel: frames are slices of the read, but for
 * one that crosses reads, whose parts are put together. A byte sent is copied twice: into a buffer behind its header
 * while it is masked, and by the kernel.
 */
public final class NettyClient implements Client
{
    private final ClientOptions options;

    /**
     * Make a client.
     *
     * @param options to run with.
     */
    public NettyClient(final ClientOptions options)
    {
        this.options = options;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        try (TlsContext tls = tls(workload))
        {
            return NettyLoop.run(
                workload, options, (trial, tally) -> new NettyCodecSession(workload, tls, trial, tally));
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
    }

    /**
     * Ringwire's own: both have the same certificates, provider and checks, and Netty's handler carries the data here.
     */
    private TlsContext tls(final Workload workload)
    {
        final boolean secure = Endpoint.parse(workload.uri()).isSecure();
        return secure ? TlsContexts.open(options.tls() == null ? new TlsPolicy() : options.tls()) : null;
    }
}
