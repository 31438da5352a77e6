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
package io.ringwire.samples.exchange;

import io.ringwire.config.ConfigurationException;
import io.ringwire.samples.exchange.connection.VenueRules;

import java.util.function.Supplier;

/**
 * The knobs of a {@link LocalExchange}.
 */
public final class ExchangeConfig
{
    /** Replay speed: as fast as the client takes it. */
    public static final double MAX_SPEED = 0;

    /** Replay speed: as recorded. */
    public static final double RECORDED_SPEED = 1;

    private static final int MAX_PORT = 65_535;

    private final VenueRules rules = new VenueRules();
    private int port;
    private int marketDataRate = 1000;
    private int minHeartbeatSeconds = 10;
    private Capture capture;
    private Supplier<RecordedMessages> recording;
    private double speed = RECORDED_SPEED;
    private String subprotocols;
    private boolean tls;

    /** {@return what the venues demand; any thread may change it at any time} */
    public VenueRules rules()
    {
        return rules;
    }

    /** {@return the port to listen on; 0, the default, is any free one} */
    public int port()
    {
        return port;
    }

    /**
     * Choose the port to listen on.
     *
     * @param port 0 for any free one.
     * @return this.
     */
    public ExchangeConfig port(final int port)
    {
        if (port < 0 || port > MAX_PORT)
        {
            throw new ConfigurationException("port=" + port + " is none: 1 to " + MAX_PORT + ", or 0 for any free one");
        }

        this.port = port;
        return this;
    }

    /** {@return market data messages a second for each client that subscribed; default 1,000} */
    public int marketDataRate()
    {
        return marketDataRate;
    }

    /**
     * Choose the market data messages a second for each client, over all of its channels.
     *
     * @param marketDataRate messages a second.
     * @return this.
     */
    public ExchangeConfig marketDataRate(final int marketDataRate)
    {
        this.marketDataRate = marketDataRate;
        return this;
    }

    /** {@return the shortest heartbeat interval that set_heartbeat takes, in seconds; default 10} */
    public int minHeartbeatSeconds()
    {
        return minHeartbeatSeconds;
    }

    /**
     * Choose the shortest heartbeat interval that set_heartbeat takes.
     *
     * @param minHeartbeatSeconds in seconds.
     * @return this.
     */
    public ExchangeConfig minHeartbeatSeconds(final int minHeartbeatSeconds)
    {
        this.minHeartbeatSeconds = minHeartbeatSeconds;
        return this;
    }

    /** {@return the capture sent in place of made-up market data, or null} */
    public Capture capture()
    {
        return capture;
    }

    /**
     * Send a capture in place of made-up market data: to each client once, when it first subscribes.
     *
     * @param capture to send.
     * @param speed   a factor, {@link #RECORDED_SPEED} or {@link #MAX_SPEED}.
     * @return this.
     */
    public ExchangeConfig capture(final Capture capture, final double speed)
    {
        this.capture = capture;
        this.speed = speed;
        return this;
    }

    /** {@return gives each client the recording it is sent, or null} */
    public Supplier<RecordedMessages> recording()
    {
        return recording;
    }

    /**
     * Be the venue of a recording, on every path: send it to each client that connects, whatever the client sends, and
     * then close with 1000.
     *
     * @param recording opens it anew for each client; may throw {@link java.io.UncheckedIOException}.
     * @param speed     a factor, {@link #RECORDED_SPEED} or {@link #MAX_SPEED}.
     * @return this.
     */
    public ExchangeConfig recording(final Supplier<RecordedMessages> recording, final double speed)
    {
        this.recording = recording;
        this.speed = speed;
        return this;
    }

    /** {@return the factor by which the capture is sent faster than recorded} */
    public double speed()
    {
        return speed;
    }

    /** {@return does the exchange speak TLS? Default false} */
    public boolean tls()
    {
        return tls;
    }

    /**
     * Choose whether the exchange speaks TLS, with a certificate it makes for itself.
     *
     * @param tls true for {@code wss}.
     * @return this.
     */
    public ExchangeConfig tls(final boolean tls)
    {
        this.tls = tls;
        return this;
    }

    /** {@return the subprotocols the exchange speaks, separated by commas, or null} */
    public String subprotocols()
    {
        return subprotocols;
    }

    /**
     * Choose the subprotocols the exchange speaks.
     *
     * @param subprotocols separated by commas.
     * @return this.
     */
    public ExchangeConfig subprotocols(final String subprotocols)
    {
        this.subprotocols = subprotocols;
        return this;
    }
}
