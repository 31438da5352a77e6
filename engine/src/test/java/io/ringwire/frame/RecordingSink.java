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
package io.ringwire.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.ringwire.api.Opcode;
import org.agrona.DirectBuffer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes down what a decoder pushes, one line for a whole message or a control frame, however it came in pieces, and
 * holds the decoder to the order of calls that {@link FrameSink} promises.
 */
final class RecordingSink implements FrameSink
{
    private final List<String> events = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final BooleanSupplier hasRoom;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int openOpcode;
    private long frameRemaining;
    private boolean lastFrame;
    private boolean messageMustFollow;
    private boolean terminated;
    private boolean refused;

    RecordingSink()
    {
        this(() -> true);
    }

    RecordingSink(final BooleanSupplier hasRoom)
    {
        this.hasRoom = hasRoom;
    }

    List<String> events()
    {
        return events;
    }

    boolean isTerminated()
    {
        return terminated;
    }

    List<String> calls()
    {
        return calls;
    }

    /**
     * Was a frame refused since this was last asked?
     */
    boolean pollRefused()
    {
        final boolean result = refused;
        refused = false;
        return result;
    }

    @Override
    public boolean onMessage(
        final int opcode, final DirectBuffer buffer, final int offset, final int length, final boolean endOfBatch)
    {
        assertBetweenFrames();
        require(0 == openOpcode, "whole message inside a fragmented one");
        if (isRefused())
        {
            return false;
        }

        messageMustFollow = !endOfBatch;
        calls.add(endOfBatch ? "message, end" : "message");
        events.add(dataEvent(opcode, bytes(buffer, offset, length)));
        return true;
    }

    @Override
    public boolean onFrameBegin(
        final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
    {
        assertBetweenFrames();
        require(!messageMustFollow, "a whole message was promised");
        require(openOpcode == (firstFrame ? 0 : opcode), "frame of another message");
        if (isRefused())
        {
            return false;
        }

        calls.add("begin " + payloadLength);
        openOpcode = opcode;
        lastFrame = fin;
        frameRemaining = payloadLength;
        return true;
    }

    @Override
    public void onFramePayload(final DirectBuffer buffer, final int offset, final int length)
    {
        assertGoesOn();
        require(length > 0, "empty piece");
        calls.add("payload " + length);
        frameRemaining -= length;
        require(frameRemaining >= 0, "more payload than announced");
        message.writeBytes(bytes(buffer, offset, length));
    }

    @Override
    public void onMessageEnd(final int opcode, final boolean endOfBatch)
    {
        assertBetweenFrames();
        require(lastFrame && opcode == openOpcode, "end without a last frame");
        calls.add(endOfBatch ? "end, end" : "end");
        messageMustFollow = !endOfBatch;
        openOpcode = 0;
        events.add(dataEvent(opcode, message.toByteArray()));
        message.reset();
    }

    @Override
    public void onPing(final DirectBuffer buffer, final int offset, final int length)
    {
        onControl("ping:" + text(bytes(buffer, offset, length)));
    }

    @Override
    public void onPong(final DirectBuffer buffer, final int offset, final int length)
    {
        onControl("pong:" + text(bytes(buffer, offset, length)));
    }

    @Override
    public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
    {
        onControl("close:" + code + ':' + text(bytes(buffer, offset, length)));
        terminated = true;
    }

    @Override
    public void onProtocolError(final int closeCode, final String reason)
    {
        assertGoesOn();
        calls.add("error");
        events.add("error:" + closeCode + ':' + reason);
        terminated = true;
    }

    private void onControl(final String event)
    {
        assertBetweenFrames();
        require(!messageMustFollow, "a whole message was promised");
        calls.add("control");
        events.add(event);
    }

    private boolean isRefused()
    {
        refused = !hasRoom.getAsBoolean();
        return refused;
    }

    private void assertBetweenFrames()
    {
        assertGoesOn();
        require(0 == frameRemaining, "called inside a frame");
    }

    private void assertGoesOn()
    {
        require(!terminated, "called after the end");
        require(!refused, "called after a refusal");
    }

    private static void require(final boolean condition, final String rule)
    {
        if (!condition)
        {
            throw new AssertionError(rule);
        }
    }

    static String dataEvent(final int opcode, final byte[] payload)
    {
        return Opcode.TEXT == opcode ? "text:" + text(payload) : "binary:" + HexFormat.of().formatHex(payload);
    }

    static String text(final byte[] payload)
    {
        return new String(payload, UTF_8);
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] result = new byte[length];
        buffer.getBytes(offset, result);
        return result;
    }
}
