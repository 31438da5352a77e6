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
package io.ringwire.config;

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.SessionListener;

import static io.ringwire.config.Configuration.sizeOf;

/**
 * The knobs of a session. Fill it on one thread, give it to {@code Engine.connect} and change nothing after.
 */
public final class SessionConfig
{
    private String uri;
    private String name;
    private MessageHandler messageHandler;
    private SessionListener listener = new SessionListener()
    {
    };
    private Dialect dialect;
    private int handlerThread;
    private BufferPolicy buffers = new BufferPolicy();
    private int maxMessageLength = sizeOf(Configuration.MAX_MESSAGE_LENGTH_PROP_NAME, 4 * 1024 * 1024);
    private int maxFrameLength;
    private boolean checkSingleSender;
    private BackpressurePolicy backpressure = BackpressurePolicy.STOP_READING;
    private boolean validateUtf8 = true;
    private TimeoutPolicy timeouts = new TimeoutPolicy();
    private TlsPolicy tls; // null: the defaults
    private UpgradePolicy upgrade = new UpgradePolicy();
    private SocketPolicy socket = new SocketPolicy();
    private ProxyPolicy proxy;
    private DeflatePolicy deflate = new DeflatePolicy();
    private HeartbeatPolicy heartbeat = new HeartbeatPolicy();
    private LoginPolicy login;
    private SubscriptionPolicy subscriptions = new SubscriptionPolicy();
    private ReconnectPolicy reconnect = new ReconnectPolicy();
    private RateLimitPolicy limits = new RateLimitPolicy();
    private Endpoint endpoint;

    /** {@return the URI of the server, {@code ws[s]://host[:port]/path?query}} */
    public String uri()
    {
        return uri;
    }

    /**
     * Choose the server: {@code ws://host[:port]/path?query}, or {@code wss} for TLS.
     *
     * @param uri the value.
     * @return this.
     */
    public SessionConfig uri(final String uri)
    {
        this.uri = uri;
        return this;
    }

    /** {@return what the session is called in messages and counters. Default host and port} */
    public String name()
    {
        return name;
    }

    /**
     * Name the session.
     *
     * @param name the value.
     * @return this.
     */
    public SessionConfig name(final String name)
    {
        this.name = name;
        return this;
    }

    /** {@return who receives the messages. Required} */
    public MessageHandler messageHandler()
    {
        return messageHandler;
    }

    /**
     * Choose who receives the messages.
     *
     * @param messageHandler the value.
     * @return this.
     */
    public SessionConfig messageHandler(final MessageHandler messageHandler)
    {
        this.messageHandler = messageHandler;
        return this;
    }

    /** {@return who is told of the session's life} */
    public SessionListener listener()
    {
        return listener;
    }

    /**
     * Choose who is told of the session's life.
     *
     * @param listener the value.
     * @return this.
     */
    public SessionConfig listener(final SessionListener listener)
    {
        this.listener = listener;
        return this;
    }

    /** {@return how replies are told from other messages. Default: none is a reply} */
    public Dialect dialect()
    {
        return dialect;
    }

    /**
     * Choose how replies are told from other messages.
     *
     * @param dialect the value.
     * @return this.
     */
    public SessionConfig dialect(final Dialect dialect)
    {
        this.dialect = dialect;
        return this;
    }

    /** {@return index of the handler thread that serves this session. Default 0} */
    public int handlerThread()
    {
        return handlerThread;
    }

    /**
     * Choose the handler thread that serves this session.
     *
     * @param handlerThread the value.
     * @return this.
     */
    public SessionConfig handlerThread(final int handlerThread)
    {
        this.handlerThread = handlerThread;
        return this;
    }

    /** {@return how large the ring, the arena and the buffers of the session are} */
    public BufferPolicy buffers()
    {
        return buffers;
    }

