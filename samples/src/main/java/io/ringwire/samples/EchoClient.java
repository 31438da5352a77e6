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
package io.ringwire.samples;

import io.ringwire.Engine;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends a message to an echo server and prints what comes back: the example of README.md.
 */
public final class EchoClient
{
    private EchoClient()
    {
    }

    /**
     * Run the sample.
     *
     * @param args the URI of an echo server, or nothing for one of our own.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final CountDownLatch echoed = new CountDownLatch(1);
        try (LocalExchange exchange = LocalExchange.launch(); Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(new SessionConfig()
                .uri(args.length > 0 ? args[0] : exchange.uri("/echo"))
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                    System.out.println("echo: " + buffer.getStringWithoutLengthUtf8(offset, length));
                    echoed.countDown();
                }));
            if (!session.awaitConnected(5, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("not connected: " + session.lastChange());
            }

            final UnsafeBuffer hello = new UnsafeBuffer("hello, ring".getBytes(StandardCharsets.UTF_8));
            session.send(Opcode.TEXT, hello, 0, hello.capacity());
            echoed.await(5, TimeUnit.SECONDS);
        }
    }
}
