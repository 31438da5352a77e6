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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.config.Endpoint;
import io.ringwire.config.UpgradePolicy;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Headers of one upgrade request: what is fixed, what the user's supplier gives, what the cookie jar gives. Made on a
 * lookup thread, since the user's code is called.
 *
 * @param headers in the order they are sent; null if there was a failure.
 * @param failure why there are none, or null.
 */
record UpgradeHeaders(List<Map.Entry<String, String>> headers, String failure)
{
    private static final Set<String> SECRETS = Set.of("authorization", "proxy-authorization", "cookie");

    /**
     * Does the user's code have a say?
     */
    static boolean callUser(final UpgradePolicy policy)
    {
        return policy.headerSupplier() != null || policy.cookies() != null;
    }

    /**
     * The fixed headers alone.
     */
    static List<Map.Entry<String, String>> fixed(final UpgradePolicy policy, final boolean ownOrigin)
    {
        return ownOrigin ? policy.headers() : policy.headers().stream()
            .filter((header) -> !SECRETS.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .filter((header) -> !header.getKey().equalsIgnoreCase("host"))
            .toList();
    }

    /**
     * Ask the user's code. Blocks as long as it does.
     */
    static UpgradeHeaders collect(final UpgradePolicy policy, final Endpoint target, final boolean ownOrigin)
    {
        try
        {
            final List<Map.Entry<String, String>> headers = new ArrayList<>(fixed(policy, ownOrigin));
            if (ownOrigin && policy.headerSupplier() != null)
            {
                final List<Map.Entry<String, String>> supplied = policy.headerSupplier().get();
                UpgradePolicy.checkHeaders(supplied);
                headers.addAll(supplied);
            }

            final String cookies = cookies(policy.cookies(), target);
            if (!cookies.isEmpty())
            {
                if (headers.stream().anyMatch((header) -> header.getKey().equalsIgnoreCase("cookie")))
                {
                    return failed("both the header supplier and the cookie jar give a Cookie header");
                }

                headers.add(Map.entry("Cookie", cookies));
            }

            return new UpgradeHeaders(headers, null);
        }
        catch (final Throwable t) // an error too: it must not take the thread, and with it every later attempt
        {
            return failed("the header supplier or the cookie jar failed: " + t);
        }
    }

    /**
     * Give the cookies of an answer to the jar.
     */
    static void keepCookies(final CookieHandler jar, final Endpoint target, final HandshakeResponse response)
    {
        final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (final Map.Entry<String, String> header : response.headers())
        {
            headers.computeIfAbsent(header.getKey(), (name) -> new ArrayList<>()).add(header.getValue());
        }

        try
        {
            jar.put(httpUri(target), headers);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("the cookie jar failed: " + ex, ex);
        }
    }

    private static String cookies(final CookieHandler jar, final Endpoint target) throws IOException
    {
        final List<String> cookies = new ArrayList<>();
        if (jar != null)
        {
            jar.get(httpUri(target), Map.of()).forEach((name, values) ->
            {
                if (name.equalsIgnoreCase("cookie"))
                {
                    cookies.addAll(values);
                }
            });
        }

        return String.join("; ", cookies);
    }

    /**
     * Jars know the schemes of HTTP: a cookie that is marked secure goes to https alone.
     */
    private static URI httpUri(final Endpoint target)
    {
        return URI.create(
            (target.isSecure() ? "https://" : "http://") + target.authority() + target.requestTarget());
    }

    private static UpgradeHeaders failed(final String reason)
    {
        return new UpgradeHeaders(null, reason);
    }
}
