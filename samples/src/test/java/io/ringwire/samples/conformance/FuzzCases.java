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
package io.ringwire.samples.conformance;

import io.ringwire.samples.conformance.FuzzingServer.FuzzCase;
import io.ringwire.samples.conformance.FuzzingServer.Script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static io.ringwire.samples.conformance.FuzzConnection.frame;
import static io.ringwire.samples.conformance.FuzzConnection.utf8;

/**
 * What the server does to its clients. Each script ends with the end of the connection.
 */
final class FuzzCases
{
    static final int BIG_MESSAGE_LENGTH = Integer.getInteger("conformance.megabytes", 16) << 20;
    private static final int PART_LENGTH = 100_000;
    private static final int FLOOD = 2000;

    private FuzzCases()
    {
    }

    static List<FuzzCase> all()
    {
        return Stream.of(messages(), violations(), closes(), openings()).flatMap(List::stream).toList();
    }

    private static List<FuzzCase> messages()
    {
        return List.of(
            echoed("empty text", "", "81 00"),
            echoed("text", "Hello", "81 05 48656c6c6f"),
            echoed("text over three frames", "a\u20acb", "01 02 61e2 00 01 82 80 02 ac62"),
            echoed("empty parts", "x", "01 00 00 01 78 80 00"),
            new FuzzCase("binary", FuzzCases::binary),
            new FuzzCase("pings between parts", FuzzCases::pingsBetweenParts),
            new FuzzCase("byte by byte", FuzzCases::byteByByte),
            new FuzzCase("pong nobody asked for", (c) -> answer(c, "8a 02 6869 81 01 78", "x")),
            new FuzzCase("flood", FuzzCases::flood),
            new FuzzCase("big message in one frame", (c) -> bigMessage(c, BIG_MESSAGE_LENGTH)),
            new FuzzCase("big message in parts", (c) -> bigMessage(c, PART_LENGTH)),
            new FuzzCase("no reading before all is written", FuzzCases::lateReader));
    }

    private static List<FuzzCase> violations()
    {
        return List.of(
            fails("invalid UTF-8", 1007, "81 02 c3 28"),
            fails("invalid UTF-8 in an open message", 1007, "01 01 ff"),
            fails("invalid UTF-8 in half a frame", 1007, "81 7e ffff 61ff"),
            fails("UTF-8 cut off at the end", 1007, "81 02 e282"),
            fails("surrogate", 1007, "81 03 eda080"),
            fails("reserved bit 1", 1002, "c1 00"),
            fails("reserved bit 2", 1002, "a1 00"),
            fails("reserved bit 3", 1002, "91 00"),
            fails("opcode 3", 1002, "83 00"),
            fails("opcode 11", 1002, "8b 00"),
            fails("long ping", 1002, "89 7e 007e"),
            fails("ping in parts", 1002, "09 00"),
            fails("continuation of nothing", 1002, "80 00"),
            fails("message inside of a message", 1002, "01 00 81 00"),
            fails("masked", 1002, "81 80 00000000"),
            fails("length over 2^63", 1002, "82 7f ffffffffffffffff"),
            fails("length not minimal", 1002, "82 7e 0005"),
            fails("longer than is taken", 1009, "82 7f 0000000010000001"));
    }

    private static List<FuzzCase> closes()
    {
        return List.of(
            new FuzzCase("close 1000", (c) -> c.close(1000)),
            new FuzzCase("close 3000", (c) -> c.close(3000)),
            new FuzzCase("close 4999", (c) -> c.close(4999)),
            fails("close without code", 1005, "88 00"),
            fails("close inside of a message", 1001, "01 01 61 88 02 03e9"),
            fails("text behind a close", 1000, "88 02 03e8 81 01 78"),
            fails("close with half a code", 1002, "88 01 03"),
            fails("close 999", 1002, "88 02 03e7"),
            fails("close 1005", 1002, "88 02 03ed"),
            fails("close 1006", 1002, "88 02 03ee"),
            fails("close 1016", 1002, "88 02 03f8"),
            fails("close 2999", 1002, "88 02 0bb7"),
            fails("close 5000", 1002, "88 02 1388"),
            fails("close with a bad reason", 1007, "88 03 03e8 ff"),
            new FuzzCase("end of TCP", (c) -> c.writeText("never echoed, or so")),
            new FuzzCase("reset", FuzzConnection::reset),
            new FuzzCase("half a frame, then the end of TCP", (c) -> c.writeHex("81 05 48")));
    }

