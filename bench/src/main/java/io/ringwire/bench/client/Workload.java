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
package io.ringwire.bench.client;

/**
 * What a client is to do on one connection.
 *
 * @param uri         of the server.
 * @param echo        true to send each message and wait for it to come back, false to receive only.
 * @param sizeBytes   length of the messages sent.
 * @param messages    to measure.
 * @param warmup      messages before them, which count in no allocation, and in an echo in no latency.
 * @param timestamped true if the messages received begin with the time they were due.
 * @param timeoutNs   for the whole run.
 */
public record Workload(
    String uri, boolean echo, int sizeBytes, long messages, long warmup, boolean timestamped, long timeoutNs)
{
}
