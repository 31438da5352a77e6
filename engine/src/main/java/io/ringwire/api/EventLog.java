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

/**
 * Told of what happens rarely: connections that come and go, errors, recordings that stop. Nothing of a message is
 * ever told here. Called on any thread of the engine, so it must not block; what it throws is ignored.
 */
@FunctionalInterface
public interface EventLog
{
    /**
     * Something happened.
     *
     * @param level   how much it matters.
     * @param source  whose event it is: the name of a session, or of a part of the engine.
     * @param message in one line, free of secrets.
     * @param cause   or null.
     */
    void onEvent(System.Logger.Level level, String source, String message, Throwable cause);
}
