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

import com.sun.management.HotSpotDiagnosticMXBean;

import java.lang.management.ManagementFactory;

/**
 * The -XX flags of this JVM, as HotSpot tells them.
 */
final class JvmFlags
{
    private JvmFlags()
    {
    }

    /**
     * The value of a flag.
     *
     * @param name without {@code -XX:}.
     * @return the value, or null if this JVM has no such flag or keeps it to itself.
     */
    static String value(final String name)
    {
        try
        {
            final HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? null : bean.getVMOption(name).getValue();
        }
        catch (final IllegalArgumentException ex)
        {
            return null; // unknown to it, or a diagnostic flag that is locked
        }
    }
}
