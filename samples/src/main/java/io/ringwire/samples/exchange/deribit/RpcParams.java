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

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;

/**
 * The named parameters of a call.
 */
public final class RpcParams
{
    private final JsonObject values;

    RpcParams(final JsonObject values)
    {
        this.values = values;
    }

    /**
     * A text.
     *
     * @param name of the parameter.
     * @return its value.
     * @throws RpcException if there is none.
     */
    public String text(final String name) throws RpcException
    {
        final JsonElement value = values.get(name);
        if (value == null || !value.isJsonPrimitive())
        {
            throw invalid(name);
        }

        return value.getAsString();
    }

    /**
     * A number.
     *
     * @param name of the parameter.
     * @return its value.
     * @throws RpcException if there is none.
     */
    public double number(final String name) throws RpcException
    {
        try
        {
            return Double.parseDouble(text(name));
        }
        catch (final NumberFormatException ex)
        {
            throw invalid(name);
        }
    }

    /**
     * An array of texts.
     *
     * @param name of the parameter.
     * @return its values, at least one.
     * @throws RpcException if there are none.
     */
    public List<String> texts(final String name) throws RpcException
    {
        final JsonElement value = values.get(name);
        if (value == null || !value.isJsonArray() || value.getAsJsonArray().isEmpty())
        {
            throw invalid(name);
        }

        final List<String> texts = new ArrayList<>();
        for (final JsonElement element : value.getAsJsonArray())
        {
            if (!element.isJsonPrimitive())
            {
                throw invalid(name);
            }

            texts.add(element.getAsString());
        }

        return texts;
    }

    /**
     * A parameter of any type.
     *
     * @param name of the parameter.
     * @return its value, or null if there is none.
     */
    public JsonElement optional(final String name)
    {
        return values.get(name);
    }

    private static RpcException invalid(final String name)
    {
        return new RpcException(RpcException.INVALID_PARAMS, "Invalid params: " + name);
    }
}
