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

import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ringwire sample}: runs one of the sample programs as its {@code main} would be run.
 */
@Command(
    name = "sample",
    description = "Run a sample program. Its source is in samples/src/main/java/io/ringwire/samples.",
    footer = "Behind -- stand arguments of the sample that are options here too: ringwire sample RateLimited -- --help")
public final class SampleCommand implements Subcommand
{
    private static final Map<String, Main> MAIN_BY_NAME = new TreeMap<>(Map.ofEntries(
        Map.entry("EchoClient", EchoClient::main),
        Map.entry("RequestReplyClient", RequestReplyClient::main),
        Map.entry("MarketDataSubscriber", MarketDataSubscriber::main),
        Map.entry("InlineModeClient", InlineModeClient::main),
        Map.entry("ReconnectingClient", ReconnectingClient::main),
        Map.entry("SecureClient", SecureClient::main),
        Map.entry("DeribitSession", DeribitSession::main),
        Map.entry("BinanceMarketData", BinanceMarketData::main),
        Map.entry("PooledOrders", PooledOrders::main),
        Map.entry("RateLimited", RateLimited::main),
        Map.entry("RecordAndReplay", RecordAndReplay::main)));

    @Spec
    private CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "NAME",
        completionCandidates = Names.class,
        description = "One of: ${COMPLETION-CANDIDATES}.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "Given to the sample.")
    private List<String> arguments = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception
    {
        final Main main = MAIN_BY_NAME.get(name);
        if (main == null)
        {
            throw new ParameterException(
                spec.commandLine(), "no sample '" + name + "': there are " + MAIN_BY_NAME.keySet());
        }

        options.addAll(arguments);
        main.run(options.toArray(String[]::new));
        return 0;
    }

    /**
     * What there is to run.
     */
    private static final class Names extends ArrayList<String>
    {
        private static final long serialVersionUID = 1;

        Names()
        {
            super(MAIN_BY_NAME.keySet());
        }
    }

    /**
     * The entry of a program.
     */
    @FunctionalInterface
    private interface Main
    {
        void run(String[] arguments) throws Exception;
    }
}
