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
package io.ringwire.samples.exchange;

import io.ringwire.samples.cli.SpeedOption;
import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * {@code ringwire exchange}: a {@link LocalExchange} on its own.
 */
@Command(
    name = "exchange",
    mixinStandardHelpOptions = true,
    description =
    {
        "Runs the samples' venues until it is interrupted. The first line on stdout is its URI. Its paths:",
        "  /ws/api/v2                   JSON-RPC like Deribit's, without login and limits",
        "  /deribit/ws/api/v2           Deribit",
        "  /binance/stream?streams=..   Binance's combined streams",
        "  /binance/ws[/STREAM]         Binance's raw streams",
        "  /binance/ws-api/v3           Binance's WebSocket API",
        "  /coinbase                    Coinbase Exchange",
        "  /kraken, /kraken/v2          Kraken, version 1 and 2",
        "  /echo                        sends back what it receives",
        "  /replay                      sends the capture",
        "  /status/N                    refuses the upgrade with N"
    })
public final class ExchangeCommand implements Subcommand
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0",
        description = "Port on the loopback interface; 0 is any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000",
        description = "Market data messages a second for each client (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--capture", paramLabel = "FILE",
        description = "Send this capture in place of made-up market data.")
    private Path captureFile;

    @Option(names = "--speed", paramLabel = "X", defaultValue = "recorded", converter = SpeedOption.class,
        description = "Of the capture: a factor, recorded, or max (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(names = "--tls",
        description = "Speak TLS, with a certificate made for this run; the second line on stdout is the file " +
            "to give to connect --ca.")
    private boolean tls;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
    private Integer seconds;

    @Override
    public Integer call() throws IOException
    {
        final ExchangeConfig config = new ExchangeConfig().port(port).marketDataRate(rate).tls(tls);
        if (captureFile != null)
        {
            config.capture(Capture.read(captureFile), speed);
        }

        try (LocalExchange exchange = LocalExchange.launch(config))
        {
            final PrintWriter out = spec.commandLine().getOut();
            out.println(exchange.uri());
            if (tls)
            {
                out.println(exchange.caFile());
            }

            out.flush();
            return await();
        }
    }

    private int await()
    {
        try
        {
            final long limitS = seconds == null ? Long.MAX_VALUE : seconds; // without one, the process is interrupted
            TimeUnit.SECONDS.sleep(limitS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        return 0;
    }
}
