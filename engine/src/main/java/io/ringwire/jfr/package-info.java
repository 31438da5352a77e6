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

/**
 * Layer 1: events for Java Flight Recorder, of category Ringwire. A recording that is started with
 * {@code -XX:StartFlightRecording} has them all; {@code +io.ringwire.SlowHandler#threshold=10ms} or
 * {@code +io.ringwire.Connect#enabled=false} behind it changes what it takes. While no recording wants an event it
 * costs a check of a flag. Each is written by the thread that its class names.
 */
package io.ringwire.jfr;
