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

import io.ringwire.system.RawConnection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One line of a checklist of answers to an upgrade: {@code name : changes -> verdict}.
 * <p>
 * The changes, between semicolons, are made to the plain answer: a status line takes the place of its status line,
 * {@code Name: value} of the header, {@code +Name: value} stands beside it, {@code -Name} takes it away. In a value
 * {@code $accept} is the right answer to the key and {@code $fold} a line folded (RFC 7230 section 3.2.4),
 * {@code $nothing} keeps the space before it.
 * {@code offer a,b} is what the client offers as subprotocols. The verdict is {@code live}, or {@code refused} with
 * part of the reason.
 * <p>
 * A message and a close frame share the segment with every answer: they are for a live session and for no other.
 */
record AnswerCase(String name, List<String> changes, String verdict)
{
    private static final String FRAMES = "810161" + "880203e8";
    private static final String LINE_END = "\r\n";

    static List<AnswerCase> table(final String lines)
    {
        return lines.lines().filter((line) -> !line.isBlank()).map(AnswerCase::parse).collect(Collectors.toList());
    }

    private static AnswerCase parse(final String line)
    {
        final int colon = line.indexOf(" : ");
        final int arrow = line.lastIndexOf("->");
        if (colon < 0 || arrow < colon)
        {
            throw new IllegalArgumentException("not 'name : changes -> verdict': " + line);
        }

        final String changes = line.substring(colon + 3, arrow).trim();
        return new AnswerCase(
            line.substring(0, colon).trim(),
            changes.isEmpty() ? List.of() : List.of(changes.split(" *; *")),
            line.substring(arrow + 2).trim());
    }

    boolean isLive()
    {
        return "live".equals(verdict);
    }

    String reason()
    {
        return verdict.substring("refused".length()).trim();
    }

    String subprotocols()
    {
        return changes.stream().filter((change) -> change.startsWith("offer ")).findFirst()
            .map((change) -> change.substring("offer ".length())).orElse("");
    }

    /**
     * The answer to a request, with the frames behind it.
     */
    byte[] answerTo(final String request)
    {
        final List<String> lines = new ArrayList<>(List.of(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: $accept"));
        changes.forEach((change) -> change(lines, change));

        final String head = String.join(LINE_END, lines) + LINE_END + LINE_END;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head
            .replace("$accept", RawConnection.acceptOf(request))
            .replace("$fold", LINE_END + ' ')
            .replace("$nothing", "")
            .getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(HexFormat.of().parseHex(FRAMES));
        return bytes.toByteArray();
    }

    private static void change(final List<String> lines, final String change)
    {
        if (change.startsWith("HTTP"))
        {
            lines.set(0, change);
        }
        else if (change.startsWith("-"))
        {
            lines.removeIf((line) -> isNamed(line, change.substring(1)));
        }
        else if (change.startsWith("+"))
        {
            lines.add(change.substring(1));
        }
        else if (!change.startsWith("offer "))
        {
            final String name = change.substring(0, change.indexOf(':'));
            final int at = (int)lines.stream().takeWhile((line) -> !isNamed(line, name)).count();
            if (at < lines.size())
            {
                lines.remove(at);
            }

            lines.add(at, change);
        }
    }

    private static boolean isNamed(final String line, final String name)
    {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ':');
    }

    @Override
    public String toString()
    {
        return name;
    }
}
