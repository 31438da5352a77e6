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

import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.venue.deribit.DeribitLogin;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A sample that speaks to an exchange of its own, or with {@code --live} to the real venue. Secrets come from the
 * environment and are never printed.
 */
abstract class VenueSample implements Callable<Integer>
{
    private static final long TIMEOUT_S = 30;

    private final UnaryOperator<String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--live", description = "Go to the real venue, not to an exchange inside this process.")
    private boolean live;

    VenueSample(final UnaryOperator<String> environment)
    {
        this.environment = environment;
    }

    /**
     * Run the sample on the calling thread.
     *
     * @return 0; 1 after a failure; 2 if it was called wrongly.
     */
    final int run(final String... args)
    {
        return new CommandLine(this).execute(args);
    }

    final boolean isLive()
    {
        return live;
    }

    /**
     * What the venue has to be told to let us in.
     */
    final String secret(final String variable)
    {
        final String value = environment.apply(variable);
        if (value == null || value.isBlank())
        {
            throw new ParameterException(
                spec.commandLine(), "--live needs the environment variable " + variable + ", which is not set");
        }

        return value;
    }

    /**
     * A login at Deribit for one session: of the environment's account if live, else of the one that the exchange
     * inside this process knows.
     */
    final DeribitLogin deribitLogin()
    {
        final Credentials local = Credentials.local();
        return live ? DeribitLogin.signature(secret("DERIBIT_CLIENT_ID"), secret("DERIBIT_CLIENT_SECRET")) :
            DeribitLogin.signature(local.apiKey(), local.apiSecret());
    }

    static void await(final Semaphore permits, final int count, final String what) throws InterruptedException
    {
        if (!permits.tryAcquire(count, TIMEOUT_S, TimeUnit.SECONDS))
        {
            throw new IllegalStateException("no " + what + " within " + TIMEOUT_S + " s");
        }
    }
}
