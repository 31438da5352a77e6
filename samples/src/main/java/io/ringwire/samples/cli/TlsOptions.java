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

import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of every command that may speak TLS, as a picocli {@code @Mixin}.
 */
public final class TlsOptions
{
    @Option(
        names = "--ca",
        paramLabel = "FILE",
        description = "wss: trust the certificates in this PEM file in place of the JDK's.")
    private Path caFile;

    @Option(
        names = "--cert",
        paramLabel = "FILE",
        description = "wss: the client's certificate chain in PEM; needs --key.")
    private Path certificateFile;

    @Option(names = "--key", paramLabel = "FILE", description = "wss: the key of --cert, PKCS#8 in PEM.")
    private Path keyFile;

    @Option(
        names = "--pin",
        paramLabel = "sha256/BASE64",
        description = "wss: a public key that the server's chain must have. Repeatable: one of them.")
    private List<String> pins = new ArrayList<>();

    @Option(names = "--tls-provider", paramLabel = "NAME", description = "wss: auto, boringssl or jdk. Default: auto.")
    private TlsProvider provider; // null: as the system property says

    @Option(
        names = "--insecure",
        description = "wss: check neither certificate nor host name. For tests only: whoever is in between can read " +
            "and change everything.")
    private boolean insecure;

    /**
     * A policy with the options set that were given.
     *
     * @return the policy, or null if no option was given.
     */
    public TlsPolicy policy()
    {
        if (caFile == null && certificateFile == null && keyFile == null && pins.isEmpty() && provider == null &&
            !insecure)
        {
            return null;
        }

        final TlsPolicy policy = new TlsPolicy()
            .caFile(caFile)
            .certificate(certificateFile, keyFile)
            .insecureTrustAnyServerForTestsOnly(insecure);
        pins.forEach(policy::pin);
        return provider == null ? policy : policy.provider(provider);
    }
}
