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
package io.ringwire.samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every sample against an exchange of its own and looks at its last line.
 */
@Timeout(60)
class SamplesTest
{
    private static final UnaryOperator<String> NO_ENVIRONMENT = (variable) -> null;

    @Test
    void shouldEcho() throws Exception
    {
        assertThat(lastLine(() -> EchoClient.main(new String[0]))).isEqualTo("echo: hello, ring");
    }

    @Test
    void shouldRunBehindTheCommandLine() throws Exception
    {
        assertThat(lastLine(() -> assertThat(new CommandLine(new SampleCommand()).execute("EchoClient")).isZero()))
            .isEqualTo("echo: hello, ring");
    }

    @Test
    void shouldCorrelateEveryOrder() throws Exception
    {
        assertThat(lastLine(() -> RequestReplyClient.main(new String[0]))).startsWith("1000 orders, 1000 replies, ");
    }

    @Test
    void shouldFollowMarketData() throws Exception
    {
        assertThat(lastLine(() -> MarketDataSubscriber.main(new String[0]))).matches("[1-9]\\d{4} messages, .*");
    }

    @Test
    void shouldGoRoundInline() throws Exception
    {
        assertThat(lastLine(() -> InlineModeClient.main(new String[0]))).startsWith("20000 round trips, ");
    }

    @Test
    void shouldComeBackAfterEachLoss() throws Exception
    {
        assertThat(lastLine(() -> ReconnectingClient.main(new String[0])))
            .isEqualTo("the same session, up to its connection number 4");
    }

    @Test
    void shouldSendInPartsCompressedOverTls() throws Exception
    {
        assertThat(lastLine(() -> SecureClient.main(new String[0])))
            .matches("\\d+ parts, 1000000 bytes sent as \\d{4,5}");
    }

    @Test
    void shouldComeBackToDeribitLoggedInAndSubscribed() throws Exception
    {
        assertThat(lastLine(() -> new DeribitSession(NO_ENVIRONMENT).run()))
            .startsWith("connection 2 is subscribed to 2 channels, ");
    }

    @Test
    void shouldFollowBinanceOverAPlannedShutdown() throws Exception
    {
        assertThat(lastLine(() -> new BinanceMarketData(NO_ENVIRONMENT).run()))
            .isEqualTo("connection 2 follows 2 streams");
    }

    @Test
    void shouldPlaceOrdersThroughTheSessionThatIsLeft() throws Exception
    {
        assertThat(lastLine(() -> new PooledOrders(NO_ENVIRONMENT).run()))
            .isEqualTo("11 replies to 10 orders and a question");
    }

    @Test
    void shouldStayWithinTheLimits() throws Exception
    {
        assertThat(lastLine(() -> new RateLimited(NO_ENVIRONMENT).run())).isEqualTo("breaches seen by the venue: 0");
    }

    @Test
    void shouldReplayTwiceAlike() throws Exception
    {
        assertThat(lastLine(() -> RecordAndReplay.main(new String[0])))
            .matches("hashes of two replays: (\\p{XDigit}{16}) \\1, equal");
    }

    @Test
    void shouldRefuseToGoLiveWithoutKeysAndSayWhichAreMissing()
    {
        final StringWriter err = new StringWriter();
        final int exitCode = new CommandLine(new DeribitSession(NO_ENVIRONMENT))
            .setErr(new PrintWriter(err)).execute("--live");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("DERIBIT_CLIENT_ID").contains("--help");
    }

    private static String lastLine(final Sample sample) throws Exception
    {
        final PrintStream original = System.out;
        final ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try
        {
            sample.run();
        }
        finally
        {
            System.setOut(original);
        }

        final List<String> lines = captured.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    private interface Sample
    {
        void run() throws Exception;
    }
}
