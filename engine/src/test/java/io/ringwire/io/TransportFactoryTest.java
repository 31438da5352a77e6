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
package io.ringwire.io;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransportFactoryTest
{
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSayWhyATransportDoesNotLoad(final Transport transport)
    {
        final String reason = TransportFactory.unavailability(transport);
        if (reason == null)
        {
            assertThat(TransportFactory.load(transport).explanation()).isNotEmpty();
        }
        else
        {
            assertThatThrownBy(() -> TransportFactory.load(transport))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining(reason);
        }
    }
}
