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

import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells on a second thread that sends through a session which its user meant for one.
 */
final class SenderCheck
{
    private final String sessionName;
    private final AtomicReference<Thread> sender = new AtomicReference<>(); // the first thread that sends

    SenderCheck(final String sessionName)
    {
        this.sessionName = sessionName;
    }

    /**
     * Any thread that sends.
     *
     * @throws IllegalStateException that names it and the one that sent first.
     */
    void check()
    {
        final Thread current = Thread.currentThread();
        if (sender.get() != current && !sender.compareAndSet(null, current))
        {
            throw new IllegalStateException(
                "thread '" + current.getName() + "' sends through session '" + sessionName + "', but thread '" +
                sender.get().getName() + "' did first: send from one, or turn checkSingleSender off");
        }
    }
}
