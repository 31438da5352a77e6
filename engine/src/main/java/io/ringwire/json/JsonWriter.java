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
package io.ringwire.json;

/**
 * Writes one JSON document (RFC 8259) as a string, for the cold path: sets the commas and escapes the strings. Who
 * opens an object or array closes it. One thread.
 */
public final class JsonWriter
{
    private static final char LAST_CONTROL = 0x1F;

    private final StringBuilder text = new StringBuilder();
    private boolean needsComma;

    /**
     * Open an object.
     *
     * @return this.
     */
    public JsonWriter beginObject()
    {
        return open('{');
    }

    /**
     * Close the object.
     *
     * @return this.
     */
    public JsonWriter endObject()
    {
        return close('}');
    }

    /**
     * Open an array.
     *
     * @return this.
     */
    public JsonWriter beginArray()
    {
        return open('[');
    }

    /**
     * Close the array.
     *
     * @return this.
     */
    public JsonWriter endArray()
    {
        return close(']');
    }

    /**
     * Begin a field of an object: a value, an object or an array follows.
     *
     * @param name of the field.
     * @return this.
     */
    public JsonWriter name(final String name)
    {
        value(name);
        text.append(':');
        needsComma = false;
        return this;
    }

    /**
     * A string.
     *
     * @param value of it.
     * @return this.
     */
    public JsonWriter value(final String value)
    {
        separate();
        text.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\')
            {
                text.append('\\').append(c);
            }
            else if (c <= LAST_CONTROL)
            {
                text.append(String.format("\\u%04x", (int)c));
            }
            else
            {
                text.append(c);
            }
        }

        text.append('"');
        return this;
    }

    /**
     * An integer.
     *
     * @param value of it.
     * @return this.
     */
    public JsonWriter value(final long value)
    {
        separate();
        text.append(value);
        return this;
    }

    /**
     * A field that is a string.
     *
     * @param name  of the field.
     * @param value of it.
     * @return this.
     */
    public JsonWriter field(final String name, final String value)
    {
        return name(name).value(value);
    }

    /**
     * A field that is an integer.
     *
     * @param name  of the field.
     * @param value of it.
     * @return this.
     */
    public JsonWriter field(final String name, final long value)
    {
        return name(name).value(value);
    }

    /**
     * A field that is an array of strings.
     *
     * @param name   of the field.
     * @param values of it.
     * @return this.
     */
    public JsonWriter field(final String name, final Iterable<String> values)
    {
        name(name).beginArray();
        values.forEach(this::value);
        return endArray();
    }

    /** {@return the document so far} */
    @Override
    public String toString()
    {
        return text.toString();
    }

    private JsonWriter open(final char bracket)
    {
        separate();
        text.append(bracket);
        needsComma = false;
        return this;
    }

    private JsonWriter close(final char bracket)
    {
        text.append(bracket);
        needsComma = true;
        return this;
    }

    private void separate()
    {
        if (needsComma)
        {
            text.append(',');
        }

        needsComma = true;
    }
}
