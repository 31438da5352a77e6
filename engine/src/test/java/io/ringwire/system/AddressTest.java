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

import io.ringwire.api.NameResolver;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names and their addresses. Those of 127.0.0.0/8 are all ours and the venue listens at 127.0.0.1 alone.
 */
class AddressTest extends SystemTest
{
    private static final long NS_PER_S = 1_000_000_000L;

    private final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final NameResolver resolver = (host) ->
    {
        lookups.incrementAndGet();
        if (!names.containsKey(host))
        {
            throw new UnknownHostException("nobody knows " + host);
        }

        return names.get(host);
    };

    static List<Transport> transports()
    {
        return Transports.available();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTryTheNextAddressInTheSameAttemptAndRememberTheGoodOne(final Transport transport) throws Exception
    {
        launch(context(ThreadingMode.INVOKER).transport(transport).nameResolver(resolver));
        names("venue.test", "127.0.0.3", "127.0.0.2", "127.0.0.1");
        final RawConnection first = connectLive(named("venue.test"));
        assertThat(session.lastChange().attempt()).isOne();
        assertThat(session.metrics().connectFailures()).isZero();
        assertThat(handler.connects()).containsExactly("/127.0.0.3", "/127.0.0.2", "/127.0.0.1");
        first.reset();
        passBackoff();
        final RawConnection second = acceptLive();
        assertThat(handler.connects()).as("the good one first").hasSize(4).last().isEqualTo("/127.0.0.1");

        names("venue.test", "127.0.0.4", "127.0.0.5");
        second.reset();
        passBackoff();
        pump.until("both fail", () -> handler.count("state BACKING_OFF") == 3);
        assertThat(session.lastChange().reason()).as("an address that the name lost is not used")
            .contains("127.0.0.4:" + venue.port()).contains("; ").contains("127.0.0.5:" + venue.port());
        assertThat(session.metrics().connectFailures()).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldNameAllAddressesThatFailed(final ThreadingMode mode) throws Exception
    {
        launch(context(mode).nameResolver(resolver));
        names("venue.test", "127.0.0.2", "127.0.0.3");
        session = engine.connect(named("venue.test").reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.from()).isEqualTo(SessionState.CONNECTING);
        assertThat(failure.reason()).contains("/127.0.0.2:" + venue.port()).contains("/127.0.0.3:" + venue.port());
    }

    @Test
    void shouldGiveEachAddressTheWholeConnectTimeout() throws Exception
    {
        final List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(venue.port(), 1, InetAddress.getByName("127.0.0.2")))
        {
            for (int i = 0; i < 4; i++)
            {
                final SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
            }

            launch(context(ThreadingMode.INVOKER).nameResolver(resolver));
            names("venue.test", "127.0.0.2", "127.0.0.1");
            session = engine.connect(named("venue.test").timeouts(new TimeoutPolicy().connectNs(NS_PER_S)));
            untilState(SessionState.CONNECTING);
            clock.advanceMs(999);
            pump.settle();
            assertThat(handler.connects()).hasSize(1);
            clock.advanceMs(1);
            acceptLive();
            assertThat(handler.connects()).containsExactly("/127.0.0.2", "/127.0.0.1");
        }
        finally
        {
            for (final SocketChannel filler : fillers)
            {
                filler.close();
            }
        }
    }

    /**
     * java.net.URI takes these for no host names; name servers and host files have them all the same.
     */
    @ParameterizedTest
    @ValueSource(strings = {"my_venue", "feed_1.venue.test", "venue.1a", "_dmarc.venue"})
    void shouldConnectToANameThatIsNoHostToTheJdk(final String name) throws Exception
    {
        launch(context(ThreadingMode.INVOKER).nameResolver(resolver));
        names(name, "127.0.0.1");
        assertThat(connect(named(name)).upgrade()).contains("Host: " + name + ':' + venue.port() + "\r\n");
        untilHandlerSaw("state LIVE");
    }

    @Test
    void shouldBeginWithTheNextAddressWhenTheUpgradeWasRefused() throws Exception
    {
        try (RawVenue second = new RawVenue(new InetSocketAddress("127.0.0.2", venue.port())))
        {
            launch(context(ThreadingMode.INVOKER).nameResolver(resolver));
            names("venue.test", "127.0.0.2", "127.0.0.1");
            session = engine.connect(named("venue.test"));
            try (RawConnection refused = second.accept(pump))
            {
                refused.readRequest();
                refused.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                passBackoff();
            }

            acceptLive();
            assertThat(handler.connects()).containsExactly("/127.0.0.2", "/127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWhenClosedBetweenTwoAddresses(final boolean abort) throws Exception
    {
        launch(context(ThreadingMode.INVOKER).nameResolver(resolver));
        names("venue.test", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");
        session = engine.connect(named("venue.test"));
        pump.until("the second address is tried", () -> handler.connects().size() >= 2);
        if (abort)
        {
            session.abort();
        }
        else
        {
            session.close();
        }

        untilHandlerSaw("state CLOSED");
        final int connects = handler.connects().size();
        pump.settle();
        assertThat(handler.connects()).hasSize(connects);
    }

    @Test
    void shouldNotLookUpAnAddress()
    {
        launch(context(ThreadingMode.INVOKER).nameResolver(resolver));
        connectLive(config());
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "empty", "null", "null among them", "fault", "error"})
    void shouldSayWhatTheResolverDid(final String what)
    {
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock).nameResolver((host) -> switch (what)
        {
            case "unknown" -> throw new UnknownHostException("no such name");
            case "empty" -> new InetAddress[0];
            case "null" -> null;
            case "null among them" -> new InetAddress[]{InetAddress.getLoopbackAddress(), null};
            case "error" -> throw new NoClassDefFoundError("resolver");
            default -> throw new IllegalStateException("out of order");
        }));
        session = engine.connect(named("venue.test").reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).startsWith("cannot resolve host venue.test: ");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldNotWaitBehindALookupThatHangs(final ThreadingMode mode) throws Exception
    {
        final CountDownLatch hang = new CountDownLatch(1);
        launch(context(mode).nanoClock(clock).nameResolver((host) ->
        {
            if (host.equals("hangs.test") && lookups.incrementAndGet() == 1)
            {
                awaitQuietly(hang);
            }

            return new InetAddress[]{InetAddress.getByName("127.0.0.1")};
        }));
        final RecordingHandler hanging = new RecordingHandler();
        engine.connect(named("hangs.test").messageHandler(hanging).listener(hanging)
            .timeouts(new TimeoutPolicy().resolveNs(2 * NS_PER_S)));
        pump.until("the lookup hangs", () -> lookups.get() == 1);
        connectLive(named("venue.test"));
        clock.advanceMs(1_999);
        pump.settle();
        assertThat(hanging.saw("state BACKING_OFF")).isFalse();
        clock.advanceMs(1);
        pump.until("it is given up", () -> hanging.saw("state BACKING_OFF"));
        assertThat(hanging.change(SessionState.BACKING_OFF).reason())
            .startsWith("host hangs.test not resolved within 2000000000 ns; attempt 2 in ");
        clock.advanceMs(10_001);
        venue.accept(pump).upgrade();
        pump.until("the next lookup is a new one", () -> hanging.saw("state LIVE"));
        hang.countDown();
        assertThat(lookups).hasValue(2);
        assertThat(session.epoch()).isOne();
    }

    private SessionConfig named(final String host)
    {
        return config().uri("ws://" + host + ":" + venue.port() + "/");
    }

    private void names(final String host, final String... literals) throws UnknownHostException
    {
        final InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++)
        {
            addresses[i] = InetAddress.getByName(literals[i]);
        }

        names.put(host, addresses);
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
