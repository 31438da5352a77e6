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
package io.ringwire.api;

import org.agrona.DirectBuffer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket session that outlives its connections: the same object stays through every reconnect.
 * <p>
 * All verbs may be called from any thread. None but {@link #awaitConnected} blocks, none of the data verbs but
 * {@link #requestAsync} allocates. Sends of several threads go side by side without a lock.
 * After the session or its engine is closed every verb still answers, with a closed result.
 */
public interface Session
{
    /**
     * The name given in the configuration, or host and port.
     *
     * @return the name.
     */
    String name();

    /**
     * Where the session is in its life.
     *
     * @return the state.
     */
    SessionState state();

    /**
     * The last step the session took, with its reason.
     *
     * @return the step, or null before the first.
     */
    StateChange lastChange();

    /**
     * The number of the current or last connection: 0 before the first, plus one with each that is upgraded.
     *
     * @return the epoch.
     */
    int epoch();

    /**
     * The subprotocol the server chose.
     *
     * @return its name, or null if none.
     */
    String subprotocol();

    /**
     * Wait until the session is {@link SessionState#LIVE}. For cold code: it parks the calling thread. In INVOKER mode
     * it drives the engine on the calling thread.
     *
     * @param timeout to wait at most.
     * @param unit    of the timeout.
     * @return true if live; false after the timeout, an interrupt (the flag stays set) or the end of the session:
     * {@link #lastChange()} has the reason.
     */
    boolean awaitConnected(long timeout, TimeUnit unit);

    /**
     * Send a message.
     *
     * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}; text must be UTF-8, which is not checked.
     * @param buffer that holds the payload; free again when the call returns.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @return the send position, above zero, or a negative code of {@link SendResult}.
     */
    long send(int opcode, DirectBuffer buffer, int offset, int length);

    /**
     * Begin a message in parts (RFC 6455 section 5.4): one that is longer than {@link #maxSendLength()} or not known
     * whole yet. Each part is a frame and takes room in the send window like a message. All parts come from the thread
     * that began the message: to others there is none. Until {@link #sendLast} has ended it, {@code send},
     * {@code request}, {@code tryClaim} and another {@code sendFirst} are refused as {@link SendResult#MESSAGE_OPEN},
     * while pings and pongs go on between the parts. A message that is begun cannot be taken back: a close in its
     * middle is final, a lost connection takes the parts with it, and they count as one message discarded.
     *
     * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}; text must be UTF-8 over all parts, not in each.
     * @param buffer that holds the part; free again when the call returns.
     * @param offset of the part.
     * @param length of the part in bytes, 0 to {@link #maxSendLength()}.
     * @return the send position, above zero, or a negative code of {@link SendResult}: then no message was begun.
     * {@link SendResult#BACK_PRESSURED} also if another thread was sending at this moment: try again at once.
     */
    long sendFirst(int opcode, DirectBuffer buffer, int offset, int length);

    /**
     * Go on with the message that this thread began.
     *
     * @param buffer that holds the part; free again when the call returns.
     * @param offset of the part.
     * @param length of the part in bytes, 0 to {@link #maxSendLength()}.
     * @return the send position, above zero, or a negative code of {@link SendResult}. The message stays open after
     * {@link SendResult#BACK_PRESSURED} and {@link SendResult#TOO_LONG}: try this part again. It is lost after
     * {@link SendResult#NOT_CONNECTED}, {@link SendResult#NO_MESSAGE} and {@link SendResult#CLOSED}.
     */
    long sendMiddle(DirectBuffer buffer, int offset, int length);

    /**
     * End the message that this thread began. The parts do not have to be as many as three: a first and a last will do.
     *
     * @param buffer that holds the part; free again when the call returns.
     * @param offset of the part.
     * @param length of the part in bytes, 0 to {@link #maxSendLength()}.
     * @return as {@link #sendMiddle}.
     */
    long sendLast(DirectBuffer buffer, int offset, int length);

    /**
     * Claim room for a message in the outbound ring, to encode into it without a copy.
     *
     * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}.
     * @param length of the payload in bytes.
     * @param claim  to fill; end it with commit or abort.
     * @return the send position, above zero, or a negative code of {@link SendResult} with the claim untouched.
     */
    long tryClaim(int opcode, int length, MessageClaim claim);

    /**
     * Send a text message that the venue will answer. The payload must carry the correlation id where the session's
     * dialect finds it in the answer. The engine never resends it.
     * <p>
     * An id whose request has ended otherwise than by a reply may still be answered: one that is used again at once
     * would take that answer for its own.
     *
     * @param correlationId an integer, unique among the requests in flight.
     * @param buffer        that holds the payload; free again when the call returns.
     * @param offset        of the payload.
     * @param length        of the payload in bytes.
     * @param timeoutNs     after which the request ends as {@link ReplyOutcome#TIMED_OUT}.
     * @param replyHandler  told of the end exactly once; never called when the result is negative.
     * @return the send position, above zero, or a negative code of {@link SendResult}.
     * @throws IllegalArgumentException that names the argument refused; a correlationId of 9,000,000,000,000,000 or
     *                                  more is one: those are the engine's own.
     */
    long request(
        long correlationId, DirectBuffer buffer, int offset, int length, long timeoutNs, ReplyHandler replyHandler);

    /**
     * Send a text message that the venue will answer, with an id that is a string: 1 and "1" are different ids. The
     * bytes of the id are compared with those of the answer as they stand between its quotes, so an id that holds what
     * JSON escapes is given escaped, the way the venue writes it.
     *
     * @param correlationId the caller's own number for the request, given back at its end; compared with nothing.
     * @param idBuffer      that holds the id, without quotes; free again when the call returns.
     * @param idOffset      of the id.
     * @param idLength      of the id in bytes, 64 at most; unique among the requests in flight.
     * @param buffer        that holds the payload, the id in it; free again when the call returns.
     * @param offset        of the payload.
     * @param length        of the payload in bytes.
     * @param timeoutNs     after which the request ends as {@link ReplyOutcome#TIMED_OUT}.
     * @param replyHandler  told of the end exactly once; never called when the result is negative.
     * @return as {@link #request(long, DirectBuffer, int, int, long, ReplyHandler)}.
     * @throws IllegalArgumentException that names the argument refused.
     */
    long request(
        long correlationId,
        DirectBuffer idBuffer,
        int idOffset,
        int idLength,
        DirectBuffer buffer,
        int offset,
        int length,
        long timeoutNs,
        ReplyHandler replyHandler);

    /**
     * Send a text message that the venue will answer. For cold code: it allocates, and who waits for the result parks.
     * <p>
     * The future completes normally for every end of an accepted request, on the session's handler thread, so its
     * stages must not block; in INVOKER mode somebody has to drive the engine meanwhile. Cancelling the future cancels
     * the request.
     *
     * @param correlationId as {@link #request(long, DirectBuffer, int, int, long, ReplyHandler)}.
     * @param text          of the message.
     * @param timeout       after which the request ends as {@link ReplyOutcome#TIMED_OUT}.
     * @param unit          of the timeout.
     * @return the reply to come; completed with a {@link RequestRefusedException} if nothing was sent.
     * @throws IllegalArgumentException that names the argument refused.
     */
    CompletableFuture<Reply> requestAsync(long correlationId, String text, long timeout, TimeUnit unit);

    /**
     * End a request before its answer, as {@link ReplyOutcome#CANCELLED}: its handler is told on the handler thread,
     * and until then the id is not free. The venue is not told. This names requests with integer ids only.
     *
     * @param correlationId of the request.
     * @return true if it will end so; false if there is none, or it ends, or has ended, otherwise.
     */
    boolean cancel(long correlationId);

    /**
     * End a request with a string id before its answer, as {@link #cancel(long)} does one with an integer.
     *
     * @param idBuffer that holds the id, without quotes.
     * @param idOffset of the id.
     * @param idLength of the id in bytes.
     * @return true if it will end so; false if there is none, or it ends, or has ended, otherwise.
     */
    boolean cancel(DirectBuffer idBuffer, int idOffset, int idLength);

    /**
     * An id for a request: 1, 2 and so on, whoever asks. A session whose users choose ids too may meet one of theirs,
     * which {@link SendResult#DUPLICATE_ID} tells while that one is in flight.
     *
     * @return an id that this session has not given before.
     */
    long nextCorrelationId();

    /**
     * Want channels: the session asks the venue for them, now and again on every later connection, in the order in
     * which they were wanted. Any thread, in any state; what is wanted before a connection is asked for when there is
     * one. A channel that is wanted already is left alone, one that had {@link SubscriptionState#TIMED_OUT timed out}
     * is tried again. What becomes of each is told to {@link SessionListener#onSubscription}. Allocates; for cold
     * code. After the session's end it does nothing.
     *
     * @param channels by the venue's names.
     * @throws IllegalArgumentException if a name is null or empty: then none is taken.
     * @throws IllegalStateException    if the session's {@link io.ringwire.dialect.Dialect} knows no channels.
     */
    void subscribe(String... channels);

    /**
     * Give channels up. As {@link #subscribe}; a channel that is not wanted is left alone.
     *
     * @param channels by the venue's names.
     * @throws IllegalArgumentException if a name is null or empty: then none is taken.
     * @throws IllegalStateException    if the session's {@link io.ringwire.dialect.Dialect} knows no channels.
     */
    void unsubscribe(String... channels);

    /**
     * The channels that are wanted, and those that the venue has acknowledged on this connection. What was just asked
     * for shows when the control thread has seen it; what the listener is told shows before. Any thread, also after the
     * session's end. Allocates; for cold code.
     *
     * @return a copy.
     */
    SubscriptionSnapshot subscriptions();

    /**
     * The longest payload of a message sent whole, and of a part, in bytes.
     *
     * @return the length.
     */
    int maxSendLength();

    /**
     * The rate limits that {@code send}, {@code sendFirst}, {@code tryClaim} and {@code request} are held to: what they
     * refuse as {@link SendResult#RATE_LIMITED} can ask here when to come again. A message in parts pays once, with its
     * first part, in which its method must stand.
     *
     * @return the same object for the life of the session; without limits one that lets all pass.
     */
    RateLimits rateLimits();

    /**
     * Close with 1000 and no reason. See {@link #close(int, String)}.
     */
    void close();

    /**
     * Start the close handshake behind everything this thread has sent. The session ends {@link SessionState#CLOSED}
     * at the peer's answer or at the close timeout, whichever is first, and does not reconnect. A second call changes
     * nothing. A close during a connect abandons it.
     *
     * @param code   a code that {@link CloseCode#isSendable} allows.
     * @param reason at most 123 bytes of UTF-8.
     * @throws IllegalArgumentException that names the code, the reason or the length refused.
     */
    void close(int code, String reason);

    /**
     * Connect anew. Any thread, also from a callback. An open connection ends with a close handshake (1000), behind
     * everything this thread has sent and bounded by the close timeout: what it still brings is delivered, requests in
     * flight end as {@link ReplyOutcome#UNKNOWN_OUTCOME}; then the session connects again at once. A session that backs
     * off connects now. In both cases waits, attempts and endpoints begin anew; the connect budget of the host holds.
     * While an attempt is under way, and after {@link #close()}, this does nothing. A second call for the same
     * connection does nothing. What is sent right behind this call may still go to the old connection or be refused
     * with {@link SendResult#NOT_CONNECTED}.
     */
    void reconnect();

    /**
     * Drop the connection at once, without a close handshake; what was not yet written is lost. The session ends
     * {@link SessionState#CLOSED}.
     */
    void abort();

    /**
     * Called by the handler: skip the messages that wait, all but the newest, and count them. Replies, requests of the
     * venue, batches and lifecycle events are never skipped, and are not among the newest that are kept. What a call
     * has given up a later one does not bring back. Takes time by the entries that are kept, at most those that wait.
     * In INLINE mode nothing waits and nothing is skipped.
     *
     * @param newest how many of the newest messages to keep.
     * @return how many ring entries (messages, replies, batches and events) wait in the part in which messages are
     * skipped.
     * @throws IllegalStateException if called outside of a callback of this session.
     */
    long skipBehind(long newest);

    /**
     * How the heartbeats are. It waits for no other thread. Allocates; for cold code.
     *
     * @return a snapshot.
     */
    HeartbeatHealth heartbeat();

    /**
     * Latencies measured since the session was made. Allocates; for cold code.
     *
     * @return a snapshot.
     */
    SessionLatency latency();

    /**
     * Latencies measured since the last call of this method, at first since the session was made: for one caller that
     * reports at intervals. Takes nothing from {@link #latency()}. Allocates; for cold code.
     *
     * @return a snapshot.
     */
    SessionLatency intervalLatency();

    /**
     * Counts kept since the session was made. Allocates; for cold code.
     *
     * @return a snapshot.
     */
    SessionMetrics metrics();
}
