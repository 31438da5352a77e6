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
package io.ringwire.control;

import io.ringwire.session.NameResolver;
import io.ringwire.session.SessionStateMachine;
import org.agrona.concurrent.NanoClock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Resolves names with the JDK on a thread of its own, which ends when it has had nothing to do for a while: a lookup
 * can take as long as it likes, the control thread goes on. There is one lookup at a time for a name, whoever waits for
 * it. Owner of the state: the control thread.
 */
final class DnsResolver implements NameResolver
{
    private static final long THREAD_KEEP_ALIVE_S = 10;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    private final Map<String, List<Waiter>> waitersByHost = new HashMap<>();
    private final NanoClock clock;
    private final Executor backToControl;
    private final Executor lookups;

    /**
     * Make the resolver.
     *
     * @param clock         of the engine.
     * @param backToControl runs what it is given on the control thread.
     * @param blocking      true to look up on the control thread itself.
     */
    DnsResolver(final NanoClock clock, final Executor backToControl, final boolean blocking)
    {
        this.clock = clock;
        this.backToControl = backToControl;
        lookups = blocking ? Runnable::run : new ThreadPoolExecutor(
            1, 1, THREAD_KEEP_ALIVE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DnsResolver::newThread);
        if (lookups instanceof ThreadPoolExecutor pool)
        {
            pool.allowCoreThreadTimeOut(true);
        }
    }

    @Override
    public void resolve(final SessionStateMachine machine, final String host, final int attemptId)
    {
        if (isLiteral(host))
        {
            final Answer answer = lookUp(host);
            machine.onResolved(attemptId, answer.addresses, answer.failure, clock.nanoTime());
            return;
        }

        final List<Waiter> waiters = waitersByHost.get(host);
        if (waiters != null)
        {
            waiters.removeIf((waiter) -> waiter.machine == machine);
            waiters.add(new Waiter(machine, attemptId));
            return;
        }

        final List<Waiter> newWaiters = new ArrayList<>();
        newWaiters.add(new Waiter(machine, attemptId));
        waitersByHost.put(host, newWaiters);
        lookups.execute(() ->
        {
            final Answer answer = lookUp(host);
            backToControl.execute(() -> onAnswer(host, answer));
        });
    }

    void close()
    {
        if (lookups instanceof ExecutorService pool)
        {
            pool.shutdownNow();
        }
    }

    private void onAnswer(final String host, final Answer answer)
    {
        for (final Waiter waiter : waitersByHost.remove(host))
        {
            waiter.machine.onResolved(waiter.attemptId, answer.addresses, answer.failure, clock.nanoTime());
        }
    }

    private static Answer lookUp(final String host)
    {
        try
        {
            return new Answer(InetAddress.getAllByName(host), null);
        }
        catch (final UnknownHostException ex)
        {
            return new Answer(null, ex.getMessage());
        }
    }

    private static boolean isLiteral(final String host)
    {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static Thread newThread(final Runnable target)
    {
        final Thread thread = new Thread(target, "ringwire-dns");
        thread.setDaemon(true);
        return thread;
    }

    private record Waiter(SessionStateMachine machine, int attemptId)
    {
    }

    private record Answer(InetAddress[] addresses, String failure)
    {
    }
}