    private static List<FuzzCase> openings()
    {
        final Script echo = (c) ->
        {
            c.expectText("early");
            c.close(1000);
        };
        final Script nothing = FuzzConnection::expectEnd;
        return List.of(
            new FuzzCase(
                "text in the segment of the 101", "HTTP/1.1 101 Switching Protocols", frame(0x81, utf8("early")), echo),
            new FuzzCase("odd reason phrase", "HTTP/1.1 101 null", frame(0x81, utf8("early")), echo),
            new FuzzCase("no reason phrase", "HTTP/1.1 101 ", frame(0x81, utf8("early")), echo),
            new FuzzCase("refused", "HTTP/1.1 403 Forbidden", new byte[0], nothing));
    }

    /**
     * A message of RFC 7692 section 7.2.3.1, for a client that offers compression.
     */
    static FuzzCase deflated()
    {
        final String accepted =
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate";
        return new FuzzCase("deflated", accepted, new byte[0], (c) -> answer(c, "c1 07 f248cdc9c90700", "Hello"));
    }

    /**
     * Those that only the client's deadline ends.
     */
    static List<FuzzCase> hanging()
    {
        return List.of(
            new FuzzCase("half a frame, then silence", (c) ->
            {
                c.writeHex("81 05 48");
                c.expectEnd();
            }),
            new FuzzCase("no close", (c) ->
            {
                c.writeText("x");
                c.expectText("x");
                c.expectEnd();
            }));
    }

    /**
     * Write for ever and read nothing.
     */
    static FuzzCase deaf()
    {
        return new FuzzCase("deaf", (c) ->
        {
            try
            {
                for (int i = 0; i < FLOOD; i++)
                {
                    c.write(frame(0x82, new byte[60_000]));
                }
            }
            catch (final IOException ex)
            {
                return; // the client has had enough
            }

            throw new AssertionError("the client took all of it");
        });
    }

    private static FuzzCase echoed(final String name, final String text, final String hex)
    {
        return new FuzzCase(name, (c) -> answer(c, hex, text));
    }

    private static FuzzCase fails(final String name, final int code, final String hex)
    {
        return new FuzzCase(name, (c) ->
        {
            c.writeHex(hex);
            c.expectClose(code);
        });
    }

    private static void answer(final FuzzConnection connection, final String hex, final String text) throws IOException
    {
        connection.writeHex(hex);
        connection.expectText(text);
        connection.close(1000);
    }

    private static void binary(final FuzzConnection connection) throws IOException
    {
        for (final int length : new int[]{ 0, 125, 126, 65535, 65536, 300_000 })
        {
            final byte[] payload = random(length);
            connection.write(frame(0x82, payload));
            connection.expect(0x2, payload);
        }

        connection.close(1000);
    }

    private static void pingsBetweenParts(final FuzzConnection connection) throws IOException
    {
        connection.writeHex("01 01 61 89 03 6f6e65");
        connection.expectPong("one");
        connection.writeHex("00 01 62 89 00");
        connection.expectPong("");
        connection.writeHex("80 01 63");
        connection.expectText("abc");
        connection.close(1000);
    }

    private static void byteByByte(final FuzzConnection connection) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(0x01, utf8("gr\u00fc")));
        bytes.writeBytes(frame(0x89, utf8("p")));
        bytes.writeBytes(frame(0x80, utf8("\u00dfe" + "x".repeat(200))));
        connection.writeByteByByte(bytes.toByteArray());
        connection.expectPong("p");
        connection.expectText("gr\u00fc\u00dfe" + "x".repeat(200));
        connection.close(1000);
    }

    private static void flood(final FuzzConnection connection) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < FLOOD; i++)
        {
            bytes.writeBytes(frame(0x81, utf8("message " + i)));
        }

        connection.write(bytes.toByteArray());
        for (int i = 0; i < FLOOD; i++)
        {
            connection.expectText("message " + i);
        }

        connection.close(1000);
    }

    private static void bigMessage(final FuzzConnection connection, final int partLength) throws IOException
    {
        final byte[] payload = random(BIG_MESSAGE_LENGTH);
        int offset = 0;
        while (offset < payload.length)
        {
            final int end = Math.min(offset + partLength, payload.length);
            final int firstByte = (offset == 0 ? 0x02 : 0) | (end == payload.length ? 0x80 : 0);
            connection.write(frame(firstByte, Arrays.copyOfRange(payload, offset, end)));
            offset = end;
        }

        connection.expect(0x2, payload);
        connection.close(1000);
    }

    /**
     * More than the client's send window and the sockets between hold, by turns whole and to be echoed in parts.
     */
    private static void lateReader(final FuzzConnection connection) throws IOException
    {
        final byte[][] payloads = new byte[40][];
        for (int i = 0; i < payloads.length; i++)
        {
            payloads[i] = random(i % 2 == 0 ? 1000 : 500_000);
            connection.write(frame(0x82, payloads[i]));
        }

        for (final byte[] payload : payloads)
        {
            connection.expect(0x2, payload);
        }

        connection.close(1000);
    }

    private static byte[] random(final int length)
    {
        final byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
