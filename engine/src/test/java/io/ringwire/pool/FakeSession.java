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
import io.ringwire.api.Opcode;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.api.SubscriptionSnapshot;
import org.agrona.DirectBuffer;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session that the test plays. It has the verbs that pool and feed use; others fail.
 */
public final class FakeSession implements InvocationHandler
{
    public SessionState state = SessionState.CONNECTING;
    public int epoch;
    public long refusal;
    public String closed;
    RuntimeException thrown;
    public final List<String> sent = new ArrayList<>();
    final Set<String> desired = new LinkedHashSet<>();
    final List<Pending> pending = new ArrayList<>();
    final Map<String, Long> counts = new HashMap<>();
    long rttNs;
    private final String name;
    private final Session session =
        (Session)Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[]{Session.class}, this);

    public FakeSession(final String name)
    {
        this.name = name;
    }

    public Session session()
    {
        return session;
    }

    public FakeSession live()
    {
        state = SessionState.LIVE;
        epoch++;
        return this;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] args) throws Throwable
    {
        if (method.getName().equals("equals"))
        {
            return proxy == args[0];
        }

        if (method.getName().equals("hashCode"))
        {
            return System.identityHashCode(proxy);
        }

        try
        {
            return getClass().getMethod(method.getName(), method.getParameterTypes()).invoke(this, args);
        }
        catch (final InvocationTargetException ex)
        {
            throw ex.getCause();
        }
    }

    public String name()
    {
        return name;
    }

    public SessionState state()
    {
        return state;
    }

    public int epoch()
    {
        return epoch;
    }

    public void subscribe(final String... channels)
    {
        desired.addAll(List.of(channels));
        sent.add("subscribe " + String.join(" ", channels));
    }

    public void unsubscribe(final String... channels)
    {
        List.of(channels).forEach(desired::remove);
        sent.add("unsubscribe " + String.join(" ", channels));
    }

    public SubscriptionSnapshot subscriptions()
    {
        return new SubscriptionSnapshot(Set.copyOf(desired), Set.of());
    }

    public long send(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        return refusal() < 0 ? refusal() : take(buffer.getStringWithoutLengthAscii(offset, length));
    }

    public long tryClaim(final int opcode, final int length, final MessageClaim claim)
    {
        return refusal() < 0 ? refusal() : take("claim " + (opcode == Opcode.TEXT) + length);
    }

    public long request(
        final long correlationId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        if (refusal() < 0)
        {
            return refusal();
        }

        pending.add(new Pending(correlationId, replyHandler));
        return take(buffer.getStringWithoutLengthAscii(offset, length));
    }

    /**
     * Made by name, so that a count that is added does not matter here.
     */
    public SessionMetrics metrics() throws ReflectiveOperationException
    {
        final RecordComponent[] parts = SessionMetrics.class.getRecordComponents();
        final Object[] values = new Object[parts.length];
        final Class<?>[] types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++)
        {
            types[i] = parts[i].getType();
            final long value = counts.getOrDefault(parts[i].getName(), 0L);
            values[i] = types[i] == int.class ? (Object)(int)value : types[i] == long.class ? (Object)value : null;
        }

        return SessionMetrics.class.getDeclaredConstructor(types).newInstance(values);
    }

    public SessionLatency latency() throws ReflectiveOperationException
    {
        return (SessionLatency)filled(SessionLatency.class);
    }

    public void close()
    {
        close(1000, "");
    }

    public void close(final int code, final String reason)
    {
        closed = code + reason;
        state = SessionState.CLOSED;
    }

    public void abort()
    {
        close(1006, "");
    }

    @Override
    public String toString()
    {
        return name + ' ' + state;
    }

    void end(final ReplyOutcome outcome)
    {
        for (final Pending request : List.copyOf(pending))
        {
            end(request, outcome);
        }
    }

    void end(final Pending request, final ReplyOutcome outcome)
    {
        pending.remove(request);
        request.replyHandler.onReply(session, request.correlationId, outcome, null, 0, 0, 1);
    }

    /**
     * A record all of whose times are the round trip, whatever times are added.
     */
    private Object filled(final Class<?> type) throws ReflectiveOperationException
    {
        final Constructor<?> constructor = type.getDeclaredConstructors()[0];
        final Class<?>[] types = constructor.getParameterTypes();
        final Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++)
        {
            values[i] = types[i] == long.class ? (Object)rttNs : filled(types[i]);
        }

        return constructor.newInstance(values);
    }

    private long refusal()
    {
        if (thrown != null)
        {
            throw thrown;
        }

        if (state != SessionState.LIVE)
        {
            return state.isTerminal() ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
        }

        return refusal;
    }

    private long take(final String text)
    {
        sent.add(text);
        return sent.size();
    }

    record Pending(long correlationId, ReplyHandler replyHandler)
    {
    }
}
