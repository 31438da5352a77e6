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
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class PinningTest
{
    private static final int NO_SUCH_CPU = 4095;

    private final CopyOnWriteArrayList<Throwable> errors = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseToLaunchOnACoreThatIsNotThere(final ThreadingMode mode)
    {
        final EngineContext context =
            new EngineContext().threadingMode(mode).ioCpu(NO_SUCH_CPU).errorHandler(errors::add);

        assertThatThrownBy(() -> Engine.launch(context))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("ringwire-io")
            .hasMessageContaining("cannot pin to cpu " + NO_SUCH_CPU);
        assertThat(Thread.getAllStackTraces().keySet())
            .noneMatch((thread) -> thread.isAlive() && thread.getName().startsWith("ringwire-"));
    }
}
