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

import io.netty.pkitesting.X509Bundle;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.Reaction;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are made and killed, handshakes that fail and names that are not found, and nothing that grows:
 * threads, files, direct memory, heap. A few by default; {@code -Dringwire.test.cycles=100000} makes as many as that.
 */
@Timeout(3600)
class ReconnectCyclesTest extends TlsTest
{
    private static final int CYCLES = Integer.getInteger("ringwire.test.cycles", 200);
    private static final int HANDSHAKES = Integer.getInteger("ringwire.test.cycles", 40); // some 10 ms each
    private static final long HEAP_SLACK_BYTES = 1024 * 1024;
    private static final MessageHandler NOBODY =
        (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {};

    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    @Test
    void shouldNotGrowWithConnectionsThatDie()
    {
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(hasty(config()));
        assertFlat("connections killed", CYCLES, this::kill);
        assertThat(session.epoch()).isEqualTo(warmUp(CYCLES) + CYCLES);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNotGrowWithTlsHandshakesThatFail(final TlsProvider provider)
    {
        final X509Bundle stranger = TlsCertificates.issued(
            TlsCertificates.server("CN=stranger"), TlsCertificates.OTHER_CA);
        openVenue(server(stranger));
        launch(ThreadingMode.DEDICATED);
        final TlsPolicy policy = trusting(provider);
        session = engine.connect(hasty(secure(policy)));
        assertFlat("TLS handshakes failed with " + provider, HANDSHAKES, this::untilFailures);
        assertThat(tlsVenue.handshakes).hasValue(0);
    }

    @Test
    void shouldNotGrowWithNamesThatAreNotFound()
    {
        final EngineContext context = context(ThreadingMode.DEDICATED).nameResolver((host) ->
        {
            throw new UnknownHostException(host);
        });
        launch(context);
        session = engine.connect(hasty(config().uri("ws://nowhere.test/")));
        assertFlat("names not found", CYCLES, this::untilFailures);
    }

    private SessionConfig hasty(final SessionConfig config)
    {
        return config.messageHandler(NOBODY).listener(new SessionListener()
        {
        }).reconnect(new ReconnectPolicy().baseNs(1).capNs(1).onBadCertificate(Reaction.BACK_OFF));
    }

    private void assertFlat(final String what, final int count, final Cycles cycles)
    {
        cycles.run(warmUp(count));
        final long startNs = System.nanoTime();
        final long bytes = directBytes();
        final int files = Memory.openFiles();
        final long threads = lastingThreads();
        final long heap = heapBytes();
        cycles.run(count);
        untilGone("direct bytes, " + bytes, () -> directBytes() <= bytes);
        untilGone("files, " + files, () -> Memory.openFiles() <= files);
        untilGone("heap, " + heap, () -> heapBytes() <= heap + HEAP_SLACK_BYTES);
        assertThat(lastingThreads()).isEqualTo(threads);
        System.out.printf("%d %s in %d ms: direct %d -> %d bytes, files %d -> %d, heap %d -> %d bytes, threads %d%n",
            count, what, (System.nanoTime() - startNs) / 1_000_000, bytes, directBytes(), files, Memory.openFiles(),
            heap, heapBytes(), threads);
    }

    private void kill(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final RawConnection connection = venue.accept(pump);
            connection.upgrade();
            final int epoch = session.epoch();
            pump.until("live", () -> session.state() == SessionState.LIVE || session.epoch() > epoch);
            if (i % 2 == 0)
            {
                connection.reset();
            }
            else
            {
                connection.close();
            }

            pump.until("lost", () -> session.state() != SessionState.LIVE);
            venue.closeAccepted();
        }

        pump.until("the next is made: counted now and then", () -> session.state() == SessionState.UPGRADING);
    }

    private void untilFailures(final int count)
    {
        final long last = session.metrics().connectFailures() + count;
        for (long seen = session.metrics().connectFailures(); seen < last;)
        {
            final long before = seen; // the wait has a deadline of its own for each step
            pump.until("another failure", () -> session.metrics().connectFailures() > before);
            seen = session.metrics().connectFailures();
            if (tlsVenue != null) // it remembers each with its stack trace
            {
                tlsVenue.failures.clear();
                tlsVenue.serverNames.clear();
                tlsVenue.applicationProtocols.clear();
            }
        }
    }

    private void untilGone(final String what, final BooleanSupplier gone)
    {
        pump.until(what + " given back", gone);
    }

    private static int warmUp(final int count)
    {
        return Math.max(20, count / 20);
    }

    private static long directBytes()
    {
        return Memory.directBytes() + Math.max(0, Memory.nettyBytes());
    }

    private static long heapBytes()
    {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * Without those of the lookups, which come and go.
     */
    private static long lastingThreads()
    {
        return LeakWatcher.engineThreads().stream().filter((name) -> !name.equals("ringwire-lookup")).count();
    }

    /**
     * A number of cycles, of whichever kind.
     */
    @FunctionalInterface
    private interface Cycles
    {
        void run(int count);
    }
}
