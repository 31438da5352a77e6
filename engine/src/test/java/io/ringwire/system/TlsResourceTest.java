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
import io.ringwire.api.SessionState;
import io.ringwire.config.Reaction;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What failed attempts leave behind. Native memory of BoringSSL is watched by Netty's leak detector.
 * {@code -Dringwire.test.tls.failures=10000} makes more of them.
 */
@Timeout(600)
class TlsResourceTest extends TlsTest
{
    private static final int FAILURES = Integer.getInteger("ringwire.test.tls.failures", 50);
    private static final int WARM_UP = 10;

    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldLeaveNothingBehindWhenTheCertificateIsRefused(final TlsProvider provider)
    {
        final X509Bundle stranger = TlsCertificates.issued(
            TlsCertificates.server("CN=stranger"), TlsCertificates.OTHER_CA);
        openVenue(server(stranger));
        run(trusting(provider));
        assertThat(handler.changes(SessionState.BACKING_OFF))
            .allMatch((change) -> change.reason().startsWith("TLS failed, UNKNOWN_ISSUER"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldLeaveNothingBehindWhenThereIsNoCommonProtocol(final TlsProvider provider)
    {
        openVenue(server().protocols("TLSv1.2"));
        run(trusting(provider).protocols("TLSv1.3"));
        assertThat(handler.changes(SessionState.BACKING_OFF))
            .allMatch((change) -> change.reason().startsWith("TLS failed, NO_COMMON_PROTOCOL"));
    }

    private void run(final TlsPolicy policy)
    {
        launch(ThreadingMode.DEDICATED);
        final SessionConfig config = secure(policy).reconnect(
            new ReconnectPolicy().baseNs(1).capNs(1).onBadCertificate(Reaction.BACK_OFF));
        session = engine.connect(config);
        untilFailures(WARM_UP);
        System.gc();
        final long directBytes = Memory.directBytes() + Memory.nettyBytes();
        final int files = Memory.openFiles();
        final List<String> threads = lastingThreads();
        untilFailures(WARM_UP + FAILURES);
        session.abort();
        untilHandlerSaw("state CLOSED");
        pump.until("the venue has seen the end", () ->
        {
            System.gc();
            return Memory.openFiles() <= files && Memory.directBytes() + Memory.nettyBytes() <= directBytes;
        });
        assertThat(lastingThreads()).isEqualTo(threads);
        assertThat(LeakWatcher.leaks()).isEmpty();
        assertThat(session.metrics().connectFailures()).isGreaterThanOrEqualTo(WARM_UP + FAILURES);
        assertThat(tlsVenue.handshakes).hasValue(0);
    }

    /**
     * Without those of the lookups, which come and go.
     */
    private static List<String> lastingThreads()
    {
        return LeakWatcher.engineThreads().stream().filter((name) -> !name.equals("ringwire-lookup")).sorted().toList();
    }

    private void untilFailures(final int count)
    {
        for (long seen = session.metrics().connectFailures(); seen < count;)
        {
            final long before = seen; // the wait has a deadline of its own for each step
            pump.until("another failure", () -> session.metrics().connectFailures() > before);
            seen = session.metrics().connectFailures();
        }
    }
}
