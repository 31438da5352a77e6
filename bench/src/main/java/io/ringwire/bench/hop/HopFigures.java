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
package io.ringwire.bench.hop;

import java.util.Locale;

/**
 * One carrier and one length of messages in one JVM.
 *
 * @param oneWayNs      from before the offer until all of it has been read, the median.
 * @param oneWayP99Ns   the same, of which 1 in 100 takes longer.
 * @param roundTripNs   there and back through two such carriers, the median of laps.
 * @param streamNs      a message, as fast as they go one way.
 * @param bytesPerHop   heap of both threads, for a message one way.
 */
public record HopFigures(
    double oneWayNs, double oneWayP99Ns, double roundTripNs, double streamNs, double bytesPerHop)
{
    String format()
    {
        return String.format(
            Locale.ROOT, "%.1f %.1f %.2f %.3f %.3f", oneWayNs, oneWayP99Ns, roundTripNs, streamNs, bytesPerHop);
    }

    static HopFigures parse(final String[] words, final int from)
    {
        return new HopFigures(
            Double.parseDouble(words[from]),
            Double.parseDouble(words[from + 1]),
            Double.parseDouble(words[from + 2]),
            Double.parseDouble(words[from + 3]),
            Double.parseDouble(words[from + 4]));
    }
}
