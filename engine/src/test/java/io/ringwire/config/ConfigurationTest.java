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

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.dialect.WordDialect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest
{
    private static final int CORES = 2;

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void shouldNameTheEngineSettingAndTheValueItRefuses(final Consumer<EngineContext> setting, final String named)
    {
        final EngineContext context = new EngineContext();
        setting.accept(context);
        assertThatThrownBy(() -> context.conclude(CORES))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(named);
    }

    static Stream<Arguments> shouldNameTheEngineSettingAndTheValueItRefuses()
    {
        return Stream.of(
            engine((context) -> context.outboundRingLength(16_385), "outboundRingLength=16385"),
            engine((context) -> context.outboundRingLength(8192), "outboundRingLength=8192"),
            engine((context) -> context.outboundRingLength(-1), "outboundRingLength=-1"),
            engine((context) -> context.maxSessions(0), "maxSessions=0"),
            engine((context) -> context.maxSessions(Integer.MAX_VALUE), "maxSessions=2147483647"),
            engine((context) -> context.handlerThreads(0), "handlerThreads=0"),
            engine((context) -> context.shutdownTimeoutNs(-1), "shutdownTimeoutNs=-1"),
            engine((context) -> context.ioCpu(-2), "ioCpu=-2"),
            engine((context) -> context.controlCpu(-2), "controlCpu=-2"),
            engine((context) -> context.handlerCpu(0, -3), "handlerCpu=-3"),
            engine((context) -> context.threadingMode(ThreadingMode.INLINE).handlerThreads(2), "handlerThreads=2"),
            engine((context) -> context.idleMode(IdleMode.SPIN).handlerThreads(2), "spins 3 threads on 2"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void shouldNameTheSessionSettingAndTheValueItRefuses(final Consumer<SessionConfig> setting, final String named)
    {
        final SessionConfig config = session();
        setting.accept(config);
        assertThatThrownBy(() -> config.conclude(new EngineContext().conclude(CORES)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(named);
        assertThat(config.endpoint()).as("it can be corrected and used").isNull();
    }

    static Stream<Arguments> shouldNameTheSessionSettingAndTheValueItRefuses()
    {
        return Stream.of(
            refusal((config) -> config.uri(null), "uri"),
            refusal((config) -> config.messageHandler(null), "messageHandler"),
            refusal((config) -> config.listener(null), "listener"),
            refusal((config) -> config.handlerThread(1), "handlerThread=1"),
            refusal((config) -> config.buffers(null), "buffers must not be null"),
            refusal((config) -> config.buffers().ringCapacity(1000), "buffers.ringCapacity=1000"),
            refusal((config) -> config.buffers().arenaLength(1 << 20), "buffers.arenaLength=1048576"),
            refusal((config) -> config.buffers().arenaLength(12_345), "buffers.arenaLength=12345"),
            refusal((config) -> config.buffers().readBufferLength(10), "buffers.readBufferLength=10"),
            refusal((config) -> config.buffers().sendWindowLength(10), "buffers.sendWindowLength=10"),
            refusal((config) -> config.dialect(new WordDialect(0)),
                "dialect.subscriptions().maxChannelsPerRequest=0"),
            refusal((config) -> config.maxMessageLength(0), "maxMessageLength=0"),
            refusal((config) -> config.maxMessageLength(1 << 30), "maxMessageLength=1073741824"),
            refusal((config) -> config.maxFrameLength(-1), "maxFrameLength=-1"),
            refusal((config) -> config.buffers().maxRequestsInFlight(0), "buffers.maxRequestsInFlight=0"),
            refusal((config) -> config.timeouts().connectNs(0), "timeouts.connectNs=0"),
            refusal((config) -> config.timeouts().upgradeNs(-5), "timeouts.upgradeNs=-5"),
            refusal((config) -> config.timeouts().closeNs(0), "timeouts.closeNs=0"),
            refusal((config) -> config.heartbeat().intervalNs(-1), "heartbeat.intervalNs=-1"),
            refusal((config) -> config.heartbeat().timeoutNs(0), "heartbeat.timeoutNs=0"),
            refusal((config) -> config.reconnect().baseNs(0), "reconnect.baseNs=0"),
            refusal((config) -> config.reconnect().baseNs(7).capNs(6), "reconnect.capNs=6"),
            refusal((config) -> config.reconnect().maxAttempts(-1), "reconnect.maxAttempts=-1"),
            refusal((config) -> config.upgrade().header("a b", "c"), "'a b'"),
            refusal((config) -> config.upgrade().header("a", "c\r\nd: e"), "header a"),
            refusal((config) -> config.upgrade().header("Sec-WebSocket-Key", "x"), "Sec-WebSocket-Key"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',uri is not set", "not a uri,not a uri", "http://host/,http", "ws:///x,host",
        "ws://host/#part,fragment", "ws://user:pw@host/,Authorization", "ws://host:0/,0", "ws://host:70000/,70000" })
    void shouldSayWhatIsWrongWithAUri(final String uri, final String named)
    {
        assertThatThrownBy(() -> Endpoint.parse(uri))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://host,host,80", "WS://host:9000/a?b=c,host,9000", "ws://127.0.0.1:1/,127.0.0.1,1", "ws://[::1]:8/,::1,8" })
    void shouldTakeHostAndPortFromTheUri(final String uri, final String host, final int port)
    {
        final Endpoint endpoint = Endpoint.parse(uri);
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
    }

    @Test
    void shouldNotRevealUserInformation()
    {
        assertThatThrownBy(() -> Endpoint.parse("ws://user:secret@host/")).message().doesNotContain("secret");
    }

    @Test
    void shouldHaveTheDefaultsOfTheDocs()
    {
        final EngineContext context = new EngineContext().conclude(CORES);
        assertThat(context.threadingMode()).isEqualTo(ThreadingMode.DEDICATED);
        assertThat(context.transport()).isEqualTo(Transport.AUTO);
        assertThat(context.idleMode()).isEqualTo(IdleMode.BLOCK);
        assertThat(context.outboundRingLength()).isEqualTo(2 << 20);
        assertThat(context.maxSessions()).isEqualTo(64);
        assertThat(context.ioCpu()).isEqualTo(EngineContext.NOT_PINNED);
        assertThat(context.handlerCpuOf(0)).isEqualTo(EngineContext.NOT_PINNED);

        final SessionConfig config = session().conclude(context);
        assertThat(config.name()).isEqualTo("host:80");
        assertThat(config.buffers().ringCapacity()).isEqualTo(16 << 10);
        assertThat(config.buffers().arenaLength()).isEqualTo(8 << 20);
        assertThat(config.maxMessageLength()).isEqualTo(4 << 20);
        assertThat(config.maxFrameLength()).isEqualTo(4 << 20);
        assertThat(config.backpressure()).isEqualTo(BackpressurePolicy.STOP_READING);
        assertThat(config.validateUtf8()).isTrue();
        assertThat(config.heartbeat().intervalNs()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        assertThat(config.reconnect().baseNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void shouldNotNeedAnArenaInline()
    {
        final EngineContext context = new EngineContext().threadingMode(ThreadingMode.INLINE).conclude(CORES);
        assertThat(arena(1).conclude(context).maxMessageLength()).isEqualTo(4 << 20);
    }

    @Test
    void shouldTakeMessagesOfUpTo256MebibytesIfTheArenaHoldsTwo()
    {
        final EngineContext context = new EngineContext().conclude(CORES);
        final int length = 256 << 20;
        assertThat(arena(2 * length).maxMessageLength(length).conclude(context).maxFrameLength()).isEqualTo(length);
        assertThatThrownBy(() -> arena(length).maxMessageLength(length).conclude(context))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("buffers.arenaLength=" + length);
        assertThatThrownBy(() -> arena(2 * length).maxMessageLength(length + 1).conclude(context))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("maxMessageLength=" + (length + 1));
    }

    @Test
    void shouldRefuseToBeConcludedTwice()
    {
        final EngineContext context = new EngineContext().conclude(CORES);
        assertThatThrownBy(() -> context.conclude(CORES)).isInstanceOf(ConfigurationException.class);
        final SessionConfig config = session().conclude(context);
        assertThatThrownBy(() -> config.conclude(context)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldTakeDefaultsFromSystemProperties()
    {
        with("ringwire.threading.mode", "inline", () ->
            assertThat(new EngineContext().threadingMode()).isEqualTo(ThreadingMode.INLINE));
        with("ringwire.arena.length", "1m", () -> assertThat(session().buffers().arenaLength()).isEqualTo(1 << 20));
        with("ringwire.pong.timeout", "7ms", () ->
            assertThat(session().heartbeat().timeoutNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7)));
        with("ringwire.arena.length", "1m", () ->
            assertThat(session().buffers().arenaLength(2 << 20).arenaLength()).as("Java overrides").isEqualTo(2 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "ringwire.transport,carrier pigeon", "ringwire.arena.length,big", "ringwire.ping.interval,soon",
        "ringwire.max.sessions,-", "ringwire.close.timeout,3 parsecs" })
    void shouldNameThePropertyAndTheValueItRefuses(final String name, final String value)
    {
        with(name, value, () -> assertThatThrownBy(() ->
        {
            new EngineContext();
            session();
        }).isInstanceOf(ConfigurationException.class).hasMessageContaining(name + "=" + value));
    }

    @Test
    @DisplayName("W30: a property that is no setting is refused by name")
    void shouldRefuseAPropertyThatIsNoSetting()
    {
        with("ringwire.retry.cuont", "9", () -> assertThatThrownBy(() -> new EngineContext().conclude(4))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("ringwire.retry.cuont=9")
            .hasMessageContaining("ringwire.ping.interval"));
    }

    private static void with(final String name, final String value, final Runnable check)
    {
        System.setProperty(name, value);
        try
        {
            check.run();
        }
        finally
        {
            System.clearProperty(name);
        }
    }

    private static SessionConfig arena(final int length)
    {
        return session().buffers(new BufferPolicy().arenaLength(length));
    }

    private static SessionConfig session()
    {
        return new SessionConfig().uri("ws://host/").messageHandler(
            (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {});
    }

    private static Arguments engine(final Consumer<EngineContext> setting, final String named)
    {
        return Arguments.of(setting, named);
    }

    private static Arguments refusal(final Consumer<SessionConfig> setting, final String named)
    {
        return Arguments.of(setting, named);
    }
}
