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

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.ringwire.ForkedJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A peer that changes its keys every few messages (RFC 8446 section 4.6.3), in a JVM of its own.
 */
@Timeout(60)
class KeyUpdateTest
{
    @ParameterizedTest
    @EnumSource(names = { "OPENSSL", "JDK" })
    void shouldFollowKeyUpdatesAndAnswerThem(final SslProvider provider) throws Exception
    {
        assumeTrue(provider == SslProvider.JDK || OpenSsl.isAvailable(), "no BoringSSL on this machine");
        ForkedJvm.run(0, "test.options", List.of(), KeyUpdateRun.class, provider);
    }
}
