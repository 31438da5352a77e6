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
package io.ringwire.bench.cmd;

import com.google.gson.JsonObject;
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.report.JsonNumber;

/**
 * A flat JSON object on one line, its names in the order they were put.
 */
final class JsonLine
{
    private final JsonObject object = new JsonObject();

    JsonLine put(final String name, final long value)
    {
        object.addProperty(name, value);
        return this;
    }

    JsonLine put(final String name, final double value)
    {
        object.add(name, JsonNumber.of(value));
        return this;
    }

    JsonLine put(final String name, final String value)
    {
        object.addProperty(name, value);
        return this;
    }

    /**
     * Put the figures that all clients have.
     *
     * @param prefix  of their names.
     * @param summary with the figures.
     */
    JsonLine put(final String prefix, final Summary summary)
    {
        if (summary.hasLatencies())
        {
            put(prefix + "p50_ns", summary.latencyNs(50));
            put(prefix + "p90_ns", summary.latencyNs(90));
            put(prefix + "p99_ns", summary.latencyNs(99));
            put(prefix + "p999_ns", summary.latencyNs(99.9));
            put(prefix + "max_ns", summary.maxLatencyNs());
        }

        return put(prefix + "bytes_per_message", summary.bytesPerMessage()).put(prefix + "gcs", summary.gcs());
    }

    @Override
    public String toString()
    {
        return object.toString();
    }
}
