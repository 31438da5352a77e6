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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.SessionConfig;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.SleepingIdleStrategy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Several sessions as one: a message goes through the healthiest of those that are live, and a session that fails is
 * made anew. One member's end never touches another.
 * <p>
 * A message is sent once and through one member, unless it is marked safe to repeat: {@link #sendRepeatable} and
 * {@link #requestRepeatable}. An order must never be.
 * <p>
 * All methods may be called from any thread, but for {@link #doWork()}. The data verbs neither block nor allocate. The
 * pool belongs to no thread but its own: it outlives the one that made it, until {@link #close()}.
 */
public final class SessionPool implements Agent, AutoCloseable
{
    private static final String ROLE_NAME = "ringwire-pool";

    private final PoolPolicy policy;
    private final Members members;
    private final PoolDuty duty;
    private final PoolCalls calls;
    private final ManyToManyConcurrentArrayQueue<RepeatableRequest> free;
    private final AtomicLong failovers = new AtomicLong();
    private final AtomicLong nextCorrelationId = new AtomicLong(1);
    private final AgentRunner runner; // null if the caller drives the pool

    private SessionPool(final PoolPolicy policy, final Function<SessionConfig, Session> connector)
    {
        this.policy = policy;
        members = new Members(connector);
        calls = new PoolCalls(policy);
        duty = new PoolDuty(policy, members, calls);
        free = new ManyToManyConcurrentArrayQueue<>(policy.maxRepeatable());
        for (int i = 0; i < policy.maxRepeatable(); i++)
        {
            free.offer(new RepeatableRequest(this, policy.maxAttempts()));
        }

        runner = policy.threaded() ?
            new AgentRunner(new SleepingIdleStrategy(policy.cycleNs()), policy.errorHandler(), null, this) : null;
    }

    /**
     * Make a pool without members, and start its thread if it has one.
     *
     * @param policy    of the pool; change nothing after this call.
     * @param connector makes a session of a configuration: {@code engine::connect}.
     * @return the pool.
     * @throws ConfigurationException that names the setting and the value.
     */
    public static SessionPool launch(final PoolPolicy policy, final Function<SessionConfig, Session> connector)
    {
        policy.check();
        final SessionPool pool = new SessionPool(policy, connector);
        if (pool.runner != null)
        {
            AgentRunner.startOnThread(pool.runner, SessionPool::daemon);
        }

        return pool;
    }

    /**
     * Add a member. Its session is made on the calling thread.
     *
     * @param configs makes a configuration for each session of the member: one configuration makes one session.
     * @return the member.
     * @throws ConfigurationException of the engine; the pool is as it was.
     * @throws IllegalStateException  if the pool is closed.
     */
    public PoolMember add(final Supplier<SessionConfig> configs)
    {
        return members.add(configs);
    }

    /**
     * Take a member out. It is chosen no more when this returns; its session is closed with 1000 behind what was sent.
     *
     * @param member of this pool.
     * @return false if it is not in the pool.
     */
    public boolean remove(final PoolMember member)
    {
        if (members.remove(member))
        {
            member.session().close();
            return true;
        }

        return false;
    }

    /** {@return the members at this moment} */
    public List<PoolMember> members()
    {
        return members.list();
    }

    /** {@return how each member does at this moment} */
    public List<MemberHealth> health()
    {
        return Arrays.stream(members.all()).map(PoolMember::health).toList();
    }

    /** {@return how often a repeatable message was sent again through another member} */
    public long failovers()
    {
        return failovers.get();
    }

    /**
     * Draw a correlation id that no other request of this pool has, so that a request may go to any member.
     *
     * @return the id, from 1 on.
     */
    public long nextCorrelationId()
    {
        return nextCorrelationId.getAndIncrement();
    }

    /**
     * Send a message through the healthiest live member, once. See {@link Session#send}.
     *
     * @param opcode of the message.
     * @param buffer that holds the payload; free again when the call returns.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @return the send position of that session, or a negative code of {@link SendResult}:
     * {@link SendResult#NOT_CONNECTED} if no member is live, {@link SendResult#CLOSED} if the pool is closed.
     */
    public long send(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        final PoolMember member = choose(null, 0);
        return member == null ? refusal() : ofPool(member.session().send(opcode, buffer, offset, length));
    }

    /**
     * Send a message that may be sent twice without harm: a member that refuses it is passed over for the next best.
     * What a member has accepted is not sent again.
     *
     * @param opcode of the message.
     * @param buffer that holds the payload; free again when the call returns.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @return as {@link #send}; the last refusal if all refused; {@link SendResult#TOO_MANY_REQUESTS} if
     * {@link PoolPolicy#maxRepeatable} requests wait.
     */
    public long sendRepeatable(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        if (members.isClosed())
        {
            return SendResult.CLOSED;
        }

        final RepeatableRequest tries = free.poll();
        if (tries == null)
        {
            return SendResult.TOO_MANY_REQUESTS;
        }

        try
        {
            return ofPool(tries.send(opcode, buffer, offset, length));
        }
        finally
        {
            tries.release();
        }
    }

    /**
     * Claim room in the outbound ring for a message through the healthiest live member. See {@link Session#tryClaim}.
     *
     * @param opcode of the message.
     * @param length of the payload in bytes.
     * @param claim  to fill; end it with commit or abort.
     * @return as {@link #send}.
     */
    public long tryClaim(final int opcode, final int length, final MessageClaim claim)
    {
        final PoolMember member = choose(null, 0);
        return member == null ? refusal() : ofPool(member.session().tryClaim(opcode, length, claim));
    }

    /**
     * Send a request through the healthiest live member, once, whatever comes of it. See {@link Session#request}.
     *
     * @param correlationId unique among the requests in flight of the whole pool.
     * @param buffer        that holds the payload; free again when the call returns.
     * @param offset        of the payload.
     * @param length        of the payload in bytes.
     * @param timeoutNs     after which it ends as {@link ReplyOutcome#TIMED_OUT}.
     * @param replyHandler  told of the end exactly once, on the handler thread of the member's session.
     * @return as {@link #send}.
     */
    public long request(
        final long correlationId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        final PoolMember member = choose(null, 0);
        return member == null ? refusal() :
            ofPool(member.session().request(correlationId, buffer, offset, length, timeoutNs, replyHandler));
    }

    /**
     * Send a request that may be acted upon twice without harm, such as a query: if a member refuses it, or it ends
     * there as {@link ReplyOutcome#UNKNOWN_OUTCOME} or {@link ReplyOutcome#TIMED_OUT}, it is sent again through the
     * next best, each member once and {@link PoolPolicy#maxAttempts} in all. Never use it for an order.
     *
     * @param correlationId unique among the requests in flight of the whole pool.
     * @param buffer        that holds the payload; free again when the call returns: a copy is kept.
     * @param offset        of the payload.
     * @param length        of the payload in bytes.
     * @param timeoutNs     of each try.
     * @param replyHandler  told of the end exactly once, with the session that was tried last.
     * @return as {@link #send}; {@link SendResult#TOO_MANY_REQUESTS} also if {@link PoolPolicy#maxRepeatable} wait.
     */
    public long requestRepeatable(
        final long correlationId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        buffer.boundsCheck(offset, length);
        if (timeoutNs < 0 || replyHandler == null)
        {
            throw new IllegalArgumentException(
                "timeoutNs " + timeoutNs + " must not be negative, replyHandler " + replyHandler + " not null");
        }

        if (members.isClosed())
        {
            return SendResult.CLOSED;
        }

        final RepeatableRequest request = free.poll();
        if (request == null)
        {
            return SendResult.TOO_MANY_REQUESTS;
        }

        boolean isAccepted = false;
        try
        {
            request.fill(correlationId, buffer, offset, length, timeoutNs, replyHandler);
            final long result = request.submit(null);
            isAccepted = result >= 0;
            return ofPool(result);
        }
        finally
        {
            if (!isAccepted) // else it is the session's, and may be at its end
            {
                request.release();
            }
        }
    }

    /**
     * One look at the members: tell the listener, judge, restart. Run by the pool's thread, or by the caller, always
     * on the same thread, if the policy says so.
     *
     * @return how much was done; 0 is the moment to idle.
     */
    @Override
    public int doWork()
    {
        return duty.doWork();
    }

    @Override
    public void onClose()
    {
        duty.close(runner != null);
    }

    @Override
    public String roleName()
    {
        return ROLE_NAME;
    }

    /**
     * Close the sessions of all members with 1000, wait for their ends up to the close timeout, drop what is left and
     * end the pool's thread. A second call does nothing.
     *
     * @throws IllegalStateException if called by the pool's thread, for which it would wait.
     */
    @Override
    public void close()
    {
        if (runner != null && runner.thread() == Thread.currentThread())
        {
            throw new IllegalStateException("close the pool from a thread of your own, not from its listener");
        }

        if (!members.close())
        {
            return;
        }

        if (runner == null)
        {
            onClose();
        }
        else
        {
            final long graceMs = TimeUnit.NANOSECONDS.toMillis(policy.closeTimeoutNs());
            runner.close((int)Math.min(Integer.MAX_VALUE, graceMs * 2 + 1_000), null);
        }
    }

    @Override
    public String toString()
    {
        return "SessionPool{" + health() + '}';
    }

    PoolMember choose(final PoolMember[] tried, final int count)
    {
        return members.isClosed() ? null : members.choose(tried, count);
    }

    boolean isClosed()
    {
        return members.isClosed();
    }

    void onFailover(final PoolMember from, final PoolMember to, final long correlationId, final ReplyOutcome outcome)
    {
        failovers.getAndIncrement();
        calls.onFailover(from, to, correlationId, outcome);
    }

    void release(final RepeatableRequest request)
    {
        free.offer(request);
    }

    /**
     * May another member take what this one refused? Not if the message itself is at fault.
     */
    static boolean isPassing(final long result)
    {
        return result < 0 && result != SendResult.TOO_LONG && result != SendResult.DUPLICATE_ID;
    }

    private static Thread daemon(final Runnable runnable)
    {
        final Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    }

    private long refusal()
    {
        return members.isClosed() ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
    }

    /**
     * A member that was closed between the choice and the send is not the end of the pool.
     */
    private long ofPool(final long result)
    {
        return result == SendResult.CLOSED ? refusal() : result;
    }
}
