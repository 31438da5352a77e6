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

/**
 * Counts and sizes of a session at one moment, since it was made.
 *
 * @param bytesReceived     from the socket after the upgrade.
 * @param framesReceived    of every kind.
 * @param messagesReceived  whole data messages decoded.
 * @param messagesDelivered given to the message handler, elements of batches one by one.
 * @param messagesDropped   thrown away for lack of room, under {@link BackpressurePolicy#FAIL} with all that came
 *                          behind on the connection that it ends.
 * @param messagesSkipped   by {@link Session#skipBehind}.
 * @param bytesSent         handed to the kernel, frame headers included.
 * @param framesSent        of every kind.
 * @param sendsDiscarded    messages accepted but not known to have been written when their connection ended.
 * @param backPressured     sends refused for lack of room.
 * @param rateLimited       sends refused for lack of tokens.
 * @param rateLimitBreaches times that the venue said we sent too much.
 * @param pingsReceived     from the peer.
 * @param pongsReceived     that answered our last ping.
 * @param pauses            times that reading stopped because the ring was full.
 * @param handlerErrors     exceptions thrown by user callbacks.
 * @param protocolErrors    rules broken by the peer.
 * @param replies           requests ended by a reply that is no error.
 * @param timeouts          requests ended by their timeout.
 * @param unknownOutcomes   requests ended by the loss of the connection.
 * @param errorReplies      requests ended by an error of the venue.
 * @param cancelled         requests ended by their user.
 * @param unmatchedReplies  replies that ended no request.
 * @param serverRequests    of the venue.
 * @param batches           arrays of messages, whose elements were delivered one by one.
 * @param requestsInFlight  now.
 * @param ringOccupancy     entries in the ring now.
 * @param ringHighWaterMark most entries ever seen in the ring when one was added.
 * @param eventsDropped     lifecycle events thrown away because more than 1,024 waited for the handler.
 * @param deflateBytesIn    of messages sent that were given to the compressor.
 * @param deflateBytesOut   of payload sent in their place; as many as went in for a message that did not get shorter.
 * @param inflateBytesIn    of compressed payload received.
 * @param inflateBytesOut   of the messages it inflated to.
 * @param connects          connections upgraded.
 * @param connectFailures   attempts that did not get there.
 * @param reconnects        connections upgraded after the first.
 * @param dialectErrors     exceptions thrown by the dialect.
 * @param heartbeatsSent    pings of the WebSocket and in the venue's words.
 * @param heartbeatsAnswered of them, by a pong or a message that bears their payload or id.
 * @param heartbeatsMissed  pings behind which no byte came in time.
 * @param heartbeatDemands  of the venue.
 * @param subscriptionsDesired channels that are wanted
 * @param subscriptionsAcknowledged channels the venue has acknowledged on this connection
 * @param sendWindowUsed    bytes accepted and not yet written, with the longest header for each message, now.
 * @param directMemoryBytes held now: the ring's arena, the read buffer and the write buffers, those of TLS included; 0
 *                          once the session has ended and let go of them. Compression takes more while it is agreed on.
 * @param lastReceiveAgeNs  as {@link HeartbeatHealth#lastReceiveAgeNs()}.
 * @param lastError         why the last attempt came to nothing or the last connection was lost; null if none was.
 * @param lastErrorTimeMs   when, in ms since 1970; {@link #NEVER} if it never happened.
 */
public record SessionMetrics(
    long bytesReceived,
    long framesReceived,
    long messagesReceived,
    long messagesDelivered,
    long messagesDropped,
    long messagesSkipped,
    long bytesSent,
    long framesSent,
    long sendsDiscarded,
    long backPressured,
    long rateLimited,
    long rateLimitBreaches,
    long pingsReceived,
    long pongsReceived,
    long pauses,
    long handlerErrors,
    long protocolErrors,
    long replies,
    long timeouts,
    long unknownOutcomes,
    long errorReplies,
    long cancelled,
    long unmatchedReplies,
    long serverRequests,
    long batches,
    int requestsInFlight,
    int ringOccupancy,
    int ringHighWaterMark,
    long eventsDropped,
    long deflateBytesIn,
    long deflateBytesOut,
    long inflateBytesIn,
    long inflateBytesOut,
    long connects,
    long connectFailures,
    long reconnects,
    long dialectErrors,
    long heartbeatsSent,
    long heartbeatsAnswered,
    long heartbeatsMissed,
    long heartbeatDemands,
    int subscriptionsDesired,
    int subscriptionsAcknowledged,
    long sendWindowUsed,
    long directMemoryBytes,
    long lastReceiveAgeNs,
    String lastError,
    long lastErrorTimeMs)
{
    /** The time of what never happened. */
    public static final long NEVER = -1;
}
