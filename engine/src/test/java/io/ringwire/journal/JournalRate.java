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
package io.ringwire.journal;

import io.ringwire.tape.RecordKind;
import org.agrona.IoUtil;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many records of 128 bytes a second are kept and read: a program to be run by hand, with the options of
 * {@code src/jvm/low-latency.options}. Prints one line for each window; the first are those of a cold JVM.
 */
final class JournalRate
{
    private static final int PAYLOAD_LENGTH = 128;
    private static final int WINDOWS = 10;
    private static final double SECOND_NS = 1e9;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private JournalRate()
    {
    }

    /**
     * Measure.
     *
     * @param args folder, which is made and deleted, and records in a window (default 500,000).
     */
    public static void main(final String[] args) throws Exception
    {
        final Path directory = Path.of(args[0]);
        final int windowLength = args.length > 1 ? Integer.parseInt(args[1]) : 500_000;
        final byte[] payload = new byte[PAYLOAD_LENGTH];
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            final Records records = new Records(writer).started().session(0, "s");
            for (int window = 0; window < WINDOWS; window++)
            {
                final long startNs = System.nanoTime();
                final long startCpuNs = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < windowLength; i++)
                {
                    records.put(0, 1, RecordKind.INBOUND, Records.TEXT, Records.WHOLE, payload);
                }

                writer.doWork(System.nanoTime());
                print("kept", windowLength,
                    System.nanoTime() - startNs, THREADS.getCurrentThreadCpuTime() - startCpuNs);
            }
        }

        for (int round = 0; round < 3; round++)
        {
            try (JournalReader reader = JournalReader.open(directory))
            {
                final long startNs = System.nanoTime();
                final long startCpuNs = THREADS.getCurrentThreadCpuTime();
                while (reader.next())
                {
                    reader.buffer().getByte(reader.offset() + reader.length() - 1);
                }

                print("read", reader.records(),
                    System.nanoTime() - startNs, THREADS.getCurrentThreadCpuTime() - startCpuNs);
            }
        }

        if (Files.exists(directory))
        {
            IoUtil.delete(directory.toFile(), false);
        }
    }

    private static void print(final String what, final long records, final long ns, final long cpuNs)
    {
        System.out.printf("%s %,d records: %,d a second, %d ns each, %d ns of CPU time each%n",
            what, records, (long)(records * SECOND_NS / ns), ns / Math.max(1, records), cpuNs / Math.max(1, records));
    }
}
