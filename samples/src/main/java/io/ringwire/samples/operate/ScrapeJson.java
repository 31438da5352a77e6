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
package io.ringwire.samples.operate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ringwire.stats.CounterType;

import java.util.function.BiConsumer;

/**
 * A scrape as one line of JSON, for scripts. The help of the commands documents the fields.
 */
final class ScrapeJson
{
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private ScrapeJson()
    {
    }

    static String counters(final Scrape scrape)
    {
        return render(scrape, (engine, json) ->
        {
            final JsonArray counters = new JsonArray();
            engine.counters().forEach((counter) -> counters.add(json(counter)));
            json.add("counters", counters);
        });
    }

    static String errors(final Scrape scrape)
    {
        return render(scrape, (engine, json) ->
        {
            final JsonArray errors = new JsonArray();
            engine.errors().forEach((error) -> errors.add(json(error)));
            json.add("errors", errors);
        });
    }

    private static String render(final Scrape scrape, final BiConsumer<EngineReading, JsonObject> content)
    {
        final JsonArray engines = new JsonArray();
        for (final EngineReading engine : scrape.engines())
        {
            final JsonObject json = new JsonObject();
            json.addProperty("file", engine.file().toString());
            json.addProperty("pid", engine.pid());
            json.addProperty("alive", engine.alive());
            json.addProperty("startMs", engine.startMs());
            json.addProperty("activityMs", engine.activityMs());
            content.accept(engine, json);
            engines.add(json);
        }

        final JsonObject all = new JsonObject();
        all.addProperty("timeMs", scrape.timeMs());
        all.add("engines", engines);
        return GSON.toJson(all);
    }

    private static JsonObject json(final CounterReading counter)
    {
        final JsonObject json = new JsonObject();
        json.addProperty("name", counter.label().name());
        json.addProperty("type", counter.type().name());
        json.addProperty("value", counter.value());
        if (counter.type() == CounterType.STATE)
        {
            json.addProperty("state", counter.state());
        }

        if (counter.label().session() != null)
        {
            json.addProperty("session", counter.label().session());
            json.addProperty("sessionId", counter.sessionId());
        }

        if (counter.label().agent() != null)
        {
            json.addProperty("agent", counter.label().agent());
        }

        return json;
    }

    private static JsonObject json(final ErrorReading error)
    {
        final JsonObject json = new JsonObject();
        json.addProperty("count", error.count());
        json.addProperty("firstMs", error.firstMs());
        json.addProperty("lastMs", error.lastMs());
        json.addProperty("error", error.title());
        json.addProperty("trace", error.trace());
        return json;
    }
}
