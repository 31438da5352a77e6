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

import io.ringwire.bench.client.Measurement;

import java.util.List;

/**
 * How one client did in one scenario.
 *
 * @param client  its name in the lineup, with the label of its JVM options behind it in brackets if there are several.
 * @param rounds  what was measured, in order; empty if the client was left out or failed.
 * @param remark  why there are no rounds, or fewer than asked for; empty if all went well.
 */
public record Outcome(String client, List<Measurement> rounds, String remark)
{
    /** The remark of a client that has not got what the scenario needs, such as TLS or compression. */
    public static final String NOT_SUPPORTED = "left out: the client does not support it";
}
