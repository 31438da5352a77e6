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

import io.ringwire.api.NameResolver;
import io.ringwire.config.IpLiteral;
import io.ringwire.session.SessionStateMachine;
import org.agrona.concurrent.NanoClock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Resolves names on threads made for waiting. All who wait for a name share one lookup of it. One that a whole
 * {@code resolveNs} did not end is left behind and another started beside it, {@link #MAX_LOOKUPS_PER_HOST} at most:
 * whichever ends first answers all. Owner of the state: the control thread.
 */
final class DnsResolver
{
    private static final int MAX_LOOKUPS_PER_HOST = 4;

    private final Map<String, Lookup> lookupByHost = new HashMap<>();
    private final NameResolver resolver;
    private final NanoClock clock;
    private final Executor threads;
    private final Executor backToControl;

    DnsResolver(
        final NameResolver resolver, final NanoClock clock, final Executor threads, final Executor backToControl)
    {
        this.resolver = resolver;
        this.clock = clock;
        this.threads = threads;
        this.backToControl = backToControl;
    }

    void resolve(final SessionStateMachine machine, final String host, final int attemptId)
    {
        if (IpLiteral.isLiteral(host))
        {
            final Answer answer = lookUp(InetAddress::getAllByName, host);
            machine.onResolved(attemptId, answer.addresses, answer.failure, clock.nanoTime());
            return;
        }

        final long nowNs = clock.nanoTime();
        final long resolveNs = machine.session().config().timeouts().resolveNs();
        final Lookup lookup = lookupByHost.computeIfAbsent(host, (name) -> new Lookup());
        lookup.waiters.removeIf((waiter) -> waiter.machine == machine);
        lookup.waiters.add(new Waiter(machine, attemptId));
        if (lookup.count == 0 || lookup.count < MAX_LOOKUPS_PER_HOST && nowNs - lookup.startNs >= resolveNs)
        {
            lookup.count++;
            lookup.startNs = nowNs;
            start(host);
        }
    }

    private void start(final String host)
    {
        try
        {
            threads.execute(() ->
            {
                final Answer answer = lookUp(resolver, host);
                backToControl.execute(() -> onAnswer(host, answer));
            });
        }
        catch (final RejectedExecutionException ex)
        {
            backToControl.execute(() -> onAnswer(host, new Answer(null, "all lookup threads are waiting for others")));
        }
    }

    private void onAnswer(final String host, final Answer answer)
    {
        final Lookup lookup = lookupByHost.remove(host);
        if (lookup != null)
        {
            for (final Waiter waiter : lookup.waiters)
            {
                waiter.machine.onResolved(waiter.attemptId, answer.addresses, answer.failure, clock.nanoTime());
            }
        }
    }

    private static Answer lookUp(final NameResolver resolver, final String host)
    {
        try
        {
            final InetAddress[] addresses = resolver.resolve(host);
            if (addresses == null || addresses.length == 0)
            {
                return new Answer(null, "the resolver found no address");
            }

            final InetAddress[] found = addresses.clone();
            return Arrays.asList(found).contains(null) ?
                new Answer(null, "the resolver gave null among its addresses") : new Answer(found, null);
        }
        catch (final UnknownHostException ex)
        {
            return new Answer(null, ex.getMessage());
        }
        catch (final Throwable t) // an error too: a lookup that never answers is in the way of later ones
        {
            return new Answer(null, "the resolver failed: " + t);
        }
    }

    private static final class Lookup
    {
        private final List<Waiter> waiters = new ArrayList<>();
        private long startNs;
        private int count;
    }

    private record Waiter(SessionStateMachine machine, int attemptId)
    {
    }

    private record Answer(InetAddress[] addresses, String failure)
    {
    }
}
