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

import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What may take its time before a connection, done away from the control thread, which goes on. Called on the control
 * thread.
 */
public interface Lookups
{
    /**
     * Start to resolve a name. The result comes as {@link SessionStateMachine#onResolved} on the control thread, in
     * this call or later, or never.
     *
     * @param machine   to tell.
     * @param host      name or IP literal.
     * @param attemptId to give back.
     */
    void resolve(SessionStateMachine machine, String host, int attemptId);

    /**
     * Call code of the user: calls for one session in order, one at a time.
     *
     * @param session  concerned.
     * @param userCode may block; what it returns is called on the control thread, with the time.
     * @return false if too many calls before it have not returned: this one will not be made.
     */
    boolean call(WebSocketSession session, Supplier<LongConsumer> userCode);
}
