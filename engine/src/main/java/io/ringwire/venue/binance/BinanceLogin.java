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
package io.ringwire.venue.binance;

import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import io.ringwire.json.JsonWriter;
import io.ringwire.venue.Signatures;
import org.agrona.DirectBuffer;

import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Logs in to the WebSocket API with {@code session.logon}, which takes keys of Ed25519 only; requests need no signature
 * of their own then. The host's clock must be right. Status 429, 418 and 5xx and the error -1021, a clock that is off,
 * fail the attempt, and the session tries again; any other error is final. That -1021 passes by itself, when the clock
 * is set or the network gets faster, is an assumption. Keeps no state.
 */
public final class BinanceLogin implements Authenticator
{
    private final String apiKey;
    private final PrivateKey privateKey;
    private final long recvWindowMs;
    private final LongSupplier epochMs;

    BinanceLogin(
        final String apiKey, final PrivateKey privateKey, final long recvWindowMs, final LongSupplier epochMs)
    {
        this.apiKey = apiKey;
        this.privateKey = privateKey;
        this.recvWindowMs = recvWindowMs;
        this.epochMs = epochMs;
    }

    /**
     * Log in with a key.
     *
     * @param apiKey       that the venue gave for the public key.
     * @param privateKey   of Ed25519.
     * @param recvWindowMs for which the venue takes the request after it was signed: 1 to 60,000 ms.
     */
    public BinanceLogin(final String apiKey, final PrivateKey privateKey, final long recvWindowMs)
    {
        this(apiKey, privateKey, recvWindowMs, System::currentTimeMillis);
    }

    @Override
    public String login(final LoginStep step, final long requestId) throws Exception
    {
        final long timestamp = epochMs.getAsLong();
        final String payload = payload(new TreeMap<>(Map.of(
            "apiKey", apiKey,
            "recvWindow", Long.toString(recvWindowMs),
            "timestamp", Long.toString(timestamp))));
        return new JsonWriter().beginObject()
            .field("id", requestId)
            .field("method", "session.logon")
            .name("params").beginObject()
            .field("apiKey", apiKey)
            .field("recvWindow", recvWindowMs)
            .field("signature", Base64.getEncoder().encodeToString(Signatures.ed25519(privateKey, payload)))
            .field("timestamp", timestamp)
            .endObject()
            .endObject()
            .toString();
    }

    @Override
    public LoginOutcome onAnswer(
        final MessageKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        if (kind == MessageKind.REPLY)
        {
            return LoginOutcome.accepted();
        }

        final BinanceAnswer error = BinanceAnswer.of(buffer, offset, length);
        if (error.isPassing())
        {
            throw new IllegalStateException("Binance did not log in: " + error.reason());
        }

        return LoginOutcome.rejected(error.reason());
    }

    /**
     * What is signed: the parameters but the signature, sorted by name.
     */
    private static String payload(final SortedMap<String, String> parameters)
    {
        return parameters.entrySet().stream()
            .map((parameter) -> parameter.getKey() + '=' + parameter.getValue())
            .collect(Collectors.joining("&"));
    }
}
