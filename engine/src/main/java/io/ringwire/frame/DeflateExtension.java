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
package io.ringwire.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The negotiation of permessage-deflate from the client's side (RFC 7692 section 7.1): one offer, and the judgement of
 * the answer. Used once per handshake, so it allocates.
 */
public final class DeflateExtension
{
    /** The token the extension is registered with. */
    public static final String NAME = "permessage-deflate";

    /** The smallest window that can be agreed on: two to the power of this many bytes. */
    public static final int MIN_WINDOW_BITS = 8;

    /** The largest window that can be agreed on, and the one where nothing is agreed. */
    public static final int MAX_WINDOW_BITS = 15;

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    private final DeflateParameters offered;

    /**
     * An extension to offer.
     *
     * @param offered the no-takeover flags to ask for; as window bits the largest wanted. {@value #MAX_WINDOW_BITS}
     *                asks nothing of the server's window, and lets the server limit ours.
     */
    public DeflateExtension(final DeflateParameters offered)
    {
        this.offered = offered;
    }

    /**
     * The element of the request's {@code Sec-WebSocket-Extensions}. {@code client_max_window_bits} is always part of
     * it: without it a server may not limit our window.
     *
     * @return the text of the offer.
     */
    public String offer()
    {
        final StringBuilder offer = new StringBuilder(NAME);
        if (offered.serverNoContextTakeover())
        {
            offer.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
        }
        if (offered.clientNoContextTakeover())
        {
            offer.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
        }
        if (offered.serverMaxWindowBits() < MAX_WINDOW_BITS)
        {
            offer.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(offered.serverMaxWindowBits());
        }
        offer.append("; ").append(CLIENT_MAX_WINDOW_BITS);
        if (offered.clientMaxWindowBits() < MAX_WINDOW_BITS)
        {
            offer.append('=').append(offered.clientMaxWindowBits());
        }
        return offer.toString();
    }

    /**
     * Judge the server's answer to the offer.
     *
     * @param header value of the response's {@code Sec-WebSocket-Extensions}, several joined by commas.
     * @return what both sides agreed on, or why the handshake must fail.
     */
    public Answer answer(final String header)
    {
        try
        {
            final ExtensionParser parser = new ExtensionParser(header);
            final String name = parser.nextExtension();
            if (null == name)
            {
                return refused("the header names no extension");
            }
            if (!NAME.equals(name))
            {
                return refused("extension " + name + " was not offered");
            }

            final Map<String, String> parameters = new LinkedHashMap<>();
            while (parser.nextParameter())
            {
                if (parameters.containsKey(parser.name()))
                {
                    return refused("parameter " + parser.name() + " stands there twice");
                }
                parameters.put(parser.name(), parser.value());
            }

            final String second = parser.nextExtension();
            return null == second ? judge(parameters) :
                refused(NAME.equals(second) ?
                    NAME + " was accepted twice" : "extension " + second + " was not offered");
        }
        catch (final ExtensionParser.SyntaxException ex)
        {
            return refused(ex.getMessage());
        }
    }

    private Answer judge(final Map<String, String> parameters)
    {
        for (final Map.Entry<String, String> parameter : parameters.entrySet())
        {
            final String brokenRule = brokenRule(parameter.getKey(), parameter.getValue());
            if (null != brokenRule)
            {
                return refused(brokenRule);
            }
        }

        if (offered.serverNoContextTakeover() && !parameters.containsKey(SERVER_NO_CONTEXT_TAKEOVER))
        {
            return refused(SERVER_NO_CONTEXT_TAKEOVER + " was asked for and is missing");
        }
        if (offered.serverMaxWindowBits() < MAX_WINDOW_BITS && !parameters.containsKey(SERVER_MAX_WINDOW_BITS))
        {
            return refused(
                SERVER_MAX_WINDOW_BITS + "=" + offered.serverMaxWindowBits() + " was asked for and is missing");
        }

        // what the client said of its own side holds even if the server is silent (sections 7.1.1.2 and 7.1.2.2)
        return new Answer(new DeflateParameters(
            parameters.containsKey(SERVER_NO_CONTEXT_TAKEOVER),
            offered.clientNoContextTakeover() || parameters.containsKey(CLIENT_NO_CONTEXT_TAKEOVER),
            windowBits(parameters.get(SERVER_MAX_WINDOW_BITS), MAX_WINDOW_BITS),
            windowBits(parameters.get(CLIENT_MAX_WINDOW_BITS), offered.clientMaxWindowBits())), null);
    }

    private String brokenRule(final String name, final String value)
    {
        switch (name)
        {
            case SERVER_NO_CONTEXT_TAKEOVER:
            case CLIENT_NO_CONTEXT_TAKEOVER:
                return null == value ? null : "parameter " + name + " must have no value: " + value;

            case SERVER_MAX_WINDOW_BITS:
                return windowRule(name, value, offered.serverMaxWindowBits());

            case CLIENT_MAX_WINDOW_BITS:
                return windowRule(name, value, offered.clientMaxWindowBits());

            default:
                return "unknown parameter " + name;
        }
    }

    private static String windowRule(final String name, final String value, final int offeredBits)
    {
        if (null == value)
        {
            return "parameter " + name + " has no value";
        }
        if (!value.matches("[89]|1[0-5]"))
        {
            return "parameter " + name + " must be a number from 8 to 15: " + value;
        }
        return Integer.parseInt(value) <= offeredBits ? null :
            "parameter " + name + "=" + value + " is more than the " + offeredBits + " offered";
    }

    private static int windowBits(final String value, final int bitsIfAbsent)
    {
        return null == value ? bitsIfAbsent : Integer.parseInt(value);
    }

    private static Answer refused(final String reason)
    {
        return new Answer(null, reason);
    }

    /**
     * The outcome of a negotiation; one of the two is null.
     *
     * @param parameters agreed on.
     * @param refusal    why the handshake must fail.
     */
    public record Answer(DeflateParameters parameters, String refusal)
    {
    }
}
