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

import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import io.ringwire.json.JsonWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One folder of a journal, as the small file in it describes it. That file is written before any record and never
 * changes. Any thread.
 *
 * @param folder         of the segment.
 * @param startMs        of the segment, since 1970.
 * @param pid            of the process that wrote it.
 * @param processStartMs when that process started, since 1970, 0 if unknown.
 * @param number         of the segment among those of its process.
 * @param blockLength    of its queue.
 * @param continues      name of the segment that it continues, or null if a recording starts with it.
 * @param prefaceRecords of the segment: its first records, which repeat what earlier segments have said.
 */
record Segment(
    Path folder,
    long startMs,
    long pid,
    long processStartMs,
    int number,
    int blockLength,
    String continues,
    int prefaceRecords)
{
    /** Of the folder, of its files and of the bytes of a record. */
    static final int VERSION = 1;

    static final Comparator<Segment> IN_ORDER = Comparator.comparingLong(Segment::startMs)
        .thenComparingLong(Segment::pid)
        .thenComparingInt(Segment::number);

    private static final String INFO_FILE = "segment.json";
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS");
    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

    /**
     * Make the folder of a segment. Its name is of no other, or the next number is tried.
     *
     * @param journal        folder of it, made where it is missing.
     * @param startMs        of the segment, since 1970.
     * @param blockLength    of its queue.
     * @param continues      name of the segment that it continues, or null.
     * @param prefaceRecords that it will start with.
     * @return the segment, without a queue.
     * @throws IOException if it cannot be made.
     */
    static Segment create(
        final Path journal,
        final long startMs,
        final int blockLength,
        final String continues,
        final int prefaceRecords) throws IOException
    {
        Files.createDirectories(journal);
        final ProcessHandle process = ProcessHandle.current();
        while (true)
        {
            final int number = NEXT_NUMBER.getAndIncrement();
            final String start = START.format(Instant.ofEpochMilli(startMs).atOffset(ZoneOffset.UTC));
            final Path folder = journal.resolve(start + "-" + process.pid() + "-" + number);
            try
            {
                Files.createDirectory(folder);
            }
            catch (final FileAlreadyExistsException ex)
            {
                continue;
            }

            final Segment segment = new Segment(folder, startMs, process.pid(), startMsOf(process), number,
                blockLength, continues, prefaceRecords);
            final Path unfinished = Files.writeString(folder.resolve(INFO_FILE + ".new"), segment.toJson());
            Files.move(unfinished, folder.resolve(INFO_FILE), StandardCopyOption.ATOMIC_MOVE);
            return segment;
        }
    }

    /**
     * Does a folder hold a segment?
     *
     * @param folder to look at.
     * @return true if it does.
     */
    static boolean isAt(final Path folder)
    {
        return Files.exists(folder.resolve(INFO_FILE));
    }

    /**
     * Read the description of a segment.
     *
     * @param folder of it.
     * @return the segment.
     * @throws IOException in one line, also if it is of a version that is not known here.
     */
    static Segment read(final Path folder) throws IOException
    {
        final byte[] bytes = readBytes(folder.resolve(INFO_FILE));
        final UnsafeBuffer json = new UnsafeBuffer(bytes);
        final long version = integer(json, "version");
        if (version == JsonScanner.NOT_AN_INTEGER)
        {
            throw new IOException(folder.resolve(INFO_FILE) + " is not the description of a segment");
        }

        if (version != VERSION)
        {
            throw new IOException(folder + " is of journal version " + version + ", this program reads version " +
                VERSION + ": read it with the version that wrote it");
        }

        return new Segment(
            folder,
            integer(json, "startMs"),
            integer(json, "pid"),
            integer(json, "processStartMs"),
            (int)integer(json, "number"),
            (int)integer(json, "blockLength"),
            JsonText.string(json, 0, bytes.length, "continues"),
            (int)integer(json, "preface"));
    }

    /**
     * Read the descriptions of the segments of a journal.
     *
     * @param journal folder of it.
     * @return those there are, in order.
     * @throws IOException in one line.
     */
    static List<Segment> list(final Path journal) throws IOException
    {
        final List<Segment> segments = new ArrayList<>();
        try (Stream<Path> folders = Files.list(journal))
        {
            for (final Path folder : (Iterable<Path>)folders.filter(Segment::isAt)::iterator)
            {
                segments.add(read(folder));
            }
        }

        segments.sort(IN_ORDER);
        return segments;
    }

    /** {@return the name of its folder} */
    String name()
    {
        return folder.getFileName().toString();
    }

    /** {@return does the process that wrote it still run?} */
    boolean isWriterAlive()
    {
        return ProcessHandle.of(pid).filter((process) -> startMsOf(process) == processStartMs).isPresent();
    }

    private String toJson()
    {
        final JsonWriter json = new JsonWriter().beginObject()
            .field("version", VERSION)
            .field("startMs", startMs)
            .field("pid", pid)
            .field("processStartMs", processStartMs)
            .field("number", number)
            .field("blockLength", blockLength);
        if (continues != null)
        {
            json.field("continues", continues);
        }

        return json.field("preface", prefaceRecords).endObject() + "\n";
    }

    private static byte[] readBytes(final Path file) throws IOException
    {
        try
        {
            return Files.readAllBytes(file);
        }
        catch (final FileSystemException ex)
        {
            throw new IOException("cannot read " + file + ": " + ex); // whose message is the path alone
        }
    }

    private static long startMsOf(final ProcessHandle process)
    {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static long integer(final UnsafeBuffer json, final String name)
    {
        final int limit = json.capacity();
        return JsonScanner.integer(json, JsonScanner.field(json, 0, limit, name), limit);
    }
}
