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
package io.ringwire.io;

import io.ringwire.session.Dial;
import io.ringwire.session.LinkCommands;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.WebSocketSession;

/**
 * The caller's side of the {@link IoAgent}: each command is handed over to the IO thread. Lambdas are fine, commands
 * are cold; waking is not and makes none.
 */
final class IoProxy implements LinkCommands
{
    private final IoAgent agent;

    IoProxy(final IoAgent agent)
    {
        this.agent = agent;
    }

    @Override
    public void connect(
        final WebSocketSession session, final Dial dial, final int attemptId, final int epoch)
    {
        agent.offer(session, (link) -> link.connect(dial, attemptId, epoch));
    }

    @Override
    public void open(final WebSocketSession session, final int attemptId)
    {
        agent.offer(session, (link) -> link.open(attemptId));
    }

    @Override
    public void drop(final WebSocketSession session, final int attemptId)
    {
        agent.offer(session, (link) -> link.drop(attemptId));
    }

    @Override
    public void deliver(final WebSocketSession session, final SessionEvent event)
    {
        agent.offer(session, (link) -> link.deliver(event));
    }

    @Override
    public void wake()
    {
        agent.wake();
    }
}
