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
package io.ringwire.bench.server;

/**
 * A request that is not upgraded.
 */
final class RefusedException extends Exception
{
    private static final long serialVersionUID = 1;

    private final String status;

    private RefusedException(final String status, final String reason)
    {
        super(reason, null, false, false);
        this.status = status;
    }

    /**
     * What is asked for is wrong.
     *
     * @param reason one line that names it.
     */
    static RefusedException badRequest(final String reason)
    {
        return new RefusedException("400 Bad Request", reason);
    }

    /**
     * What is asked for is not there.
     *
     * @param reason one line that names it.
     */
    static RefusedException notFound(final String reason)
    {
        return new RefusedException("404 Not Found", reason);
    }

    /**
     * The code and its phrase.
     */
    String status()
    {
        return status;
    }
}
