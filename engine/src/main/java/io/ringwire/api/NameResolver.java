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
package io.ringwire.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Turns host names into addresses. The default is the JDK's.
 */
@FunctionalInterface
public interface NameResolver
{
    /**
     * Look up a name. Called on a thread of its own, several at a time for different names, and may block; the wait of
     * the session ends at {@code TimeoutPolicy.resolveNs}. In INVOKER mode the thread that drives the engine calls it.
     * IP literals are not looked up.
     *
     * @param host name to look up.
     * @return its addresses, at least one, in the order they are to be tried.
     * @throws UnknownHostException whose message goes into the reason of the failed attempt.
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
