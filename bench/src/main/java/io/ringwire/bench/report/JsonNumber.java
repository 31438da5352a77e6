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
package io.ringwire.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A figure in JSON.
 */
public final class JsonNumber
{
    private static final int DECIMALS = 3;

    private JsonNumber()
    {
    }

    /**
     * Write a figure.
     *
     * @param value of it.
     * @return the number with three decimals; null if it is not finite, which JSON has no number for.
     */
    public static JsonElement of(final double value)
    {
        return Double.isFinite(value) ?
            new JsonPrimitive(BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP)) :
            JsonNull.INSTANCE;
    }
}
