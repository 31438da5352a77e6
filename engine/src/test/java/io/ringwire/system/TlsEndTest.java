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

import io.ringwire.api.Opcode;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long messages over TLS, and ends while a write is with the kernel, on every transport.
 */
class TlsEndTest extends TlsTest
{
    private static final int LENGTH = 4 << 20;
    private TlsRelay relay;
    private volatile long result = Long.MIN_VALUE;

    static List<Arguments> all()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final TlsProvider provider : PROVIDERS)
        {
            Transports.available().forEach((transport) -> all.add(Arguments.of(provider, transport)));
        }

        return all;
    }

    @AfterEach
    void closeRelay()
    {
        if (engine != null)
        {
            engine.close();
        }

        if (relay != null)
        {
            relay.close();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldMoveTheLongestMessageBothWays(final TlsProvider provider, final Transport transport) throws Exception
    {
        final byte[] payload = new byte[LENGTH];
        new SplittableRandom(7).nextBytes(payload);
        launch(context(ThreadingMode.INLINE).transport(transport).outboundRingLength(64 << 20));
        final byte[] received = new byte[LENGTH];
        final RawConnection connection = connectLive(relayed(provider)
            .buffers(new BufferPolicy().sendWindowLength(2 * LENGTH))
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                buffer.getBytes(offset, received, 0, length);
                result = session.send(Opcode.BINARY, buffer, offset, length);
            }));
        for (int i = 0; i < 2; i++)
        {
            Arrays.fill(received, (byte)0);
            result = Long.MIN_VALUE;
            connection.write(RawConnection.frame(0x82, payload));
            pump.until("received", () -> result != Long.MIN_VALUE);
            assertThat(result).isPositive();
            RawConnection.Frame frame = connection.readFrame();
            while (frame.opcode() == 9)
            {
                frame = connection.readFrame();
            }

            assertThat(Arrays.equals(received, payload)).isTrue();
            assertThat(Arrays.equals(frame.payload(), payload)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSayGoodbyeOnEveryTransport(final TlsProvider provider, final Transport transport)
    {
        openVenue(server());
        for (final ThreadingMode mode : List.of(ThreadingMode.DEDICATED, ThreadingMode.INLINE))
        {
            launch(context(mode).transport(transport));
            connectSecure(secure(trusting(provider)));
            echo("a");
            session.abort();
            untilHandlerSaw("state CLOSED");
            pump.until("close_notify", () -> tlsVenue.closeNotifies.get() == 1);
            handler.log().clear();
            engine.close();
            tlsVenue.closeNotifies.set(0);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndWhileAWriteIsInFlight(final TlsProvider provider, final Transport transport)
    {
        openVenue(server());
        launch(context(ThreadingMode.INVOKER).transport(transport));
        connectSecure(secure(trusting(provider)));
        echo("a");
        stuff();
        session.abort();
        untilHandlerSaw("state CLOSED");
        handler.log().clear();
        connectSecure(secure(trusting(provider)).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        echo("b");
        stuff();
        tlsVenue.cutConnections();
        untilHandlerSaw("closed 1006");
        clock.advanceMs(1000);
        pump.until("live again", () -> handler.count("state LIVE") == 2);
        echo("c");
        stuff();
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldDeflate(final TlsProvider provider, final Transport transport) throws Exception
    {
        launch(context(ThreadingMode.DEDICATED).transport(transport));
        session = engine.connect(relayed(provider).deflate(new DeflatePolicy().enabled(true)));
        final RawConnection connection = venue.accept(pump);
        connection.upgradeWith("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        untilHandlerSaw("state LIVE");
        connection.writeHex("c1 07 f2 48 cd c9 c9 07 00"); // RFC 7692 section 7.2.3.1
        connection.writeHex("c1 05 f2 00 11 00 00");
        pump.until("both", () -> handler.count("text Hello") == 2);
        assertThat(send("x".repeat(10_000))).isPositive();
        assertThat(connection.readFrame().payload().length).isLessThan(100);
    }

    private void stuff()
    {
        tlsVenue.stopReading();
        final UnsafeBuffer buffer = buffer("x".repeat(10_000));
        final long startNs = System.nanoTime();
        int refusals = 0;
        while (refusals < 100)
        {
            refusals = session.send(Opcode.TEXT, buffer, 0, buffer.capacity()) < 0 ? refusals + 1 : 0;
            engine.doWork();
            assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(20));
        }
    }

    private SessionConfig relayed(final TlsProvider provider) throws Exception
    {
        relay = new TlsRelay(server(), venue.port());
        return config().uri(relay.uri()).tls(trusting(provider));
    }
}