    /**
     * Choose how large the ring, the arena and the buffers of the session are.
     *
     * @param buffers the value.
     * @return this.
     */
    public SessionConfig buffers(final BufferPolicy buffers)
    {
        this.buffers = buffers;
        return this;
    }

    /** {@return the longest message taken; a longer one ends the connection with 1009. Default 4 MiB} */
    public int maxMessageLength()
    {
        return maxMessageLength;
    }

    /**
     * Choose the longest message taken, in bytes, up to 256 MiB. The arena must hold two of them, so 256 MiB take
     * 512 MiB of direct memory; in INLINE mode a message in pieces takes heap, up to twice the longest seen.
     *
     * @param maxMessageLength the value.
     * @return this.
     */
    public SessionConfig maxMessageLength(final int maxMessageLength)
    {
        this.maxMessageLength = maxMessageLength;
        return this;
    }

    /** {@return the longest frame taken, in bytes. Default: the longest message} */
    public int maxFrameLength()
    {
        return maxFrameLength;
    }

    /**
     * Choose the longest frame taken, in bytes; 0 means as long as a message.
     *
     * @param maxFrameLength the value.
     * @return this.
     */
    public SessionConfig maxFrameLength(final int maxFrameLength)
    {
        this.maxFrameLength = maxFrameLength;
        return this;
    }

    /** {@return is a second thread that sends told that it does? Default false} */
    public boolean checkSingleSender()
    {
        return checkSingleSender;
    }

    /**
     * Hold the session to one sending thread, the first: any other is refused, and named.
     *
     * @param checkSingleSender the value.
     * @return this.
     */
    public SessionConfig checkSingleSender(final boolean checkSingleSender)
    {
        this.checkSingleSender = checkSingleSender;
        return this;
    }

    /** {@return what is done with a message for which the ring has no room. Default STOP_READING} */
    public BackpressurePolicy backpressure()
    {
        return backpressure;
    }

    /**
     * Choose what is done with a message for which the ring has no room.
     *
     * @param backpressure the value.
     * @return this.
     */
    public SessionConfig backpressure(final BackpressurePolicy backpressure)
    {
        this.backpressure = backpressure;
        return this;
    }

    /** {@return are text messages checked to be UTF-8 (RFC 6455 section 8.1)? Default true} */
    public boolean validateUtf8()
    {
        return validateUtf8;
    }

    /**
     * Choose whether text messages are checked to be UTF-8.
     *
     * @param validateUtf8 the value.
     * @return this.
     */
    public SessionConfig validateUtf8(final boolean validateUtf8)
    {
        this.validateUtf8 = validateUtf8;
        return this;
    }

    /** {@return how long each step of a connection may take} */
    public TimeoutPolicy timeouts()
    {
        return timeouts;
    }

    /**
     * Choose how long each step of a connection may take.
     *
     * @param timeouts the value.
     * @return this.
     */
    public SessionConfig timeouts(final TimeoutPolicy timeouts)
    {
        this.timeouts = timeouts;
        return this;
    }

    /** {@return how TLS is done with a {@code wss} server; null if not chosen before {@link #conclude}} */
    public TlsPolicy tls()
    {
        return tls;
    }

    /**
     * Choose how a {@code wss} session does TLS. Refused for {@code ws} unless a redirect may lead to {@code wss}.
     *
     * @param tls the value.
     * @return this.
     */
    public SessionConfig tls(final TlsPolicy tls)
    {
        this.tls = tls;
        return this;
    }

    /** {@return what the upgrade request carries: headers, subprotocols} */
    public UpgradePolicy upgrade()
    {
        return upgrade;
    }

    /**
     * Choose what the upgrade request carries.
     *
     * @param upgrade the value.
     * @return this.
     */
    public SessionConfig upgrade(final UpgradePolicy upgrade)
    {
        this.upgrade = upgrade;
        return this;
    }

    /** {@return where the socket goes, where it comes from, and its options} */
    public SocketPolicy socket()
    {
        return socket;
    }

