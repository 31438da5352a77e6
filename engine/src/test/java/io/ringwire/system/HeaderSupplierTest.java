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

import io.ringwire.api.SessionState;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderSupplierTest extends SystemTest
{
    private final AtomicInteger calls = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAskForHeadersBeforeEachAttempt(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection first = connect(config()
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1))
            .upgrade(new UpgradePolicy().header("X-First", "1").headerSupplier(this::nextToken)));
        assertThat(first.readRequest()).contains("X-First: 1\r\nAuthorization: Bearer token-1\r\n");
        first.reset();
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        assertThat(venue.accept(pump).readRequest()).contains("Authorization: Bearer token-2\r\n");
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).toString()).doesNotContain("token-1");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAskAgainASupplierThatFailedWithAnError(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(config()
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1))
            .upgrade(new UpgradePolicy().headerSupplier(() ->
            {
                if (calls.get() == 0)
                {
                    calls.incrementAndGet();
                    throw new NoClassDefFoundError("signer");
                }

                return nextToken();
            })));
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        assertThat(venue.accept(pump).readRequest()).contains("Authorization: Bearer token-2\r\n");
        untilHandlerSaw("state BACKING_OFF");
        assertThat(handler.change(SessionState.BACKING_OFF).reason()).contains("header supplier", "signer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "null", "bad header", "secret value"})
    void shouldFailTheAttemptWithTheReason(final String what)
    {
        launch();
        session = engine.connect(config().reconnect(ReconnectPolicy.never()).upgrade(
            new UpgradePolicy().headerSupplier(() -> switch (what)
            {
                case "throw" -> throw new IllegalStateException("no token today");
                case "null" -> null;
                case "bad header" -> List.of(Map.entry("Upgrade", "h2c"));
                default -> List.of(Map.entry("Authorization", "s3cret\r\n"));
            })));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("header supplier").doesNotContain("s3cret")
            .contains(what.equals("throw") ? "no token today" : "");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldNotLetASlowSupplierHoldUpOtherSessions(final ThreadingMode mode) throws Exception
    {
        launch(context(mode).nanoClock(clock));
        final CountDownLatch token = new CountDownLatch(1);
        final RecordingHandler slowHandler = new RecordingHandler();
        engine.connect(config().messageHandler(slowHandler).listener(slowHandler)
            .timeouts(new TimeoutPolicy().resolveNs(TimeUnit.SECONDS.toNanos(3)))
            .reconnect(ReconnectPolicy.never())
            .upgrade(new UpgradePolicy().headerSupplier(() ->
            {
                await(token);
                return List.of();
            })));
        connectLive(config());
        clock.advanceMs(2_999);
        pump.settle();
        assertThat(slowHandler.saw("state FAILED")).isFalse();
        clock.advanceMs(1);
        pump.until("the slow session fails", () -> slowHandler.saw("state FAILED"));
        assertThat(slowHandler.change(SessionState.FAILED).reason())
            .isEqualTo("header supplier or cookie jar did not return within 3000000000 ns");
        token.countDown();
        send("still here");
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldNotAskForAttemptsThatWereGivenUpMeanwhile()
    {
        final CountDownLatch token = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        session = engine.connect(config()
            .timeouts(new TimeoutPolicy().resolveNs(TimeUnit.SECONDS.toNanos(1)))
            .upgrade(new UpgradePolicy().headerSupplier(() ->
            {
                await(token);
                return nextToken();
            })));
        for (int i = 1; i <= 5; i++)
        {
            final int attempt = i;
            pump.until("asked", () -> handler.count("state RESOLVING") == attempt);
            clock.advanceMs(1_000);
            pump.until("given up", () -> handler.count("state BACKING_OFF") == attempt);
            clock.advanceMs(10_001);
        }

        pump.until("asked", () -> handler.count("state RESOLVING") == 6);
        token.countDown();
        assertThat(venue.accept(pump).readRequest()).contains("Authorization: Bearer token-2\r\n");
    }

    @Test
    void shouldResolveNamesWhileSuppliersOfManySessionsHang()
    {
        final int sessions = 64;
        final CountDownLatch token = new CountDownLatch(1);
        launch(context(ThreadingMode.INLINE).nanoClock(clock).maxSessions(sessions + 1)
            .nameResolver((host) -> new InetAddress[]{InetAddress.getLoopbackAddress()}));
        for (int i = 0; i < sessions; i++)
        {
            engine.connect(config().listener(new RecordingHandler())
                .upgrade(new UpgradePolicy().headerSupplier(() ->
                {
                    calls.incrementAndGet();
                    await(token);
                    return List.of();
                })));
        }

        pump.until("all hang", () -> calls.get() == sessions);
        connectLive(config().uri("ws://venue.test:" + venue.port() + "/"));
        token.countDown();
    }

    private List<Map.Entry<String, String>> nextToken()
    {
        return List.of(Map.entry("Authorization", "Bearer token-" + calls.incrementAndGet()));
    }

    private static void await(final CountDownLatch latch)
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
