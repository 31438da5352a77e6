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
package io.ringwire.config;

import java.util.regex.Pattern;

/**
 * Tells an address from a name, so that the JDK is never asked to look up on a thread that must not wait.
 */
public final class IpLiteral
{
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.+)?");

    private IpLiteral()
    {
    }

    /**
     * Is it an address?
     *
     * @param host name or address, without brackets.
     * @return true if nothing is to be looked up.
     */
    public static boolean isLiteral(final String host)
    {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }
}
