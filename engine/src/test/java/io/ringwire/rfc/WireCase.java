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
package io.ringwire.rfc;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of a checklist: {@code name : bytes of the server -> what the handler sees | what the server sees}.
 * <p>
 * Bytes are hex, {@code 61*125} stands for 125 times {@code 61}, and {@code !} behind the byte with which the verdict
 * must be there: bytes behind it must change nothing, and without it the verdict comes with the last byte. Events of
 * the handler are {@code text}, {@code binary}, {@code error CODE} and {@code closed CODE REASON}. The server sees the
 * pongs written here; one with a question mark need not come, as a later ping may have taken its place (RFC 6455
 * section 5.5.3).
 * <p>
 * How the connection ends is not written but follows. A broken rule is answered with its code and ends with it (section
 * 7.1.7); a close frame is answered with its own (section 5.5.1); and where there is neither the server closes with
 * 1000 behind its bytes.
 */
record WireCase(String name, byte[] bytes, int verdictAt, List<String> handlerEvents, List<String> serverEvents)
{
    private static final String SERVER_CLOSE = "880203e8";

    static List<WireCase> table(final String lines)
    {
        return lines.lines().filter((line) -> !line.isBlank()).map(WireCase::parse).collect(Collectors.toList());
    }

    private static WireCase parse(final String line)
    {
        final int colon = line.indexOf(" : ");
        final int arrow = line.indexOf("->");
        final int bar = line.indexOf('|', arrow);
        if (colon < 0 || arrow < colon)
        {
            throw new IllegalArgumentException("not 'name : bytes -> events | events': " + line);
        }

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int verdictAt = 0;
        for (final String token : line.substring(colon + 3, arrow).trim().split(" +"))
        {
            final boolean marked = token.endsWith("!");
            appendHex(bytes, marked ? token.substring(0, token.length() - 1) : token);
            verdictAt = marked ? bytes.size() : verdictAt;
        }

        return new WireCase(
            line.substring(0, colon).trim(),
            bytes.toByteArray(),
            verdictAt == 0 ? bytes.size() : verdictAt,
            events(bar < 0 ? line.substring(arrow + 2) : line.substring(arrow + 2, bar)),
            events(bar < 0 ? "" : line.substring(bar + 1)));
    }

    private static void appendHex(final ByteArrayOutputStream bytes, final String token)
    {
        final int star = token.indexOf('*');
        final int times = star < 0 ? 1 : Integer.parseInt(token.substring(star + 1));
        bytes.writeBytes(HexFormat.of().parseHex((star < 0 ? token : token.substring(0, star)).repeat(times)));
    }

    private static List<String> events(final String text)
    {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" *, *"));
    }

    /**
     * Do the server's bytes end the connection?
     */
    boolean ends()
    {
        return !handlerEvents.isEmpty() && isEnd(handlerEvents.get(handlerEvents.size() - 1));
    }

    private static boolean isEnd(final String event)
    {
        return event.startsWith("error ") || event.startsWith("closed ");
    }

    private String lastEvent()
    {
        return ends() ? handlerEvents.get(handlerEvents.size() - 1) : "closed 1000";
    }

    /**
     * The code the client is to close with.
     */
    int closeCode()
    {
        return Integer.parseInt(lastEvent().split(" ")[1]);
    }

    /**
     * What the server sends behind its bytes.
     */
    byte[] farewell()
    {
        return ends() ? new byte[0] : HexFormat.of().parseHex(SERVER_CLOSE);
    }

    /**
     * What the handler is to see, the reason of an error left out.
     */
    List<String> allHandlerEvents()
    {
        final List<String> all = new ArrayList<>(handlerEvents);
        if (!ends())
        {
            all.add(lastEvent());
        }
        else if (lastEvent().startsWith("error "))
        {
            all.add("closed " + closeCode());
        }

        return all;
    }

    @Override
    public String toString()
    {
        return name;
    }
}
