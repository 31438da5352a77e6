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
package io.ringwire.samples.cli;

import io.ringwire.config.EngineContext;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import picocli.CommandLine.Option;

import java.lang.System.Logger.Level;

/**
 * The options of every command that launches an engine, as a picocli {@code @Mixin}.
 */
public final class EngineOptions
{
    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description = "Threads of the engine: dedicated, shared or inline. Default: dedicated.")
    private Mode mode; // null: as the system property says

    @Option(
        names = "--transport",
        paramLabel = "TRANSPORT",
        description = "What carries the sockets: auto, epoll, io_uring or nio. Default: auto.")
    private Transport transport; // null: as the system property says

    /** The threading modes that need no caller to drive them. */
    private enum Mode
    {
        DEDICATED, SHARED, INLINE
    }

    /**
     * A context with the options set that were given. Errors are told on standard error, in one line each; a command
     * says itself what becomes of its connections.
     *
     * @return a context of the caller's own.
     */
    public EngineContext context()
    {
        final EngineContext context = new EngineContext().eventLog(EngineOptions::onEvent);
        if (mode != null)
        {
            context.threadingMode(ThreadingMode.valueOf(mode.name()));
        }

        if (transport != null)
        {
            context.transport(transport);
        }

        return context;
    }

    private static void onEvent(final Level level, final String source, final String message, final Throwable cause)
    {
        if (level == Level.ERROR)
        {
            System.err.println(source + ": " + message);
        }
    }
}
