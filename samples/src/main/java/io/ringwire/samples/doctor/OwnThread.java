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

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs what must not happen to the command's thread, such as pinning, on a thread that ends with it.
 */
final class OwnThread
{
    private OwnThread()
    {
    }

    /**
     * Run a task and wait for it.
     *
     * @param name of the thread.
     * @param task that ends by itself.
     * @return what the task returns.
     * @throws Exception that the task throws.
     */
    static <T> T run(final String name, final Callable<T> task) throws Exception
    {
        final FutureTask<T> future = new FutureTask<>(task);
        final Thread thread = new Thread(future, "doctor-" + name);
        thread.setDaemon(true);
        thread.start();
        try
        {
            return future.get();
        }
        catch (final ExecutionException ex)
        {
            throw ex.getCause() instanceof Exception cause ? cause : ex;
        }
    }
}
