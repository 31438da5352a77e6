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
package io.ringwire.samples.doctor;

/**
 * The sections of tuning.md that findings send their reader to.
 */
enum Section
{
    CORES("2. Idle mode"),
    PINNING("3. Pinning"),
    MACHINE("14. Machine and kernel"),
    KERNEL("14. Machine and kernel"),
    CONTAINER("15. Containers"),
    NETWORK("7. Sockets"),
    JVM("4. JVM options"),
    TRANSPORT("5. Transport"),
    TLS("6. TLS"),
    IDLE("2. Idle mode"),
    COUNTERS("16. Counters and observation"),
    JITTER("13. When a tail appears");

    private final String heading;

    Section(final String heading)
    {
        this.heading = heading;
    }

    /** The heading in tuning.md, with its number. */
    String heading()
    {
        return heading;
    }

    /** The number of the heading. */
    String number()
    {
        return heading.substring(0, heading.indexOf('.'));
    }
}
