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
package io.ringwire.samples.exchange.kraken;

import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ChannelFeed;
import io.ringwire.samples.exchange.connection.Credits;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.JsonConnection;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * What both versions of Kraken's interface share: a status first, heartbeats while something is subscribed, a token for
 * what is private, and orders against a counter.
 */
abstract class KrakenVersion extends JsonConnection
{
    static final String INVALID_SESSION = "ESession:Invalid session";
    static final String RATE_LIMIT = "EOrder:Rate limit exceeded";
    static final String UNKNOWN_ORDER = "EOrder:Unknown order";

    private static final long HEARTBEAT_MS = 1_000;

    private final Credits orderCredits = new Credits();
    private final Set<String> orders = new HashSet<>();
    private final ChannelFeed feed;
    private boolean known; // a token of the client was good
    private int lastOrderId;

    KrakenVersion(final Arrival arrival, final Function<String, String> source)
    {
        super(arrival);
        feed = new ChannelFeed(this, source);
    }

    /**
     * The message that tells of the venue's state.
     */
    abstract String status(String system);

    /**
     * The message that shows life.
     */
    abstract String heartbeat();

    @Override
    protected final void onOpen()
    {
        send(status("online"));
        final long ruledMs = rules().heartbeatIntervalMs();
        every(ruledMs > 0 ? ruledMs : HEARTBEAT_MS, this::beat);
    }

    @Override
    protected final void onShutdownPlanned()
    {
        send(status("maintenance"));
    }

    final ChannelFeed feed()
    {
        return feed;
    }

    /**
     * Is the token of a private request good? The first that is counts as a login.
     *
     * @param holder of the token.
     */
    final boolean isGoodToken(final JsonObject holder)
    {
        final boolean good = !rules().rejectLogins() && text(holder, "token", "").equals(rules().credentials().token());
        if (!good)
        {
            count(Happening.REFUSED_LOGIN);
        }
        else if (!known)
        {
            known = true;
            count(Happening.LOGIN);
        }

        return good;
    }

    /**
     * Place an order.
     *
     * @return why it is refused, or null.
     */
    final String refusalOfOrder(final JsonObject holder)
    {
        if (!isGoodToken(holder))
        {
            return INVALID_SESSION;
        }

        if (!orderCredits.take(rules().orderCredits()))
        {
            count(Happening.BREACH);
            return RATE_LIMIT;
        }

        return null;
    }

    final String placeOrder()
    {
        count(Happening.ORDER);
        final String id = "LX-" + arrival().view().number() + "-" + ++lastOrderId;
        orders.add(id);
        return id;
    }

    final boolean cancelOrder(final String id)
    {
        final boolean found = orders.remove(id);
        if (found)
        {
            count(Happening.CANCEL);
        }

        return found;
    }

    private void beat()
    {
        if (!feed.channels().isEmpty())
        {
            send(heartbeat());
        }
    }
}
