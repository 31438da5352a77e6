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
package io.ringwire.samples.exchange.deribit;

/**
 * A call that fails with a JSON-RPC error.
 */
public final class RpcException extends Exception
{
    static final int PARSE_ERROR = -32700;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INVALID_CREDENTIALS = 13004;
    static final int UNAUTHORIZED = 13009;
    static final int ORDER_NOT_FOUND = 10004;
    static final int TOO_MANY_REQUESTS = 10028;

    private static final long serialVersionUID = 1L;

    private final int code;

    RpcException(final int code, final String message)
    {
        super(message);
        this.code = code;
    }

    /**
     * There is no such method.
     *
     * @return to be thrown.
     */
    public static RpcException methodNotFound()
    {
        return new RpcException(METHOD_NOT_FOUND, "Method not found");
    }

    /**
     * The code of the error.
     *
     * @return the code.
     */
    int code()
    {
        return code;
    }
}