    /**
     * Choose where the socket goes, where it comes from, and its options.
     *
     * @param socket the value.
     * @return this.
     */
    public SessionConfig socket(final SocketPolicy socket)
    {
        this.socket = socket;
        return this;
    }

    /** {@return the proxy that connections go through, or null} */
    public ProxyPolicy proxy()
    {
        return proxy;
    }

    /**
     * Choose the proxy that connections go through.
     *
     * @param proxy the value.
     * @return this.
     */
    public SessionConfig proxy(final ProxyPolicy proxy)
    {
        this.proxy = proxy;
        return this;
    }

    /** {@return whether and how messages are compressed. Default: not} */
    public DeflatePolicy deflate()
    {
        return deflate;
    }

    /**
     * Choose whether and how messages are compressed.
     *
     * @param deflate the value.
     * @return this.
     */
    public SessionConfig deflate(final DeflatePolicy deflate)
    {
        this.deflate = deflate;
        return this;
    }

    /** {@return when pings are sent and their answers missed. Default: every 10 s, missed after 5 s} */
    public HeartbeatPolicy heartbeat()
    {
        return heartbeat;
    }

    /**
     * Choose when pings are sent and their answers missed.
     *
     * @param heartbeat the value.
     * @return this.
     */
    public SessionConfig heartbeat(final HeartbeatPolicy heartbeat)
    {
        this.heartbeat = heartbeat;
        return this;
    }

    /** {@return how the session logs in, or null. Default null: it does not} */
    public LoginPolicy login()
    {
        return login;
    }

    /**
     * Choose how the session logs in.
     *
     * @param login the value.
     * @return this.
     */
    public SessionConfig login(final LoginPolicy login)
    {
        this.login = login;
        return this;
    }

    /** {@return which channels the session asks for, and how. Default none} */
    public SubscriptionPolicy subscriptions()
    {
        return subscriptions;
    }

    /**
     * Choose which channels the session asks for, and how.
     *
     * @param subscriptions the value.
     * @return this.
     */
    public SessionConfig subscriptions(final SubscriptionPolicy subscriptions)
    {
        this.subscriptions = subscriptions;
        return this;
    }

    /** {@return when the session connects again after a failure or a loss. Default: always, with jittered waits} */
    public ReconnectPolicy reconnect()
    {
        return reconnect;
    }

    /**
     * Choose when the session connects again after a failure or a loss.
     *
     * @param reconnect the value.
     * @return this.
     */
    public SessionConfig reconnect(final ReconnectPolicy reconnect)
    {
        this.reconnect = reconnect;
        return this;
    }

    /** {@return how fast the session may send. Default: without limit} */
    public RateLimitPolicy limits()
    {
        return limits;
    }

    /**
     * Choose how fast the session may send.
     *
     * @param limits the value.
     * @return this.
     */
    public SessionConfig limits(final RateLimitPolicy limits)
    {
        this.limits = limits;
        return this;
    }

    /** {@return host, port and request URI taken from the URI; null before {@link #conclude}} */
    public Endpoint endpoint()
    {
        return endpoint;
    }

    /**
     * Validate across all settings; called once by {@code Engine.connect}.
     *
     * @param engine the concluded context of the engine.
     * @return this.
     * @throws ConfigurationException that names the setting and the value.
     */
    public SessionConfig conclude(final EngineContext engine)
    {
        if (endpoint != null)
        {
            throw new ConfigurationException("this SessionConfig has made a session already: make a new one");
        }

        final Endpoint endpoint = Endpoint.parse(uri);
        new SessionConfigCheck(this, engine).check(endpoint);
        tls = tls == null ? new TlsPolicy() : tls; // a redirect may lead to wss
        name = name == null ? endpoint.authority() : name;
        maxFrameLength = maxFrameLength == 0 ? maxMessageLength : maxFrameLength;
        this.endpoint = endpoint;
        return this;
    }
}
