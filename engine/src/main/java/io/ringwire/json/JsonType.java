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
 * What a JSON value is, judged by its first byte (RFC 8259 section 3).
 */
public enum JsonType
{
    /** Begins with a brace. */
    OBJECT,

    /** Begins with a bracket. */
    ARRAY,

    /** Begins with a quote. */
    STRING,

    /** Begins with a digit or a minus. */
    NUMBER,

    /** The literal {@code true}. */
    TRUE,

    /** The literal {@code false}. */
    FALSE,

    /** The literal {@code null}. */
    NULL,

    /** No value begins here. */
    NONE
}
