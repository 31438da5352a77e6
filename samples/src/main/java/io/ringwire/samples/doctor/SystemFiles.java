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
package io.ringwire.samples.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files in which a kernel tells about itself. Every error is one line that names the file and says why it tells
 * nothing.
 */
final class SystemFiles
{
    private static final int MAX_LENGTH = 4 * 1024 * 1024; // the cpuinfo of some thousand cores

    private final Path root;

    /**
     * Read below a folder.
     *
     * @param root {@code /}, or a folder that holds the like of /proc and /sys.
     */
    SystemFiles(final Path root)
    {
        this.root = root;
    }

    /**
     * Where a file is.
     *
     * @param path as on a real machine, absolute.
     */
    Path locate(final String path)
    {
        return root.resolve(path.substring(1));
    }

    boolean exists(final String path)
    {
        return Files.exists(locate(path));
    }

    /** The bytes as text, without blanks at the ends. */
    String text(final String path) throws IOException
    {
        return new String(bytes(path, MAX_LENGTH), StandardCharsets.ISO_8859_1).trim();
    }

    /** The same, or another text if there is no such file or it cannot be read. */
    String textOr(final String path, final String other)
    {
        try
        {
            return text(path);
        }
        catch (final IOException ex)
        {
            return other;
        }
    }

    byte[] bytes(final String path, final int maxLength) throws IOException
    {
        try (InputStream in = Files.newInputStream(locate(path)))
        {
            return in.readNBytes(maxLength);
        }
        catch (final IOException ex)
        {
            throw new IOException(reasonOf(path, ex), ex);
        }
    }

    List<String> lines(final String path) throws IOException
    {
        return text(path).lines().toList();
    }

    long number(final String path) throws IOException
    {
        return numberOf(path, text(path));
    }

    /** A list of cores such as {@code 0-3,8}, which may be empty. */
    CpuSet cpuList(final String path) throws IOException
    {
        try
        {
            return CpuSet.ofList(text(path));
        }
        catch (final NumberFormatException ex)
        {
            throw new IOException(path + ": " + ex.getMessage(), ex);
        }
    }

    /** A mask of cores such as {@code ff,00000001}. */
    CpuSet cpuMask(final String path) throws IOException
    {
        try
        {
            return CpuSet.ofMask(text(path));
        }
        catch (final NumberFormatException ex)
        {
            throw new IOException(path + ": " + ex.getMessage(), ex);
        }
    }

    /** What stands behind a key and blanks or a colon at the start of a line. */
    String field(final String path, final String key) throws IOException
    {
        for (final String line : lines(path))
        {
            if (line.startsWith(key) &&
                (line.length() == key.length() || ": \t".indexOf(line.charAt(key.length())) >= 0))
            {
                return line.substring(key.length()).replaceFirst("^[\\s:]+", "").trim();
            }
        }

        throw new IOException(path + ": it has no line '" + key + "'");
    }

    /** A field that is a number, perhaps with a unit behind it. */
    long numberField(final String path, final String key) throws IOException
    {
        return numberOf(path, field(path, key).split("\\s+")[0]);
    }

    /** The names in a folder, in order. */
    List<String> names(final String path) throws IOException
    {
        try (Stream<Path> entries = Files.list(locate(path)))
        {
            return entries.map((entry) -> entry.getFileName().toString()).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new IOException(reasonOf(path, ex), ex);
        }
    }

    /** The name of what a symbolic link leads to, or another if it is none. */
    String linkNameOr(final String path, final String other)
    {
        try
        {
            return locate(path).toRealPath().getFileName().toString();
        }
        catch (final IOException ex)
        {
            return other;
        }
    }

    static String reasonOf(final String path, final IOException ex)
    {
        if (ex instanceof NoSuchFileException)
        {
            return path + ": there is no such file";
        }

        if (ex instanceof AccessDeniedException)
        {
            return path + ": permission denied";
        }

        return path + " cannot be read: " + ex.getMessage();
    }

    private static long numberOf(final String path, final String text) throws IOException
    {
        try
        {
            return Long.parseLong(text);
        }
        catch (final NumberFormatException ex)
        {
            throw new IOException(path + ": '" + text + "' is not a number", ex);
        }
    }
}
