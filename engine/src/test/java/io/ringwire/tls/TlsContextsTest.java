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
package io.ringwire.tls;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TlsContextsTest
{
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldSayWhyAProviderDoesNotLoad(final TlsProvider provider)
    {
        final TlsPolicy policy = new TlsPolicy().provider(provider);
        final String reason = TlsContexts.unavailability(provider);
        if (reason == null)
        {
            try (TlsContext context = TlsContexts.open(policy))
            {
                assertThat(context).isNotNull();
            }
        }
        else
        {
            assertThatThrownBy(() -> TlsContexts.open(policy))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining(reason);
        }
    }
}
