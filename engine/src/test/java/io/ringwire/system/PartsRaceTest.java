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
package io.ringwire.system;

import io.ringwire.Seed;
import io.ringwire.api.MessageClaim;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that compete on one session, some with messages in parts, some with whole ones and claims, and the handler
 * with both: the peer must see each message with nothing but control frames between its parts, and each sender's in
 * order.
 */
@Timeout(60)
class PartsRaceTest extends SystemTest
{
    private static final int MESSAGES = 3000;
    private static final String SENDERS = "abcd"; // a, b in parts, c and d whole

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "SHARED", "INLINE"})
    void shouldKeepEverythingOutOfAnOpenMessage(final ThreadingMode mode) throws Exception
    {
        final SplittableRandom random = Seed.random(getClass());
        launch(mode);
        final RawConnection connection = connectLive(
            config().messageHandler(answering(random.split())).buffers(new BufferPolicy().sendWindowLength(4096)));
        final ExecutorService executor = Executors.newFixedThreadPool(SENDERS.length());
        try
        {
            final List<Future<?>> senders = new ArrayList<>();
            for (final char sender : SENDERS.toCharArray())
            {
                final SplittableRandom own = random.split();
                senders.add(executor.submit(() -> sendAll(sender, own)));
            }

            readAll(connection);
            for (final Future<?> sender : senders)
            {
                sender.get();
            }
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    /**
     * A message is its sender's letter, its number, a colon, and the letter a few times.
     */
    private void sendAll(final char sender, final SplittableRandom random)
    {
        final MessageClaim claim = new MessageClaim();
        for (int i = 0; i < MESSAGES; i++)
        {
            final UnsafeBuffer message = message(sender, i, random);
            if (sender <= 'b')
            {
                sendInParts(message, random);
            }
            else if (sender == 'c')
            {
                await(() -> session.send(Opcode.TEXT, message, 0, message.capacity()));
            }
            else
            {
                await(() -> session.tryClaim(Opcode.TEXT, message.capacity(), claim));
                if (random.nextInt(4) == 0)
                {
                    claim.abort();
                    await(() -> session.tryClaim(Opcode.TEXT, message.capacity(), claim));
                }

                claim.buffer().putBytes(claim.offset(), message, 0, message.capacity());
                claim.commit();
            }
        }
    }

    private void sendInParts(final UnsafeBuffer message, final SplittableRandom random)
    {
        final int first = random.nextInt(message.capacity());
        await(() -> session.sendFirst(Opcode.TEXT, message, 0, first));
        int sent = first;
        while (random.nextBoolean())
        {
            final int offset = sent;
            final int length = random.nextInt(message.capacity() - sent + 1);
            await(() -> session.sendMiddle(message, offset, length));
            sent += length;
        }

        final int offset = sent;
        await(() -> session.sendLast(message, offset, message.capacity() - offset));
    }

    /**
     * Each message of the peer is answered if there is room and no message is open, by turns whole and in parts; an
     * answer that was begun is ended with the next.
     */
    private MessageHandler answering(final SplittableRandom random)
    {
        final boolean[] begun = new boolean[1];
        final int[] answers = new int[1];
        final UnsafeBuffer[] answer = new UnsafeBuffer[1];
        return (session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
        {
            if (begun[0])
            {
                begun[0] = session.sendLast(answer[0], 1, answer[0].capacity() - 1) < 0;
                answers[0] += begun[0] ? 0 : 1;
                return;
            }

            answer[0] = message('h', answers[0], random);
            if (random.nextBoolean())
            {
                begun[0] = session.sendFirst(opcode, answer[0], 0, 1) > 0;
            }
            else if (session.send(opcode, answer[0], 0, answer[0].capacity()) > 0)
            {
                answers[0]++;
            }
        };
    }

    private void readAll(final RawConnection connection)
    {
        final int[] next = new int[128];
        StringBuilder open = null;
        int whole = 0;
        while (whole < SENDERS.length() * MESSAGES)
        {
            final RawConnection.Frame frame = connection.readFrame();
            assertThat(frame.opcode() == 0).as("a part where one belongs, nothing else there").isEqualTo(open != null);
            open = open == null ? new StringBuilder() : open;
            open.append(frame.text());
            if ((frame.firstByte() & 0x80) != 0)
            {
                final String message = open.toString();
                final char sender = message.charAt(0);
                final String number = message.substring(1, message.indexOf(':'));
                assertThat(message.substring(2 + number.length())).as("letters of %s", message).matches(sender + "*");
                assertThat(Integer.parseInt(number)).as("number of %s", message).isEqualTo(next[sender]++);
                whole += sender == 'h' ? 0 : 1;
                open = null;
            }

            connection.writeText("?"); // an answer that is open goes on with the next of these
        }

        assertThat(next['h']).as("answers of the handler").isPositive();
    }

    private static UnsafeBuffer message(final char sender, final int number, final SplittableRandom random)
    {
        final String letters = String.valueOf(sender).repeat(random.nextInt(100));
        return new UnsafeBuffer((String.valueOf(sender) + number + ':' + letters).getBytes(StandardCharsets.US_ASCII));
    }

    private static void await(final LongSupplier send)
    {
        while (true)
        {
            final long result = send.getAsLong();
            if (result > 0)
            {
                return;
            }

            if (result != SendResult.BACK_PRESSURED && result != SendResult.MESSAGE_OPEN ||
                Thread.currentThread().isInterrupted())
            {
                throw new IllegalStateException(SendResult.name(result));
            }

            Thread.yield();
        }
    }
}
