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
package io.ringwire.samples.exchange.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client after the upgrade: answers control frames and leaves messages to its kind.
 */
public abstract class VenueConnection extends SimpleChannelInboundHandler<WebSocketFrame>
{
    private static final long LINGER_MS = 1_000;

    private final Arrival arrival;
    private final List<Future<?>> timers = new ArrayList<>();
    private ChannelHandlerContext ctx;
    private int messages;
    private boolean ended; // by the venue: what still comes is not heeded

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    protected VenueConnection(final Arrival arrival)
    {
        this.arrival = arrival;
    }

    @Override
    public final void handlerAdded(final ChannelHandlerContext context)
    {
        ctx = context;
        ctx.executor().execute(this::open); // behind the response to the upgrade
    }

    @Override
    public final void channelInactive(final ChannelHandlerContext context)
    {
        timers.forEach((timer) -> timer.cancel(false));
        arrival.view().end("the connection was lost");
        context.fireChannelInactive();
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context)
    {
        context.flush();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) throws Exception
    {
        context.close();
        if (!(cause instanceof IOException)) // a client that went away is no news
        {
            super.exceptionCaught(context, cause);
        }
    }

    /**
     * The rules of the exchange.
     *
     * @return as they are now.
     */
    public final VenueRules rules()
    {
        return arrival.rules();
    }

    /**
     * What the client asked for, and how it is served.
     *
     * @return the arrival.
     */
    public final Arrival arrival()
    {
        return arrival;
    }

    /**
     * Count something that happened, for the view.
     *
     * @param happening of which kind.
     */
    public final void count(final Happening happening)
    {
        arrival.view().add(happening);
    }

    /**
     * Send a message, unless the exchange is silent. What is sent while a message of the client is handled leaves at
     * the end of the read.
     *
     * @param text of the message.
     */
    public final void send(final String text)
    {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Send a message as {@link #send(String)} does.
     *
     * @param text of the message in UTF-8, not to be changed.
     */
    public final void send(final byte[] text)
    {
        send(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
    }

    /**
     * Send a frame as {@link #send(String)} does a message.
     *
     * @param frame that is given away.
     */
    public final void send(final WebSocketFrame frame)
    {
        if (ended || rules().silent())
        {
            frame.release();
        }
        else
        {
            ctx.write(frame);
        }
    }

    /**
     * Does the client take what it is sent?
     *
     * @return false while the exchange is silent, or the client's connection is full.
     */
    public final boolean isWritable()
    {
        return ctx.channel().isWritable() && !rules().silent();
    }

    /**
     * Send a ping as {@link #send(String)} does a message.
     *
     * @param payload of it.
     */
    public final void ping(final String payload)
    {
        send(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Do something later, if the client is still there, and send what it wrote.
     *
     * @param delayMs in milliseconds.
     * @param task    to run.
     * @return to cancel it.
     */
    public final Future<?> after(final long delayMs, final Runnable task)
    {
        return keep(ctx.executor().schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS));
    }

    /**
     * Do something again and again while the client is there, and send what it wrote. What was missed in a pause is
     * not made up for.
     *
     * @param periodMs in milliseconds.
     * @param task     to run.
     * @return to cancel it.
     */
    public final Future<?> every(final long periodMs, final Runnable task)
    {
        return keep(ctx.executor().scheduleWithFixedDelay(() -> run(task), periodMs, periodMs, TimeUnit.MILLISECONDS));
    }

    /**
     * End the connection with a close handshake. What the client still sends is read and thrown away until it has
     * closed too, or a second is over: a socket closed with unread bytes is reset, and a reset takes the close frame
     * from a client that has not read it yet.
     *
     * @param code   of the close frame.
     * @param reason of the close frame.
     */
    public final void close(final int code, final String reason)
    {
        if (!ended)
        {
            end(reason);
            ctx.writeAndFlush(new CloseWebSocketFrame(code, reason));
            keep(ctx.executor().schedule((Runnable)ctx::close, LINGER_MS, TimeUnit.MILLISECONDS));
        }
    }

    /**
     * End the connection without a close handshake, behind what was sent.
     *
     * @param reason for the view.
     */
    public final void terminate(final String reason)
    {
        end(reason);
        ctx.flush();
        ctx.close();
    }

    /**
     * Announce the end of the connection, and end it when the notice is over.
     */
    public final void planShutdown()
    {
        ctx.executor().execute(() -> run(() ->
        {
            onShutdownPlanned();
            after(rules().shutdownNoticeMs(), () -> close(1001, "planned shutdown"));
        }));
    }

    @Override
    protected final void channelRead0(final ChannelHandlerContext context, final WebSocketFrame frame)
    {
        if (rules().silent())
        {
            count(Happening.UNHEARD);
        }
        else if (!ended)
        {
            onFrame(context, frame);
        }
        else if (frame instanceof CloseWebSocketFrame)
        {
            context.close();
        }
    }

    /**
     * The client is upgraded.
     */
    protected void onOpen()
    {
    }

    /**
     * A whole message of the client.
     *
     * @param message owned by the caller.
     */
    protected abstract void onMessage(WebSocketFrame message);

    /**
     * The client sent a ping, which was answered, or a pong.
     */
    protected void onControlFrame()
    {
    }

    /**
     * The client sent a pong.
     *
     * @param payload of it.
     * @return does it answer a ping of ours?
     */
    protected boolean onPong(final String payload)
    {
        return false;
    }

    /**
     * Say that the connection is about to end, where the venue does.
     */
    protected void onShutdownPlanned()
    {
    }

    private void open()
    {
        run(this::onOpen);
        final long shutdownAfterMs = rules().shutdownAfterMs();
        if (shutdownAfterMs > 0)
        {
            after(shutdownAfterMs, this::planShutdown);
        }
    }

    private void onFrame(final ChannelHandlerContext context, final WebSocketFrame frame)
    {
        if (frame instanceof CloseWebSocketFrame close)
        {
            arrival.view().end("closed by the client: " + close.statusCode() + " " + close.reasonText());
            arrival.handshaker().close(context.channel(), close.retain());
        }
        else if (frame instanceof PingWebSocketFrame)
        {
            count(Happening.PING);
            context.write(new PongWebSocketFrame(frame.content().retain()));
            onControlFrame();
        }
        else if (frame instanceof PongWebSocketFrame)
        {
            count(onPong(frame.content().toString(StandardCharsets.UTF_8)) ?
                Happening.PONG : Happening.UNSOLICITED_PONG);
            onControlFrame();
        }
        else
        {
            onDataFrame(frame);
        }
    }

    private void onDataFrame(final WebSocketFrame frame)
    {
        count(Happening.MESSAGE);
        messages++;
        if (messages == rules().dropAfterMessages())
        {
            terminate("dropped after " + messages + " messages");
        }
        else
        {
            onMessage(frame);
        }
    }

    private void end(final String reason)
    {
        ended = true;
        timers.forEach((timer) -> timer.cancel(false));
        arrival.view().end(reason);
    }

    private Future<?> keep(final Future<?> timer)
    {
        timers.removeIf(Future::isDone);
        timers.add(timer);
        return timer;
    }

    private void run(final Runnable task)
    {
        if (ctx.channel().isActive() && !ended)
        {
            task.run();
            ctx.flush();
        }
    }
}
