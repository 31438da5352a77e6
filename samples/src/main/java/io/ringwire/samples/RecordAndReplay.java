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
package io.ringwire.samples;

import io.ringwire.Engine;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.journal.JournalReader;
import io.ringwire.journal.Replay;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Records a session into a journal, and replays it twice through the same handler and listener: they get the same
 * calls, which a hash shows. What the listener sends goes to the venue while it is recorded, and nowhere in a replay.
 */
public final class RecordAndReplay implements MessageHandler, SessionListener
{
    private static final int MESSAGES = 5_000;
    private static final int RATE = 20_000;
    private static final UnsafeBuffer SUBSCRIBE = new UnsafeBuffer((
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":" +
        "[\"ticker.BTC-PERPETUAL.raw\"]}}").getBytes(StandardCharsets.US_ASCII));

    private final CountDownLatch done = new CountDownLatch(1);
    private long received; // owner: handler thread, or that of the replay

    private RecordAndReplay()
    {
    }

    /**
     * Run the sample.
     *
     * @param args the folder for the journal, which is kept, or nothing for one that is not.
     * @throws InterruptedException if interrupted.
     * @throws IOException          if the journal cannot be read.
     */
    public static void main(final String[] args) throws InterruptedException, IOException
    {
        final Path journal = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("ringwire-journal");
        try
        {
            System.out.printf("recorded %d messages%n", record(journal));
            final long first = replay(journal);
            final long second = replay(journal);
            System.out.printf("hashes of two replays: %016x %016x, %s%n",
                first, second, first == second ? "equal" : "not equal");
        }
        finally
        {
            if (args.length == 0)
            {
                IoUtil.delete(journal.toFile(), true);
            }
        }
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        if (change.to() == SessionState.LIVE)
        {
            session.send(Opcode.TEXT, SUBSCRIBE, 0, SUBSCRIBE.capacity());
        }
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        if (++received == MESSAGES)
        {
            done.countDown();
        }
    }

    private SessionConfig config()
    {
        return new SessionConfig().messageHandler(this).listener(this);
    }

    private static long record(final Path journal) throws InterruptedException
    {
        final RecordAndReplay live = new RecordAndReplay();
        final EngineContext context = new EngineContext();
        context.journal().directory(journal);
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(RATE));
            Engine engine = Engine.launch(context))
        {
            engine.connect(live.config().uri(exchange.uri()));
            if (!live.done.await(30, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("the exchange sent too little");
            }
        }

        return live.received; // the handler thread has ended
    }

    private static long replay(final Path journal) throws IOException
    {
        final RecordAndReplay replayed = new RecordAndReplay();
        try (Replay replay = new Replay(JournalReader.open(journal), (name) -> replayed.config()))
        {
            replay.speed(Replay.MAX_SPEED).run();
            System.out.printf("replayed %d messages of %d records, %d lost%n",
                replayed.received, replay.records(), replay.lost());
            return replay.hash();
        }
    }
}
