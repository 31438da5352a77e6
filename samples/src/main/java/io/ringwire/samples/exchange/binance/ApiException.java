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
package io.ringwire.samples.exchange.binance;

/**
 * A request that is answered with an error.
 */
final class ApiException extends Exception
{
    private static final int BAD_REQUEST = 400;
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    ApiException(final int status, final int code, final String message)
    {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiException badRequest(final int code, final String message)
    {
        return new ApiException(BAD_REQUEST, code, message);
    }

    int status()
    {
        return status;
    }

    int code()
    {
        return code;
    }
}
