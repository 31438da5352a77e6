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
package io.ringwire.pool;

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.config.SessionConfig;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool in lock-step, of sessions that the test plays, and everything that it tells.
 */
final class PoolFixture implements PoolListener
{
    static final long MS = 1_000_000L;

    final List<FakeSession> sessions = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final ReplyHandler replies = this::onReply;
    final SessionPool pool;
    long nowNs = 1;
    RuntimeException refusal;

    PoolFixture(final PoolPolicy policy)
    {
        pool = SessionPool.launch(
            policy.threaded(false).listener(this).nanoClock(() -> nowNs).errorHandler(errors::add), this::connect);
    }

    PoolFixture()
    {
        this(new PoolPolicy());
    }

    Session connect(final SessionConfig config)
    {
        if (refusal != null)
        {
            throw refusal;
        }

        final FakeSession session = new FakeSession("s" + sessions.size());
        sessions.add(session);
        return session.session();
    }

    PoolMember add()
    {
        return pool.add(SessionConfig::new);
    }

    FakeSession addLive()
    {
        add();
        return last().live();
    }

    FakeSession last()
    {
        return sessions.get(sessions.size() - 1);
    }

    void passMs(final long ms)
    {
        nowNs += ms * MS;
        pool.doWork();
    }

    long send(final String text)
    {
        final UnsafeBuffer buffer = buffer(text);
        return pool.send(1, buffer, 0, buffer.capacity());
    }

    long request(final long id)
    {
        final UnsafeBuffer buffer = buffer("order " + id);
        return pool.request(id, buffer, 0, buffer.capacity(), 1_000 * MS, replies);
    }

    long requestRepeatable(final long id)
    {
        final UnsafeBuffer buffer = buffer("query " + id);
        return pool.requestRepeatable(id, buffer, 0, buffer.capacity(), 1_000 * MS, replies);
    }

    static UnsafeBuffer buffer(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void onLive(final PoolMember member, final int epoch)
    {
        log.add("live " + member.id() + "." + member.incarnation() + "." + epoch);
    }

    @Override
    public void onNotLive(final PoolMember member, final int epoch)
    {
        log.add("not live " + member.id() + "." + member.incarnation() + "." + epoch);
    }

    @Override
    public void onRestarted(final PoolMember member)
    {
        log.add("restarted " + member.id());
    }

    @Override
    public void onRestartFailed(final PoolMember member, final Throwable cause)
    {
        log.add("restart failed " + member.id());
    }

    @Override
    public void onEnded(final PoolMember member)
    {
        log.add("ended " + member.id());
    }

    @Override
    public void onRemoved(final PoolMember member)
    {
        log.add("removed " + member.id());
    }

    @Override
    public void onFailover(
        final PoolMember from, final PoolMember to, final long correlationId, final ReplyOutcome outcome)
    {
        log.add("failover " + from.id() + " " + to.id() + " " + correlationId + " " + outcome);
    }

    private void onReply(
        final Session session,
        final long correlationId,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        log.add("reply " + correlationId + " " + outcome + " " + session.name());
    }
}
