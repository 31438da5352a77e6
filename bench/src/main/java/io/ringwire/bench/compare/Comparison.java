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
package io.ringwire.bench.compare;

import java.util.List;
import java.util.Map;

/**
 * All of a run of {@code bench compare}: what every report is made of.
 *
 * @param command     line that makes it again.
 * @param startedMs   time since 1970 when it began.
 * @param environment names and values: machine, cores, kernel, JDK, options, pinning, rounds, times; in order.
 * @param warnings    lines that a reader must know, such as fewer cores than spinning threads.
 * @param results     of the scenarios, in order.
 */
public record Comparison(
    String command,
    long startedMs,
    Map<String, String> environment,
    List<String> warnings,
    List<ScenarioResult> results)
{
}
