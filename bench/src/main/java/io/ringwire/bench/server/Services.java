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
package io.ringwire.bench.server;

import io.ringwire.samples.exchange.RecordedMessage;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each path of the server does:
 * <pre>
 *   /echo      sends data frames back
 *   /feed      sends messages: size=128, rate=0, messages=0, stamped=0, burst=0, every=1000
 *   /sink      answers each 250 messages with one
 *   /drop      greets, and drops the connection when a message comes
 *   /capture   sends the messages of the capture in a loop
 *   /          what the server was started with
 * </pre>
 * and {@code deflate=1}, on each, accepts an offer of permessage-deflate. Owner: the serving thread.
 */
final class Services
{
    private static final String DEFLATE = "deflate";
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
        "/", Set.of(),
        "/echo", Set.of(),
        "/feed", Set.of("size", "rate", "messages", "stamped", "burst", "every"),
        "/sink", Set.of(),
        "/drop", Set.of(),
        "/capture", Set.of());
    private static final int DEFAULT_SIZE_BYTES = 128;
    private static final long DEFAULT_EVERY_MS = 1000;

    private final Feed feed; // of the path "/", null for an echo
    private final List<RecordedMessage> capture;
    private final Map<Boolean, List<ByteBuffer>> captureBatches = new HashMap<>(); // by whether they are compressed

    /**
     * @param feed    of the path {@code /}, or null for an echo.
     * @param capture messages of the path {@code /capture}, none if there is no such path.
     */
    Services(final Feed feed, final List<RecordedMessage> capture)
    {
        this.feed = feed;
        this.capture = capture;
    }

    /**
     * The answer to the request's offer of an extension.
     *
     * @return value of the response's header, empty if no offer is accepted.
     * @throws RefusedException if its parameter is bad.
     */
    static String extension(final UpgradeRequest request) throws RefusedException
    {
        return request.isOn(DEFLATE) ? Deflation.answer(request.extensions()) : "";
    }

    /**
     * Begin what a request asks for.
     *
     * @param request    of the client.
     * @param compressed true if permessage-deflate is in use.
     * @param nowNs      the time.
     * @return the service of the connection.
     * @throws RefusedException that names what is unknown or bad.
     */
    Service begin(final UpgradeRequest request, final boolean compressed, final long nowNs) throws RefusedException
    {
        final String path = request.path();
        final Set<String> known = PARAMETERS.get(path);
        if (known == null)
        {
            throw RefusedException.notFound("no path " + path + ": there are " + PARAMETERS.keySet().stream().sorted()
                .toList());
        }

        for (final String name : request.parameters().keySet())
        {
            if (!known.contains(name) && !name.equals(DEFLATE))
            {
                throw RefusedException.badRequest("no parameter " + name + " of " + path);
            }
        }

        return switch (path)
        {
            case "/feed" -> new FeedService(feedOf(request), compressed, nowNs);
            case "/sink" -> new SinkService();
            case "/drop" -> new DropService();
            case "/capture" -> new CaptureService(captureBatches(compressed));
            case "/echo" -> new EchoService();
            default -> feed == null ? new EchoService() : new FeedService(feed, compressed, nowNs);
        };
    }

    private List<ByteBuffer> captureBatches(final boolean compressed) throws RefusedException
    {
        if (capture.isEmpty())
        {
            throw RefusedException.notFound("no /capture: the server was started without --capture FILE");
        }

        return captureBatches.computeIfAbsent(compressed, (key) -> CaptureService.encode(capture, key));
    }

    private static Feed feedOf(final UpgradeRequest request) throws RefusedException
    {
        final int burst = (int)request.number("burst", 0, Integer.MAX_VALUE);
        try
        {
            return new Feed(
                request.number("messages", Feed.ENDLESS, Long.MAX_VALUE),
                (int)request.number("size", DEFAULT_SIZE_BYTES, Feed.MAX_SIZE_BYTES),
                request.number("rate", 0, Feed.MAX_RATE_PER_S),
                request.isOn("stamped"),
                burst,
                request.number("every", burst == 0 ? 0 : DEFAULT_EVERY_MS, Long.MAX_VALUE));
        }
        catch (final IllegalArgumentException ex)
        {
            throw RefusedException.badRequest(ex.getMessage());
        }
    }
}
