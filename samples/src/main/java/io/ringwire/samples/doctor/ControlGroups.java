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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the kernel keeps the limits of this process's control groups, of version 1, 2, or both.
 */
final class ControlGroups
{
    private static final String MEMBERSHIP = "/proc/self/cgroup"; // lines of NUMBER:CONTROLLERS:PATH
    private static final String MOUNT = "/sys/fs/cgroup";

    private final SystemFiles files;

    ControlGroups(final SystemFiles files)
    {
        this.files = files;
    }

    /** Of which version the hierarchy with a controller is: 1 or 2. */
    int version(final String controller) throws IOException
    {
        for (final String line : files.lines(MEMBERSHIP))
        {
            if (Arrays.asList(controllersOf(line).split(",")).contains(controller))
            {
                return 1;
            }
        }

        return 2;
    }

    /**
     * The folders of a controller's group and of all groups around it, inside first. A container often sees only the
     * outermost, as the root of its own view.
     */
    List<String> folders(final String controller) throws IOException
    {
        final int version = version(controller);
        for (final String line : files.lines(MEMBERSHIP))
        {
            final String controllers = controllersOf(line);
            if (version == 1 && Arrays.asList(controllers.split(",")).contains(controller))
            {
                final String joint = MOUNT + '/' + controllers;
                return upwards(files.exists(joint) ? joint : MOUNT + '/' + controller, pathOf(line));
            }

            if (version == 2 && line.startsWith("0::"))
            {
                final String unified = MOUNT + "/unified";
                return upwards(files.exists(unified) ? unified : MOUNT, pathOf(line));
            }
        }

        throw new IOException(MEMBERSHIP + ": it names no group for " + controller);
    }

    /** The files of a name in those folders. */
    List<String> filesOf(final String controller, final String name) throws IOException
    {
        return folders(controller).stream().map((folder) -> folder + '/' + name).filter(files::exists).toList();
    }

    private List<String> upwards(final String mount, final String path)
    {
        final List<String> folders = new ArrayList<>();
        final StringBuilder folder = new StringBuilder(mount);
        folders.add(mount);
        for (final String name : path.split("/"))
        {
            if (!name.isEmpty() && !name.equals(".."))
            {
                folders.add(0, folder.append('/').append(name).toString());
            }
        }

        folders.removeIf((candidate) -> !files.exists(candidate));
        return folders;
    }

    private static String controllersOf(final String line)
    {
        final String[] parts = line.split(":", 3);
        return parts.length == 3 ? parts[1] : "";
    }

    private static String pathOf(final String line)
    {
        return line.split(":", 3)[2];
    }
}
