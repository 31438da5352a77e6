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
package io.ringwire;

import io.ringwire.api.EventLog;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.CountersFile;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;

import java.lang.System.Logger.Level;

/**
 * Where every error of the engine goes: it is counted, kept in the error log, told to the event log and then to the
 * user. What any of them throws keeps it from none of the others. Called on any thread.
 */
final class ErrorReporter implements ErrorHandler
{
    private static final String SOURCE = "engine";

    private final AtomicCounter errors;
    private final DistinctErrorLog errorLog;
    private final EventLog eventLog;
    private final ErrorHandler user;

    ErrorReporter(final CountersFile file, final EventLog eventLog, final ErrorHandler user)
    {
        errors = CounterType.COUNT.ofEngine(file.counters(), "errors");
        errorLog = file.errorLog();
        this.eventLog = eventLog;
        this.user = user;
    }

    @Override
    public void onError(final Throwable error)
    {
        errors.increment();
        eventLog.onEvent(Level.ERROR, SOURCE, isKept(error) ? describe(error) :
            describe(error) + " (the error log is full: it is told here alone)", error);
        try
        {
            user.onError(error);
        }
        catch (final Throwable fault)
        {
            eventLog.onEvent(Level.ERROR, SOURCE, "the error handler failed: " + describe(fault), fault);
        }
    }

    private boolean isKept(final Throwable error)
    {
        try
        {
            return errorLog.record(error);
        }
        catch (final RuntimeException ex) // of an error whose own methods throw
        {
            return false;
        }
    }

    private static String describe(final Throwable error)
    {
        try
        {
            return error.toString().replace('\n', ' ').replace('\r', ' ');
        }
        catch (final RuntimeException ex)
        {
            return error.getClass().getName();
        }
    }
}
