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
package io.ringwire.samples.cli;

import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TlsOptionsTest
{
    private static LocalExchange exchange;

    @BeforeAll
    static void launchExchange()
    {
        exchange = LocalExchange.launch(new ExchangeConfig().tls(true));
    }

    @AfterAll
    static void closeExchange()
    {
        exchange.close();
        assertThat(exchange.caFile()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = { "auto", "jdk" })
    void shouldEchoOverTls(final String provider) throws Exception
    {
        final CommandRun run = run("--ca", exchange.caFile().toString(), "--tls-provider", provider);
        run.in().feed("secret\n");
        run.in().end();
        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().text()).isEqualTo("secret\n");
        assertThat(run.err().text()).containsPattern("upgrading: TLSv1.3 TLS_\\w+, (BoringSSL|JDK)");
    }

    @Test
    void shouldNotTrustACertificateItDoesNotKnow() throws Exception
    {
        final CommandRun run = run();
        assertThat(run.exitCode()).isOne();
        assertThat(run.err().text()).contains("TLS failed, SELF_SIGNED");
    }

    @Test
    void shouldTrustAnybodyWhenToldSo() throws Exception
    {
        final CommandRun run = run("--insecure");
        run.in().end();
        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.err().text())
            .contains("ringwire: warning: session localhost").contains("does not check who the server is")
            .doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() throws Exception
    {
        final CommandRun run = run("--ca", "no-such-file.pem");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().text()).contains("tls.caFile=no-such-file.pem does not exist");
    }

    private static CommandRun run(final String... options)
    {
        final String[] arguments = new String[options.length + 3];
        arguments[0] = "connect";
        arguments[1] = exchange.uri("/echo");
        arguments[2] = "--exit-on-eof";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }
}
