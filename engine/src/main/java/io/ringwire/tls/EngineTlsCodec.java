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
package io.ringwire.tls;

import io.netty.util.ReferenceCountUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Drives any {@link SSLEngine} through four arrays that stay: what an engine allocates by itself is all the garbage
 * there is. They are on the heap, because the JDK's ciphers copy what is not, into arrays made for it.
 */
final class EngineTlsCodec implements TlsCodec
{
    private static final int HEADER_LENGTH = 5;
    private static final int LENGTH_OFFSET = 3;
    private static final int OPEN = 0;
    private static final String TLS_1_3 = "TLSv1.3";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteBuffer sealedIn;
    private final ByteBuffer openedIn;
    private final ByteBuffer plainOut = ByteBuffer.allocate(MAX_PLAINTEXT_LENGTH);
    private final ByteBuffer sealedOut;
    private final boolean mayRenegotiate;
    private int status;
    private int consumed;
    private boolean output;
    private String failure;

    EngineTlsCodec(final SSLEngine engine)
    {
        this.engine = ReferenceCountUtil.retain(engine);
        final int packetLength = engine.getSession().getPacketBufferSize();
        sealedIn = ByteBuffer.allocate(packetLength).order(ByteOrder.BIG_ENDIAN);
        sealedOut = ByteBuffer.allocate(packetLength);
        openedIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
        mayRenegotiate = !TLS_1_3.equals(engine.getSession().getProtocol());
        status = engine.isInboundDone() ? CLOSED : OPEN; // the end may have come with the answer to the upgrade
    }

    @Override
    public int unwrap(
        final DirectBuffer ciphertext,
        final int offset,
        final int length,
        final MutableDirectBuffer plaintext,
        final int plaintextOffset,
        final int plaintextCapacity)
    {
        int taken = 0;
        int produced = 0;
        while (true)
        {
            final int count = Math.min(openedIn.remaining(), plaintextCapacity - produced);
            plaintext.putBytes(plaintextOffset + produced, openedIn, openedIn.position(), count);
            openedIn.position(openedIn.position() + count);
            produced += count;
            if (produced == plaintextCapacity || status != OPEN)
            {
                break;
            }

            taken += gather(ciphertext, offset + taken, length - taken);
            if (missing() > sealedIn.remaining())
            {
                fail("cannot read", new SSLException("no record: " + missing() + " bytes more than fit into one"));
            }
            else if (missing() > 0)
            {
                break;
            }
            else
            {
                openRecord();
            }
        }

        consumed = status == OPEN ? taken : length;
        return produced > 0 ? produced : status;
    }

    @Override
    public int consumed()
    {
        return consumed;
    }

    @Override
    public int wrap(
        final DirectBuffer plaintext,
        final int offset,
        final int length,
        final MutableDirectBuffer ciphertext,
        final int ciphertextOffset)
    {
        if (status == FAILED)
        {
            return FAILED;
        }

        output = false;
        int produced = 0;
        int taken = 0;
        try
        {
            while (taken < length)
            {
                final int count = Math.min(MAX_PLAINTEXT_LENGTH, length - taken);
                plainOut.clear().limit(count);
                plaintext.getBytes(offset + taken, plainOut, 0, count);
                while (plainOut.hasRemaining())
                {
                    produced += sealRecord(plainOut, ciphertext, ciphertextOffset + produced);
                }

                taken += count;
            }

            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)
            {
                produced += sealRecord(NOTHING, ciphertext, ciphertextOffset + produced);
            }
        }
        catch (final SSLException ex)
        {
            fail("cannot write", ex);
            return FAILED;
        }

        return produced;
    }

    @Override
    public boolean hasOutput()
    {
        return output;
    }

    @Override
    public int wrapClose(final MutableDirectBuffer ciphertext, final int ciphertextOffset)
    {
        output = false;
        int produced = 0;
        engine.closeOutbound();
        try
        {
            int count;
            do
            {
                count = engine.isOutboundDone() ? 0 :
                    sealRecord(NOTHING, ciphertext, ciphertextOffset + produced);
                produced += count;
            }
            while (count > 0);
        }
        catch (final SSLException ex)
        {
            fail("cannot write", ex); // the alert that says why has gone out before, or never will
        }

        return produced;
    }

    @Override
    public String failure()
    {
        return failure;
    }

    @Override
    public boolean hasEnded()
    {
        return status != OPEN;
    }

    @Override
    public void close()
    {
        ReferenceCountUtil.release(engine);
    }

    /**
     * Bytes that the record being gathered still needs, as far as is known.
     */
    private int missing()
    {
        final int gathered = sealedIn.position();
        return gathered < HEADER_LENGTH ? HEADER_LENGTH - gathered :
            HEADER_LENGTH + (sealedIn.getShort(LENGTH_OFFSET) & 0xffff) - gathered;
    }

    private int gather(final DirectBuffer ciphertext, final int offset, final int length)
    {
        int taken = 0;
        int count;
        do
        {
            count = Math.min(Math.min(missing(), sealedIn.remaining()), length - taken);
            ciphertext.getBytes(offset + taken, sealedIn, sealedIn.position(), count);
            sealedIn.position(sealedIn.position() + count);
            taken += count;
        }
        while (count > 0);

        return taken;
    }

    private void openRecord()
    {
        sealedIn.flip();
        openedIn.clear();
        try
        {
            final SSLEngineResult result = engine.unwrap(sealedIn, openedIn);
            runTasks();
            output = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            if (result.getStatus() == Status.CLOSED)
            {
                status = CLOSED;
            }
            else if (result.getStatus() != Status.OK)
            {
                fail("cannot read", new SSLException(result.toString()));
            }
            else if (output && mayRenegotiate) // nothing else makes a client of TLS 1.2 speak by itself
            {
                fail("cannot read", new SSLException("NO_RENEGOTIATION"));
            }
        }
        catch (final SSLException ex)
        {
            fail("cannot read", ex);
        }

        sealedIn.compact();
        openedIn.flip();
    }

    private int sealRecord(
        final ByteBuffer source, final MutableDirectBuffer ciphertext, final int ciphertextOffset) throws SSLException
    {
        sealedOut.clear();
        final SSLEngineResult result = engine.wrap(source, sealedOut);
        if (result.getStatus() != Status.OK && source != NOTHING)
        {
            throw new SSLException(result.toString());
        }

        final int length = sealedOut.position();
        ciphertext.putBytes(ciphertextOffset, sealedOut, 0, length);
        return length;
    }

    private void runTasks()
    {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK)
        {
            engine.getDelegatedTask().run();
        }
    }

    private void fail(final String what, final SSLException cause)
    {
        status = FAILED;
        output = true;
        failure = what + ": " + cause.getMessage();
    }
}
