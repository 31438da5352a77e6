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

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BadSettingTest extends SystemTest
{
    @ParameterizedTest
    @CsvSource({
        "'', is not set",
        "no uri at all, not a URI",
        "http://host/, scheme http is not ws",
        "//host/, scheme null is not ws",
        "ws:///path, no valid host",
        "ws://under_score:x/, no valid host",
        "ws://host/#part, fragment",
        "ws://host:0/, port 0",
        "ws://host:65536/, port 65536"})
    void shouldRefuseAUriThatCannotWorkAndNameIt(final String uri, final String complaint)
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().uri(uri)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("uri").hasMessageContaining(complaint);
    }

    @Test
    void shouldNotPrintThePasswordOfAUri()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().uri("ws://user:secret@host/")))
            .isInstanceOf(ConfigurationException.class).hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseASessionWithoutAHandler()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(new SessionConfig().uri(venue.uri("/"))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("messageHandler");
    }

    @Test
    void shouldRefuseAMessageLimitOverHalfOfTheArena()
    {
        launch();
        final SessionConfig config = config().buffers(new BufferPolicy().arenaLength(4096)).maxMessageLength(2049);
        assertThatThrownBy(() -> engine.connect(config))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("2049").hasMessageContaining("4096");
    }

    @Test
    void shouldRefuseMoreSessionsThanConfiguredUntilOneHasEnded()
    {
        launch(context(ThreadingMode.INVOKER).maxSessions(1));
        final Session first = engine.connect(config());
        assertThatThrownBy(() -> engine.connect(config()))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("maxSessions=1");
        first.abort();
        pump.until("ended", () -> first.state() == SessionState.CLOSED);
        assertThat(engine.connect(config()).state()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void shouldRefuseToSpinMoreThreadsThanThereAreCores()
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        final EngineContext context = context(ThreadingMode.DEDICATED).idleMode(IdleMode.SPIN).handlerThreads(cores);
        assertThatThrownBy(() -> Engine.launch(context))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("SPIN").hasMessageContaining((cores + 1) + " threads");
    }

    @ParameterizedTest
    @CsvSource({"INVOKER", "DEDICATED", "INLINE", "SHARED"})
    void shouldRefuseToConnectAfterClose(final ThreadingMode mode)
    {
        launch(mode);
        engine.close();
        assertThatThrownBy(() -> engine.connect(config()))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("closed");
        engine.close();
    }

    @Test
    void shouldRefuseAUsedSessionConfig()
    {
        launch();
        final SessionConfig config = config();
        engine.connect(config).abort();
        assertThatThrownBy(() -> engine.connect(config)).isInstanceOf(ConfigurationException.class);
    }
}
