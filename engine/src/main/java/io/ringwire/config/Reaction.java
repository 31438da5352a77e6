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
package io.ringwire.config;

/**
 * What a session does about a close code, a status or a certificate it was given.
 */
public enum Reaction
{
    /** Connect again at once if the connection had been healthy, see {@link ReconnectPolicy#healthyNs()}; else wait. */
    RETRY_NOW,

    /** Connect again behind the next wait of the ladder. */
    BACK_OFF,

    /**
     * Leave the server alone for a time drawn from {@link ReconnectPolicy#longMinNs()} to
     * {@link ReconnectPolicy#longMaxNs()}.
     */
    BACK_OFF_LONG,

    /** Do not come back: the session fails, or goes on with its other endpoints if it was not yet connected. */
    STOP
}
