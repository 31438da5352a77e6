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
package io.ringwire.api;

import java.io.Serial;

/**
 * A request of {@link Session#requestAsync} was refused: nothing was sent.
 */
public final class RequestRefusedException extends RuntimeException
{
    @Serial
    private static final long serialVersionUID = 1L;

    private final long result;

    /**
     * Make the exception.
     *
     * @param correlationId of the request.
     * @param result        a negative code of {@link SendResult}.
     */
    public RequestRefusedException(final long correlationId, final long result)
    {
        super("request " + correlationId + " was not sent: " + SendResult.name(result) + " (" + result + ")");
        this.result = result;
    }

    /** {@return why: a negative code of {@link SendResult}, which says what to do next} */
    public long result()
    {
        return result;
    }

    /** {@return the name of the code} */
    public String resultName()
    {
        return SendResult.name(result);
    }
}
